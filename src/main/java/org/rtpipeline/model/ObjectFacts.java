package org.rtpipeline.model;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What only one kind of object has in its header; courses are formed from it. */
public sealed interface ObjectFacts extends Serializable {

  /**
   * CT, MR or PET image.
   *
   * @param seriesDescription (0008,103E); null when absent
   * @param imageType values of (0008,0008)
   * @param instanceNumber (0020,0013); null when absent
   * @param rows (0028,0010), 0 when absent
   * @param columns (0028,0011), 0 when absent
   * @param frames number of frames, 1 when absent
   * @param positionMm image position (0020,0032), three numbers or empty
   * @param orientation image orientation (0020,0037), six numbers or empty
   */
  record Image(
      @Nullable String seriesDescription,
      List<String> imageType,
      @Nullable Integer instanceNumber,
      int rows,
      int columns,
      int frames,
      List<Double> positionMm,
      List<Double> orientation)
      implements ObjectFacts {}

  /**
   * RTSTRUCT.
   *
   * @param label structure set label, empty when absent
   * @param approvalStatus null when absent
   * @param date structure set date; null when absent
   * @param roiNames in the order of the object
   * @param contourBytes size of the file, a measure of the work in it
   */
  record Structures(
      String label,
      @Nullable String approvalStatus,
      @Nullable LocalDate date,
      List<String> roiNames,
      long contourBytes)
      implements ObjectFacts {}

  /**
   * RTDOSE.
   *
   * @param units dose units (3004,0002); null when absent
   * @param type dose type (3004,0004); null when absent
   * @param summationType dose summation type (3004,000A); null when absent
   * @param referencedBeamNumbers beams that a BEAM dose names
   * @param points rows x columns x frames
   */
  record Dose(
      @Nullable String units,
      @Nullable String type,
      @Nullable String summationType,
      List<Integer> referencedBeamNumbers,
      long points)
      implements ObjectFacts {}

  /**
   * RTPLAN.
   *
   * @param label RT plan label, empty when absent
   * @param date RT plan date; null when absent
   * @param intent null when absent
   * @param approvalStatus null when absent
   * @param fractionsPlanned null when absent
   * @param prescriptionGy highest target prescription; null when absent
   * @param treatmentBeamNumbers beams that deliver treatment dose
   */
  record PlanFacts(
      String label,
      @Nullable LocalDate date,
      @Nullable String intent,
      @Nullable String approvalStatus,
      @Nullable Integer fractionsPlanned,
      @Nullable Double prescriptionGy,
      List<Integer> treatmentBeamNumbers)
      implements ObjectFacts {}

  /**
   * RT treatment record.
   *
   * @param date treatment date; null when absent
   * @param fractionNumber current fraction number; null when absent
   */
  record Delivery(@Nullable LocalDate date, @Nullable Integer fractionNumber)
      implements ObjectFacts {}

  /** Spatial registration: its references say all. */
  record Link() implements ObjectFacts {}
}
