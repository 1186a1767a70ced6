package org.rtpipeline.geometry;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Where the voxels of an image or a dose lie in the patient: columns, rows and planes, without
 * values.
 *
 * <p>The centre of voxel (i, j, k) is {@code origin + i·Δx·row + j·Δy·column + offset(k)·normal},
 * with {@code normal = row × column} (PS3.3 C.7.6.2.1.1, and C.8.8.3.2 for the planes of a dose).
 * Plane offsets are strictly increasing and may be irregular; readers turn descending stacks round.
 */
public final class VoxelGrid implements Serializable {

  /** Largest |row·column| and | |direction| - 1 | of a usable orientation. */
  public static final double DIRECTION_TOLERANCE = 1e-3;

  /**
   * Largest distance of a plane of a regular grid from its even place, as a part of the distance of
   * planes.
   */
  public static final double REGULAR_TOLERANCE = 1e-3;

  /**
   * The same in mm, where that is more: positions with two decimals put the first, the last and the
   * plane itself 0.005 mm off.
   */
  public static final double REGULAR_TOLERANCE_MM = 0.02;

  private static final long serialVersionUID = 1L;

  private final int columns;
  private final int rows;
  private final Point originMm;
  private final Point rowDirection;
  private final Point columnDirection;
  private final Point normal;
  private final double columnSpacingMm;
  private final double rowSpacingMm;
  private final double[] planeOffsetsMm;

  /**
   * A grid with one offset per plane.
   *
   * @param columns voxels along x, at least 1
   * @param rows voxels along y, at least 1
   * @param originMm centre of voxel (0, 0, 0) when the first offset is 0
   * @param rowDirection unit vector along which the column index grows
   * @param columnDirection unit vector along which the row index grows
   * @param columnSpacingMm distance between neighbouring columns, over 0
   * @param rowSpacingMm distance between neighbouring rows, over 0
   * @param planeOffsetsMm distance of every plane from the origin along the normal, strictly
   *     increasing; copied
   */
  public VoxelGrid(
      int columns,
      int rows,
      Point originMm,
      Point rowDirection,
      Point columnDirection,
      double columnSpacingMm,
      double rowSpacingMm,
      double[] planeOffsetsMm) {
    if (columns < 1 || rows < 1 || planeOffsetsMm.length < 1) {
      throw new IllegalArgumentException(
          "a grid has at least one voxel per axis, got "
              + columns
              + " x "
              + rows
              + " x "
              + planeOffsetsMm.length);
    }
    if (!(columnSpacingMm > 0) || !(rowSpacingMm > 0)) {
      throw new IllegalArgumentException(
          "spacing must be over 0 mm, got " + columnSpacingMm + " and " + rowSpacingMm);
    }
    if (!isUnit(rowDirection)
        || !isUnit(columnDirection)
        || Math.abs(rowDirection.dot(columnDirection)) > DIRECTION_TOLERANCE) {
      throw new IllegalArgumentException(
          "directions must be perpendicular unit vectors, got "
              + rowDirection
              + " and "
              + columnDirection);
    }
    for (int k = 1; k < planeOffsetsMm.length; k++) {
      if (!(planeOffsetsMm[k] > planeOffsetsMm[k - 1])) {
        throw new IllegalArgumentException(
            "plane offsets must increase, got "
                + planeOffsetsMm[k - 1]
                + " mm before "
                + planeOffsetsMm[k]
                + " mm");
      }
    }
    this.columns = columns;
    this.rows = rows;
    this.originMm = originMm;
    this.rowDirection = rowDirection.times(1 / rowDirection.length());
    this.columnDirection = columnDirection.times(1 / columnDirection.length());
    Point cross = this.rowDirection.cross(this.columnDirection);
    this.normal = cross.times(1 / cross.length());
    this.columnSpacingMm = columnSpacingMm;
    this.rowSpacingMm = rowSpacingMm;
    this.planeOffsetsMm = planeOffsetsMm.clone();
  }

  /** A grid along the patient axes with equal distances between planes. */
  public static VoxelGrid axial(
      int columns, int rows, int planes, Point originMm, double dxMm, double dyMm, double dzMm) {
    double[] offsetsMm = new double[planes];
    for (int k = 0; k < planes; k++) {
      offsetsMm[k] = k * dzMm;
    }
    return new VoxelGrid(
        columns, rows, originMm, new Point(1, 0, 0), new Point(0, 1, 0), dxMm, dyMm, offsetsMm);
  }

  private static boolean isUnit(Point direction) {
    return Math.abs(direction.length() - 1) <= DIRECTION_TOLERANCE;
  }

  /** Voxels along x. */
  public int columns() {
    return columns;
  }

  /** Voxels along y. */
  public int rows() {
    return rows;
  }

  /** Voxels along z. */
  public int planes() {
    return planeOffsetsMm.length;
  }

  /** Voxels in all. */
  public long voxels() {
    return (long) columns * rows * planeOffsetsMm.length;
  }

  /** Position of a voxel in arrays over this grid: x fastest, then y, then z. */
  public int index(int i, int j, int k) {
    return i + columns * (j + rows * k);
  }

  /** Centre of the first voxel, mm, when its plane offset is 0. */
  public Point originMm() {
    return originMm;
  }

  /** Unit vector along which the column index grows. */
  public Point rowDirection() {
    return rowDirection;
  }

  /** Unit vector along which the row index grows. */
  public Point columnDirection() {
    return columnDirection;
  }

  /** Unit vector along which the plane index grows. */
  public Point normal() {
    return normal;
  }

  /** Distance between neighbouring columns, mm. */
  public double columnSpacingMm() {
    return columnSpacingMm;
  }

  /** Distance between neighbouring rows, mm. */
  public double rowSpacingMm() {
    return rowSpacingMm;
  }

  /** Distance of plane k from the origin along the normal, mm. */
  public double planeOffsetMm(int k) {
    return planeOffsetsMm[k];
  }

  /**
   * True when every plane lies where equally distant ones would, within {@link #REGULAR_TOLERANCE}
   * or {@link #REGULAR_TOLERANCE_MM}.
   */
  public boolean isRegular() {
    double stepMm = meanPlaneSpacingMm();
    double toleranceMm = Math.max(REGULAR_TOLERANCE * stepMm, REGULAR_TOLERANCE_MM);
    for (int k = 1; k < planeOffsetsMm.length; k++) {
      if (Math.abs(planeOffsetsMm[k] - planeOffsetsMm[0] - k * stepMm) > toleranceMm) {
        return false;
      }
    }
    return true;
  }

  /** Mean distance between neighbouring planes, mm; NaN for a single plane. */
  public double meanPlaneSpacingMm() {
    int last = planeOffsetsMm.length - 1;
    return last == 0 ? Double.NaN : (planeOffsetsMm[last] - planeOffsetsMm[0]) / last;
  }

  /** Patient position of a point given by column, row and distance along the normal. */
  public Point toPatientMm(double i, double j, double offsetMm) {
    return originMm
        .plus(rowDirection.times(i * columnSpacingMm))
        .plus(columnDirection.times(j * rowSpacingMm))
        .plus(normal.times(offsetMm));
  }

  /** Continuous column index of a patient position; voxel centres are whole numbers. */
  public double columnOf(Point patientMm) {
    return patientMm.minus(originMm).dot(rowDirection) / columnSpacingMm;
  }

  /** Continuous row index of a patient position; voxel centres are whole numbers. */
  public double rowOf(Point patientMm) {
    return patientMm.minus(originMm).dot(columnDirection) / rowSpacingMm;
  }

  /** Distance of a patient position from the origin along the normal, mm. */
  public double offsetOfMm(Point patientMm) {
    return patientMm.minus(originMm).dot(normal);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VoxelGrid grid
        && columns == grid.columns
        && rows == grid.rows
        && originMm.equals(grid.originMm)
        && rowDirection.equals(grid.rowDirection)
        && columnDirection.equals(grid.columnDirection)
        && columnSpacingMm == grid.columnSpacingMm
        && rowSpacingMm == grid.rowSpacingMm
        && Arrays.equals(planeOffsetsMm, grid.planeOffsetsMm);
  }

  @Override
  public int hashCode() {
    return Objects.hash(columns, rows, originMm, Arrays.hashCode(planeOffsetsMm));
  }

  @Override
  public String toString() {
    return columns
        + " x "
        + rows
        + " x "
        + planes()
        + " voxels of "
        + columnSpacingMm
        + " x "
        + rowSpacingMm
        + " mm";
  }
}
