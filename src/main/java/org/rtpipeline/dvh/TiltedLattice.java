package org.rtpipeline.dvh;

import java.util.List;
import org.rtpipeline.geometry.PlaneFrame;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;

/** Dose samples around contours whose planes do not follow the dose grid, or for cubic doses. */
final class TiltedLattice {

  private static final int SAMPLES_PER_VOXEL = 2;
  private static final int CUBIC_SAMPLES_PER_VOXEL = 4;
  private static final double MOST_SAMPLES = 4e7;

  private TiltedLattice() {}

  /** A lattice fine enough for the dose and large enough for the contours with their end caps. */
  static DoseLattice around(
      List<double[]> contoursMm, PlaneFrame frame, DoseGrid dose, DvhOptions options) {
    VoxelGrid grid = dose.grid();
    double planeMm = grid.planes() > 1 ? grid.meanPlaneSpacingMm() : grid.rowSpacingMm();
    double voxelMm = Math.min(planeMm, Math.min(grid.columnSpacingMm(), grid.rowSpacingMm()));
    int perVoxel =
        options.interpolation() == DvhOptions.Interpolation.TRICUBIC
            ? CUBIC_SAMPLES_PER_VOXEL
            : SAMPLES_PER_VOXEL;
    double stepMm = voxelMm / perVoxel;
    double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
    Point[] axes = {frame.u(), frame.v(), frame.w()};
    for (double[] at : contoursMm) {
      for (int p = 0; p < at.length; p += 3) {
        Point from = new Point(at[p], at[p + 1], at[p + 2]).minus(frame.originMm());
        for (int axis = 0; axis < 3; axis++) {
          double along = from.dot(axes[axis]);
          low[axis] = Math.min(low[axis], along);
          high[axis] = Math.max(high[axis], along);
        }
      }
    }
    double capMm = high[2] > low[2] ? (high[2] - low[2]) / 2 : 0;
    low[2] -= Math.max(capMm, 10 * voxelMm);
    high[2] += Math.max(capMm, 10 * voxelMm);
    double[] steps = {stepMm, stepMm, stepMm};
    double samples = 1;
    for (int axis = 0; axis < 3; axis++) {
      low[axis] = Math.floor(low[axis] / stepMm - 1) * stepMm;
      high[axis] = Math.ceil(high[axis] / stepMm + 1) * stepMm;
      samples *= (high[axis] - low[axis]) / stepMm + 1;
    }
    if (samples > MOST_SAMPLES) {
      double coarser = Math.cbrt(samples / MOST_SAMPLES);
      steps = new double[] {stepMm * coarser, stepMm * coarser, stepMm * coarser};
    }
    return DoseLattice.sampled(
        new DoseSampler(dose, options.interpolation()), frame, low, high, steps);
  }
}
