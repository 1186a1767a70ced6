package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;

/** Writes physical doses (PS3.3 A.18): 32 bits, relative plane offsets. */
public final class RtDoseWriter {

  /** Dose of one stored step, Gy; doses are rounded to it. */
  public static final double STEP_GY = 1e-6;

  private static final double MOST_STEPS = 0xFFFFFFFFL;

  /** (3004,000C): group, then element, each little endian. */
  private static final byte[] GRID_FRAME_OFFSET_VECTOR_AS_VALUE = {0x04, 0x30, 0x0C, 0x00};

  private RtDoseWriter() {}

  /**
   * What a dose is the dose of.
   *
   * @param summationType dose summation type (3004,000A), such as PLAN, PLAN_SUM or BEAM
   * @param units dose units (3004,0002): GY, CGY or RELATIVE; the values written are in them
   * @param planUids the RT plans it belongs to
   * @param beamNumber the beam it is of; null for all
   */
  public record Kind(
      String summationType, String units, List<String> planUids, @Nullable Integer beamNumber) {

    /** Copies the list. */
    public Kind {
      planUids = List.copyOf(planUids);
    }

    /** The dose of one plan, in Gy. */
    public static Kind plan(String planUid) {
      return new Kind("PLAN", "GY", List.of(planUid), null);
    }
  }

  /**
   * Writes the dose of one plan as a DICOM file.
   *
   * @param sopInstanceUid the object
   * @param planUid the RT plan the dose belongs to
   * @param dose doses from 0 to about 4294 Gy
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      String sopInstanceUid,
      String planUid,
      DoseGrid dose,
      OutputStream out)
      throws IOException {
    write(study, series, sopInstanceUid, Kind.plan(planUid), dose, out);
  }

  /**
   * Writes a dose as a DICOM file.
   *
   * @param sopInstanceUid the object
   * @param kind what it is the dose of, and its units
   * @param dose values in those units, from 0 to about 4294
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      String sopInstanceUid,
      Kind kind,
      DoseGrid dose,
      OutputStream out)
      throws IOException {
    DicomObject.Builder object =
        ObjectHead.begin(study, series, StorageClass.RT_DOSE, sopInstanceUid)
            .text(Tags.CONTENT_DATE, ObjectHead.date(series.made().toLocalDate()))
            .text(Tags.CONTENT_TIME, ObjectHead.time(series.made().toLocalTime()))
            .text(Tags.MODALITY, "RTDOSE")
            .integers(Tags.INSTANCE_NUMBER, 1)
            .text(Tags.DOSE_UNITS, kind.units())
            .text(Tags.DOSE_TYPE, "PHYSICAL")
            .text(Tags.DOSE_SUMMATION_TYPE, kind.summationType())
            .numbers(Tags.DOSE_GRID_SCALING, STEP_GY)
            .items(
                Tags.REFERENCED_RT_PLAN_SEQUENCE,
                kind.planUids().stream().map(uid -> plan(uid, kind.beamNumber())).toList());
    ObjectHead.frameOfReference(object, study);
    grid(object, dose.grid());
    DicomWriter.write(pixels(object, dose.valuesGy()).build(), out);
  }

  private static DicomObject plan(String uid, @Nullable Integer beamNumber) {
    DicomObject.Builder plan = ObjectHead.reference(StorageClass.RT_PLAN, uid);
    if (beamNumber != null) {
      DicomObject beam =
          DicomObject.builder().integers(Tags.REFERENCED_BEAM_NUMBER, beamNumber).build();
      plan.items(
          Tags.REFERENCED_FRACTION_GROUP_SEQUENCE,
          DicomObject.builder()
              .integers(Tags.REFERENCED_FRACTION_GROUP_NUMBER, 1)
              .items(Tags.REFERENCED_BEAM_SEQUENCE, beam)
              .build());
    }
    return plan.build();
  }

  private static void grid(DicomObject.Builder object, VoxelGrid grid) {
    double firstMm = grid.planeOffsetMm(0);
    Point position = grid.toPatientMm(0, 0, firstMm);
    Point row = grid.rowDirection();
    Point column = grid.columnDirection();
    double[] offsetsMm = new double[grid.planes()];
    for (int k = 0; k < offsetsMm.length; k++) {
      offsetsMm[k] = grid.planeOffsetMm(k) - firstMm;
    }
    if (grid.planes() > 1) {
      object.numbers(Tags.SLICE_THICKNESS, grid.meanPlaneSpacingMm());
    } else {
      object.empty(Tags.SLICE_THICKNESS);
    }
    object
        .numbers(Tags.IMAGE_POSITION_PATIENT, position.xMm(), position.yMm(), position.zMm())
        .numbers(
            Tags.IMAGE_ORIENTATION_PATIENT,
            row.xMm(),
            row.yMm(),
            row.zMm(),
            column.xMm(),
            column.yMm(),
            column.zMm())
        .numbers(Tags.PIXEL_SPACING, grid.rowSpacingMm(), grid.columnSpacingMm())
        .integers(Tags.NUMBER_OF_FRAMES, grid.planes())
        .bytes(Tags.FRAME_INCREMENT_POINTER, Vr.AT, GRID_FRAME_OFFSET_VECTOR_AS_VALUE)
        .integers(Tags.ROWS, grid.rows())
        .integers(Tags.COLUMNS, grid.columns())
        .numbers(Tags.GRID_FRAME_OFFSET_VECTOR, offsetsMm);
  }

  private static DicomObject.Builder pixels(DicomObject.Builder object, float[] valuesGy) {
    ByteBuffer stored = ByteBuffer.allocate(4 * valuesGy.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float valueGy : valuesGy) {
      double steps = Math.rint(valueGy / STEP_GY);
      if (!(steps >= 0 && steps <= MOST_STEPS)) {
        throw new IllegalArgumentException("dose of " + valueGy + " Gy cannot be stored");
      }
      stored.putInt((int) (long) steps);
    }
    return object
        .integers(Tags.SAMPLES_PER_PIXEL, 1)
        .text(Tags.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .integers(Tags.BITS_ALLOCATED, 32)
        .integers(Tags.BITS_STORED, 32)
        .integers(Tags.HIGH_BIT, 31)
        .integers(Tags.PIXEL_REPRESENTATION, 0)
        .bytes(Tags.PIXEL_DATA, Vr.OW, stored.array());
  }
}
