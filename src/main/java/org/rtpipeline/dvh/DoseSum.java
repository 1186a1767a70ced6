package org.rtpipeline.dvh;

import java.util.Comparator;
import java.util.List;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;

/** Adds doses that lie on different grids of one frame of reference. */
public final class DoseSum {

  private DoseSum() {}

  /**
   * The sum on the grid with the smallest voxels; doses of the others are interpolated trilinearly
   * through both grids' own directions. Where one of them has no dose the sum is NaN, which {@link
   * DoseVolumeCalculator} counts as outside the dose, never as 0 Gy.
   *
   * @param doses one or more doses in one frame of reference; the order changes nothing
   */
  public static DoseGrid of(List<DoseGrid> doses) {
    if (doses.isEmpty()) {
      throw new IllegalArgumentException("a sum needs at least one dose, got 0");
    }
    VoxelGrid grid =
        doses.stream()
            .map(DoseGrid::grid)
            .min(
                Comparator.comparingDouble(DoseSum::voxelMm3)
                    .thenComparing(Comparator.comparingLong(VoxelGrid::voxels).reversed())
                    .thenComparingDouble(one -> one.originMm().xMm())
                    .thenComparingDouble(one -> one.originMm().yMm())
                    .thenComparingDouble(one -> one.originMm().zMm()))
            .orElseThrow();
    double[] sumGy = new double[Math.toIntExact(grid.voxels())];
    for (DoseGrid dose : doses) {
      if (dose.grid().equals(grid)) {
        addSame(dose.valuesGy(), sumGy);
      } else {
        addInterpolated(dose, grid, sumGy);
      }
    }
    float[] valuesGy = new float[sumGy.length];
    for (int v = 0; v < valuesGy.length; v++) {
      valuesGy[v] = (float) sumGy[v];
    }
    return new DoseGrid(grid, valuesGy);
  }

  private static double voxelMm3(VoxelGrid grid) {
    double planeMm = grid.planes() > 1 ? grid.meanPlaneSpacingMm() : grid.rowSpacingMm();
    return grid.columnSpacingMm() * grid.rowSpacingMm() * planeMm;
  }

  private static void addSame(float[] valuesGy, double[] sumGy) {
    for (int v = 0; v < sumGy.length; v++) {
      sumGy[v] += valuesGy[v];
    }
  }

  private static void addInterpolated(DoseGrid dose, VoxelGrid grid, double[] sumGy) {
    DoseSampler sampler = new DoseSampler(dose, DvhOptions.Interpolation.TRILINEAR);
    Point stepX = grid.rowDirection().times(grid.columnSpacingMm());
    for (int k = 0; k < grid.planes(); k++) {
      for (int j = 0; j < grid.rows(); j++) {
        Point at = grid.toPatientMm(0, j, grid.planeOffsetMm(k));
        for (int i = 0; i < grid.columns(); i++) {
          sumGy[grid.index(i, j, k)] += sampler.doseGy(at.plus(stepX.times(i)));
        }
      }
    }
  }
}
