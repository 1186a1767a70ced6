package org.rtpipeline.dvh;

import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;

/**
 * The dose at any point of the patient: interpolated inside the grid, the nearest border value up
 * to half a voxel outside, NaN beyond.
 */
final class DoseSampler {

  private static final double BORDER = 0.5 + 1e-9;

  private final VoxelGrid grid;
  private final float[] valuesGy;
  private final double[] offsetsMm;
  private final boolean cubic;
  private final double[] weightsX = new double[4];
  private final double[] weightsY = new double[4];
  private final double[] weightsZ = new double[4];

  DoseSampler(DoseGrid dose, DvhOptions.Interpolation interpolation) {
    this.grid = dose.grid();
    this.valuesGy = dose.valuesGy();
    this.cubic = interpolation == DvhOptions.Interpolation.TRICUBIC;
    this.offsetsMm = new double[grid.planes()];
    for (int k = 0; k < offsetsMm.length; k++) {
      offsetsMm[k] = grid.planeOffsetMm(k);
    }
  }

  /** Dose at a patient position, Gy; NaN more than half a voxel outside the grid. */
  double doseGy(Point patientMm) {
    double i = grid.columnOf(patientMm);
    double j = grid.rowOf(patientMm);
    double k = planeOf(grid.offsetOfMm(patientMm));
    if (isOutside(i, grid.columns()) || isOutside(j, grid.rows()) || isOutside(k, grid.planes())) {
      return Double.NaN;
    }
    int i0 = weights(i, grid.columns(), weightsX);
    int j0 = weights(j, grid.rows(), weightsY);
    int k0 = weights(k, grid.planes(), weightsZ);
    double sum = 0;
    for (int c = 0; c < 4; c++) {
      if (weightsZ[c] == 0) {
        continue;
      }
      int plane = clamp(k0 - 1 + c, grid.planes());
      for (int b = 0; b < 4; b++) {
        if (weightsY[b] == 0) {
          continue;
        }
        int row = grid.index(0, clamp(j0 - 1 + b, grid.rows()), plane);
        double line = 0;
        for (int a = 0; a < 4; a++) {
          if (weightsX[a] != 0) {
            line += weightsX[a] * valuesGy[row + clamp(i0 - 1 + a, grid.columns())];
          }
        }
        sum += weightsZ[c] * weightsY[b] * line;
      }
    }
    return sum;
  }

  /** Continuous plane index; beyond the ends in units of the last distance. */
  private double planeOf(double offsetMm) {
    int n = offsetsMm.length;
    if (n == 1) {
      return (offsetMm - offsetsMm[0]) / grid.rowSpacingMm();
    }
    int low = 0;
    int high = n - 1;
    while (high - low > 1) {
      int mid = (low + high) >>> 1;
      if (offsetsMm[mid] <= offsetMm) {
        low = mid;
      } else {
        high = mid;
      }
    }
    return low + (offsetMm - offsetsMm[low]) / (offsetsMm[high] - offsetsMm[low]);
  }

  private static boolean isOutside(double index, int n) {
    return !(index >= -BORDER && index <= n - 1 + BORDER);
  }

  private static int clamp(int index, int n) {
    return Math.min(Math.max(index, 0), n - 1);
  }

  /** Fills the weights of points i0-1 to i0+2 and returns i0. */
  private int weights(double index, int n, double[] weights) {
    double inside = Math.min(Math.max(index, 0), n - 1);
    int i0 = Math.min((int) inside, Math.max(0, n - 2));
    double t = inside - i0;
    if (!cubic) {
      weights[0] = 0;
      weights[1] = 1 - t;
      weights[2] = t;
      weights[3] = 0;
      return i0;
    }
    weights[0] = t * (-0.5 + t * (1 - 0.5 * t));
    weights[1] = 1 + t * t * (-2.5 + 1.5 * t);
    weights[2] = t * (0.5 + t * (2 - 1.5 * t));
    weights[3] = t * t * (-0.5 + 0.5 * t);
    return i0;
  }
}
