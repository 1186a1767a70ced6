package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the header of an RTDOSE says of its grid (PS3.3 C.8.8.3).
 *
 * @param sopInstanceUid the object
 * @param units dose units (3004,0002); null when absent
 * @param type dose type (3004,0004); null when absent
 * @param summationType dose summation type (3004,000A); null when absent
 * @param rows (0028,0010); null when absent
 * @param columns (0028,0011); null when absent
 * @param frames number of frames (0028,0008); null when absent
 * @param pixelSpacingMm (0028,0030): between rows, then between columns; empty when absent
 * @param positionMm image position (0020,0032); empty when absent
 * @param frameOffsetsMm grid frame offset vector (3004,000C); empty when absent
 * @param scaling dose grid scaling (3004,000E); null when absent
 * @param patient what the object says of the patient
 */
public record DoseDetail(
    String sopInstanceUid,
    @Nullable String units,
    @Nullable String type,
    @Nullable String summationType,
    @Nullable Integer rows,
    @Nullable Integer columns,
    @Nullable Integer frames,
    List<Double> pixelSpacingMm,
    List<Double> positionMm,
    List<Double> frameOffsetsMm,
    @Nullable Double scaling,
    PatientDetail patient)
    implements Serializable {

  /** Copies the lists. */
  public DoseDetail {
    pixelSpacingMm = List.copyOf(pixelSpacingMm);
    positionMm = List.copyOf(positionMm);
    frameOffsetsMm = List.copyOf(frameOffsetsMm);
  }

  /** The same without the patient. */
  public DoseDetail withoutPatient() {
    return new DoseDetail(
        sopInstanceUid,
        units,
        type,
        summationType,
        rows,
        columns,
        frames,
        pixelSpacingMm,
        positionMm,
        frameOffsetsMm,
        scaling,
        PatientDetail.UNKNOWN);
  }
}
