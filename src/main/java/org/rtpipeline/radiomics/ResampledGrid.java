package org.rtpipeline.radiomics;

import java.util.List;
import org.rtpipeline.geometry.Point;

/**
 * New voxels round a region and where they lie among the old ones, by way of patient coordinates
 * and in the arithmetic of ITK: the two ends of a row are looked up, voxels between them are
 * interpolated. New voxels half-way between two old ones fall to the side that this rounding gives
 * them.
 */
final class ResampledGrid {

  private final GridSize size;
  private final double[] oldFromMm;
  private final double[][] toOld;
  private final double[] fromMm;
  private final double[][] toPatient;

  /** New voxels along one axis: the first, counted in new ones, and how many. */
  private record Span(double low, int n) {
    static Span of(int first, int width, int count, double ratio, int padVoxels) {
      double low = Math.max(0, Math.floor((first - 0.5) * ratio - padVoxels));
      double most = Math.ceil(count * ratio) - 1;
      double high = Math.min(most, Math.ceil((first + width - 0.5) * ratio + padVoxels));
      return new Span(low, (int) (high - low + 1));
    }
  }

  private ResampledGrid(
      GridSize size, double[] oldFromMm, double[][] toOld, double[] fromMm, double[][] toPatient) {
    this.size = size;
    this.oldFromMm = oldFromMm;
    this.toOld = toOld;
    this.fromMm = fromMm;
    this.toPatient = toPatient;
  }

  /**
   * New voxels round a box.
   *
   * @param image old voxels
   * @param spacingMm of the new ones, along x, y and z
   * @param padVoxels new voxels kept round the box
   */
  static ResampledGrid round(Raster image, IndexBox box, double[] spacingMm, int padVoxels) {
    GridSize old = image.size();
    double[] oldMm = spacing(old);
    double[] firstIndex = new double[3];
    int[] n = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      double ratio = oldMm[axis] / spacingMm[axis];
      Span span = Span.of(box.first(axis), box.count(axis), old.count(axis), ratio, padVoxels);
      firstIndex[axis] = 0.5 * (spacingMm[axis] - oldMm[axis]) / oldMm[axis] + span.low() / ratio;
      n[axis] = span.n();
    }
    double[][] oldToPatient = steps(image.axes(), oldMm);
    double[] oldFromMm = first(image);
    double[] fromMm = patientMm(oldToPatient, firstIndex, oldFromMm);
    return new ResampledGrid(
        new GridSize(n[0], n[1], n[2], spacingMm[0], spacingMm[1], spacingMm[2]),
        oldFromMm,
        SingularInverse.of(oldToPatient),
        fromMm,
        steps(image.axes(), spacingMm));
  }

  /** The voxels of a grid among those of another. */
  static ResampledGrid onto(Raster target, Raster old) {
    return new ResampledGrid(
        target.size(),
        first(old),
        SingularInverse.of(steps(old.axes(), spacing(old.size()))),
        first(target),
        steps(target.axes(), spacing(target.size())));
  }

  /** The same new voxels among those of another image. */
  ResampledGrid among(Raster other) {
    return new ResampledGrid(
        size,
        first(other),
        SingularInverse.of(steps(other.axes(), spacing(other.size()))),
        fromMm,
        toPatient);
  }

  /** Old indices of the first and the last corner of a box of new voxels. */
  double[][] corners(IndexBox box) {
    double[][] corners = new double[2][3];
    for (int axis = 0; axis < 3; axis++) {
      corners[0][axis] = box.first(axis) - 0.5;
      corners[1][axis] = box.first(axis) + box.count(axis) - 0.5;
    }
    for (int corner = 0; corner < 2; corner++) {
      double[] mm = patientMm(toPatient, corners[corner], fromMm);
      for (int r = 0; r < 3; r++) {
        mm[r] -= oldFromMm[r];
      }
      corners[corner] = product(toOld, mm);
    }
    return corners;
  }

  private static double[] first(Raster image) {
    return new double[] {image.firstMm().xMm(), image.firstMm().yMm(), image.firstMm().zMm()};
  }

  private static double[] spacing(GridSize size) {
    return new double[] {size.dxMm(), size.dyMm(), size.dzMm()};
  }

  private static double[] patientMm(double[][] toPatient, double[] index, double[] firstMm) {
    double[] mm = product(toPatient, index);
    for (int r = 0; r < 3; r++) {
      mm[r] += firstMm[r];
    }
    return mm;
  }

  private static double[][] steps(List<Point> axes, double[] spacingMm) {
    double[][] out = new double[3][3];
    for (int c = 0; c < 3; c++) {
      out[0][c] = axes.get(c).xMm() * spacingMm[c];
      out[1][c] = axes.get(c).yMm() * spacingMm[c];
      out[2][c] = axes.get(c).zMm() * spacingMm[c];
    }
    return out;
  }

  private static double[] product(double[][] matrix, double[] vector) {
    double[] out = new double[3];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        out[r] += matrix[r][c] * vector[c];
      }
    }
    return out;
  }

  /** New voxels and their spacing. */
  GridSize size() {
    return size;
  }

  /** Whether every old index depends on one new index alone. */
  boolean isStraight() {
    for (int old = 0; old < 3; old++) {
      for (int axis = 0; axis < 3; axis++) {
        for (int r = 0; r < 3; r++) {
          if (old != axis && toOld[old][r] * toPatient[r][axis] != 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** A row of new voxels along x: where the first lies, and how far the one past the last is. */
  final class Row {
    private final double[] start;
    private final double[] whole;

    private Row(double[] start, double[] whole) {
      this.start = start;
      this.whole = whole;
    }

    /** Old index of a voxel of the row along an axis. */
    double at(int x, int axis) {
      return start[axis] + (double) x / size.nx() * whole[axis];
    }
  }

  /** A row of new voxels. */
  Row row(int y, int z) {
    double[] start = oldIndex(0, y, z);
    double[] whole = oldIndex(size.nx(), y, z);
    for (int axis = 0; axis < 3; axis++) {
      whole[axis] -= start[axis];
    }
    return new Row(start, whole);
  }

  private double[] oldIndex(int x, int y, int z) {
    double[] offsetMm = new double[3];
    for (int r = 0; r < 3; r++) {
      double mm = fromMm[r];
      mm += toPatient[r][0] * x;
      mm += toPatient[r][1] * y;
      mm += toPatient[r][2] * z;
      offsetMm[r] = mm - oldFromMm[r];
    }
    return product(toOld, offsetMm);
  }

  /** Old indices along an axis of the new voxels along it, where the grid is straight. */
  double[] along(int axis) {
    double[] at = new double[size.count(axis)];
    for (int i = 0; i < at.length; i++) {
      at[i] =
          axis == 0 ? row(0, 0).at(i, 0) : row(axis == 1 ? i : 0, axis == 2 ? i : 0).at(0, axis);
    }
    return at;
  }

  /** Old voxels that the new ones lie among, and some more on every side, cut at the borders. */
  IndexBox reach(GridSize old, int margin) {
    int[] from = new int[3];
    int[] n = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int corner = 0; corner < 4; corner++) {
        Row row = row((corner & 1) * (size.ny() - 1), (corner >> 1) * (size.nz() - 1));
        double one = row.at(0, axis);
        double other = row.at(size.nx() - 1, axis);
        low = Math.min(low, Math.min(one, other));
        high = Math.max(high, Math.max(one, other));
      }
      int last = old.count(axis) - 1;
      from[axis] = Math.min(last, Math.max(0, (int) Math.floor(low) - margin));
      n[axis] =
          Math.min(last, Math.max(from[axis], (int) Math.ceil(high) + margin)) - from[axis] + 1;
    }
    return new IndexBox(from[0], from[1], from[2], n[0], n[1], n[2]);
  }
}
