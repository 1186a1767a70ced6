package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;

/** Writes CT image objects (PS3.3 A.3), 12 bits stored, one plane of a grid each. */
public final class CtImageWriter {

  /** Lowest value that can be written, HU. */
  public static final int LOWEST_HU = -1024;

  /** Highest value that can be written, HU. */
  public static final int HIGHEST_HU = 3071;

  private CtImageWriter() {}

  /**
   * One slice.
   *
   * @param sopInstanceUid the object
   * @param grid the grid of the whole series; only plane {@code plane} of it is written
   * @param plane index of the plane, which gives the position and the instance number
   * @param bodyPart body part examined (0018,0015)
   */
  public record Slice(String sopInstanceUid, VoxelGrid grid, int plane, String bodyPart) {}

  /**
   * Writes one slice as a DICOM file.
   *
   * @param valuesHu one value per voxel of the plane, x fastest, then y; values beyond {@link
   *     #LOWEST_HU} or {@link #HIGHEST_HU} are cut to them
   */
  public static void write(
      StudyContext study, SeriesContext series, Slice slice, short[] valuesHu, OutputStream out)
      throws IOException {
    VoxelGrid grid = slice.grid();
    if (valuesHu.length != grid.columns() * grid.rows()) {
      throw new IllegalArgumentException(
          "plane has " + grid.columns() * grid.rows() + " voxels, values " + valuesHu.length);
    }
    DicomObject.Builder object =
        ObjectHead.begin(study, series, StorageClass.CT_IMAGE, slice.sopInstanceUid())
            .text(Tags.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "AXIAL")
            .text(Tags.CONTENT_DATE, ObjectHead.date(series.made().toLocalDate()))
            .text(Tags.CONTENT_TIME, ObjectHead.time(series.made().toLocalTime()))
            .text(Tags.MODALITY, "CT")
            .text(Tags.BODY_PART_EXAMINED, slice.bodyPart())
            .numbers(Tags.KVP, 120)
            .text(Tags.PATIENT_POSITION, "HFS")
            .integers(Tags.ACQUISITION_NUMBER, 1)
            .integers(Tags.INSTANCE_NUMBER, slice.plane() + 1);
    ObjectHead.frameOfReference(object, study);
    position(object, grid, slice.plane());
    DicomWriter.write(pixels(object, grid, valuesHu).build(), out);
  }

  static void position(DicomObject.Builder object, VoxelGrid grid, int plane) {
    Point position = grid.toPatientMm(0, 0, grid.planeOffsetMm(plane));
    Point row = grid.rowDirection();
    Point column = grid.columnDirection();
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
        .numbers(
            Tags.SLICE_LOCATION, grid.planeOffsetMm(plane) + grid.originMm().dot(grid.normal()))
        .numbers(Tags.PIXEL_SPACING, grid.rowSpacingMm(), grid.columnSpacingMm());
  }

  static DicomObject.Builder pixels(DicomObject.Builder object, VoxelGrid grid, short[] valuesHu) {
    ByteBuffer stored = ByteBuffer.allocate(2 * valuesHu.length).order(ByteOrder.LITTLE_ENDIAN);
    for (short value : valuesHu) {
      int withinRange = Math.max(LOWEST_HU, Math.min(value, HIGHEST_HU));
      stored.putShort((short) (withinRange - LOWEST_HU));
    }
    return object
        .integers(Tags.SAMPLES_PER_PIXEL, 1)
        .text(Tags.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .integers(Tags.ROWS, grid.rows())
        .integers(Tags.COLUMNS, grid.columns())
        .integers(Tags.BITS_ALLOCATED, 16)
        .integers(Tags.BITS_STORED, 12)
        .integers(Tags.HIGH_BIT, 11)
        .integers(Tags.PIXEL_REPRESENTATION, 0)
        .numbers(Tags.WINDOW_CENTER, 40)
        .numbers(Tags.WINDOW_WIDTH, 400)
        .numbers(Tags.RESCALE_INTERCEPT, LOWEST_HU)
        .numbers(Tags.RESCALE_SLOPE, 1)
        .text(Tags.RESCALE_TYPE, "HU")
        .bytes(Tags.PIXEL_DATA, Vr.OW, stored.array());
  }
}
