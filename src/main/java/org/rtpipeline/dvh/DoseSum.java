package org.rtpipeline.dvh;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;

/**
 * Adds doses that lie on different grids of one frame of reference.
 *
 * <p>The sum is on the grid with the smallest voxels; doses on other grids are interpolated
 * trilinearly through both grids' own directions. Where one of them has no dose the sum is NaN,
 * which {@link DoseVolumeCalculator} counts as outside the dose, never as 0 Gy. The order of the
 * doses changes nothing.
 */
public final class DoseSum {

  private final Map<VoxelGrid, double[]> sumsGy = new LinkedHashMap<>();

  /** The sum of some doses. */
  public static DoseGrid of(List<DoseGrid> doses) {
    DoseSum sum = new DoseSum();
    doses.forEach(sum::add);
    return sum.dose();
  }

  /** Adds a dose; of doses on one grid only their sum is kept. */
  public void add(DoseGrid dose) {
    float[] valuesGy = dose.valuesGy();
    double[] sumGy = sumsGy.computeIfAbsent(dose.grid(), grid -> new double[valuesGy.length]);
    for (int v = 0; v < sumGy.length; v++) {
      sumGy[v] += valuesGy[v];
    }
  }

  /** Number of different grids so far. */
  public int grids() {
    return sumsGy.size();
  }

  /** The sum of what was added. */
  public DoseGrid dose() {
    VoxelGrid grid =
        sumsGy.keySet().stream()
            .min(
                Comparator.comparingDouble(DoseSum::voxelMm3)
                    .thenComparing(Comparator.comparingLong(VoxelGrid::voxels).reversed())
                    .thenComparingDouble(one -> one.originMm().xMm())
                    .thenComparingDouble(one -> one.originMm().yMm())
                    .thenComparingDouble(one -> one.originMm().zMm()))
            .orElseThrow(
                () -> new IllegalArgumentException("a sum needs at least one dose, got 0"));
    double[] sumGy = Objects.requireNonNull(sumsGy.get(grid)).clone();
    sumsGy.forEach(
        (other, valuesGy) -> {
          if (!other.equals(grid)) {
            addInterpolated(new DoseGrid(other, floats(valuesGy)), grid, sumGy);
          }
        });
    return new DoseGrid(grid, floats(sumGy));
  }

  private static float[] floats(double[] valuesGy) {
    float[] floats = new float[valuesGy.length];
    for (int v = 0; v < floats.length; v++) {
      floats[v] = (float) valuesGy[v];
    }
    return floats;
  }

  private static double voxelMm3(VoxelGrid grid) {
    double planeMm = grid.planes() > 1 ? grid.meanPlaneSpacingMm() : grid.rowSpacingMm();
    return grid.columnSpacingMm() * grid.rowSpacingMm() * planeMm;
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
