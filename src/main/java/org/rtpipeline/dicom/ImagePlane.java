package org.rtpipeline.dicom;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;

/**
 * Where the first plane of an image or a dose lies in the patient (PS3.3 C.7.6.2).
 *
 * @param positionMm centre of the first voxel
 * @param rowDirection unit vector along which the column index grows
 * @param columnDirection unit vector along which the row index grows
 * @param rowSpacingMm distance between rows
 * @param columnSpacingMm distance between columns
 */
record ImagePlane(
    Point positionMm,
    Point rowDirection,
    Point columnDirection,
    double rowSpacingMm,
    double columnSpacingMm) {
  /**
   * The plane an object declares.
   *
   * @throws DicomException {@code MISSING_GEOMETRY} or {@code INVALID_GEOMETRY}
   */
  static ImagePlane of(String path, DicomObject object) throws DicomException {
    double[] position = numbers(path, object, Tags.IMAGE_POSITION_PATIENT, 3, "image position");
    double[] orientation =
        numbers(path, object, Tags.IMAGE_ORIENTATION_PATIENT, 6, "image orientation");
    double[] spacing = numbers(path, object, Tags.PIXEL_SPACING, 2, "pixel spacing");
    Point row = new Point(orientation[0], orientation[1], orientation[2]);
    Point column = new Point(orientation[3], orientation[4], orientation[5]);
    if (!isUnit(row)
        || !isUnit(column)
        || Math.abs(row.dot(column)) > VoxelGrid.DIRECTION_TOLERANCE) {
      throw fault(
          Finding.Code.INVALID_GEOMETRY,
          path,
          "image orientation (0020,0037) is "
              + Arrays.toString(orientation)
              + ", expected two perpendicular unit vectors");
    }
    if (!(spacing[0] > 0) || !(spacing[1] > 0)) {
      throw fault(
          Finding.Code.INVALID_GEOMETRY,
          path,
          "pixel spacing (0028,0030) is "
              + spacing[0]
              + " and "
              + spacing[1]
              + ", expected over 0");
    }
    return new ImagePlane(
        new Point(position[0], position[1], position[2]),
        row.times(1 / row.length()),
        column.times(1 / column.length()),
        spacing[0],
        spacing[1]);
  }

  /** Unit vector perpendicular to the plane, row direction x column direction. */
  Point normal() {
    Point cross = rowDirection.cross(columnDirection);
    return cross.times(1 / cross.length());
  }

  private static boolean isUnit(Point direction) {
    return Math.abs(direction.length() - 1) <= VoxelGrid.DIRECTION_TOLERANCE;
  }

  private static double[] numbers(String path, DicomObject object, int tag, int count, String name)
      throws DicomException {
    double[] numbers = object.numbers(tag);
    if (numbers.length == 0) {
      throw fault(Finding.Code.MISSING_GEOMETRY, path, name + " is missing or empty");
    }
    if (numbers.length != count || !DoubleStream.of(numbers).allMatch(Double::isFinite)) {
      throw fault(
          Finding.Code.INVALID_GEOMETRY,
          path,
          name + " is " + Arrays.toString(numbers) + ", expected " + count + " numbers");
    }
    return numbers;
  }

  private static DicomException fault(Finding.Code code, String path, String message) {
    return new DicomException(code, path, DicomException.NO_OFFSET, message);
  }
}
