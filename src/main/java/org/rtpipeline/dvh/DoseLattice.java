package org.rtpipeline.dvh;

import java.util.Arrays;
import org.rtpipeline.geometry.PlaneFrame;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;

/**
 * Dose points on lines along the axes of a plane frame: regular within a plane, any increasing
 * distance from plane to plane. Trilinear in between, the nearest point's plane up to half a
 * spacing beyond.
 */
final class DoseLattice {

  private static final int U = 0;
  private static final int V = 1;
  private static final int W = 2;

  private final PlaneFrame frame;
  private final float[] valuesGy;
  private final int[] count;
  private final int[] stride;
  private final double stepU;
  private final double stepV;
  private final double[] offsetsW;
  private final double endStepLowMm;
  private final double endStepHighMm;

  private DoseLattice(
      PlaneFrame frame,
      float[] valuesGy,
      int[] count,
      int[] stride,
      double stepU,
      double stepV,
      double[] offsetsW,
      double lonelyStepMm) {
    this.frame = frame;
    this.valuesGy = valuesGy;
    this.count = count;
    this.stride = stride;
    this.stepU = stepU;
    this.stepV = stepV;
    this.offsetsW = offsetsW;
    int n = offsetsW.length;
    this.endStepLowMm = n > 1 ? offsetsW[1] - offsetsW[0] : lonelyStepMm;
    this.endStepHighMm = n > 1 ? offsetsW[n - 1] - offsetsW[n - 2] : lonelyStepMm;
  }

  /** The dose grid itself, planes perpendicular to its normal. */
  static DoseLattice alongNormal(DoseGrid dose) {
    VoxelGrid grid = dose.grid();
    PlaneFrame frame =
        new PlaneFrame(grid.originMm(), grid.rowDirection(), grid.columnDirection(), grid.normal());
    return new DoseLattice(
        frame,
        dose.valuesGy(),
        new int[] {grid.columns(), grid.rows(), grid.planes()},
        new int[] {1, grid.columns(), grid.columns() * grid.rows()},
        grid.columnSpacingMm(),
        grid.rowSpacingMm(),
        offsets(grid),
        grid.rowSpacingMm());
  }

  /** The dose grid itself, planes perpendicular to its rows; regular plane offsets only. */
  static DoseLattice alongRows(DoseGrid dose) {
    VoxelGrid grid = dose.grid();
    PlaneFrame frame =
        new PlaneFrame(
            firstPlane(grid), grid.columnDirection(), grid.normal(), grid.rowDirection());
    return new DoseLattice(
        frame,
        dose.valuesGy(),
        new int[] {grid.rows(), grid.planes(), grid.columns()},
        new int[] {grid.columns(), grid.columns() * grid.rows(), 1},
        grid.rowSpacingMm(),
        planeSpacingMm(grid),
        multiples(grid.columns(), grid.columnSpacingMm()),
        grid.columnSpacingMm());
  }

  /** The dose grid itself, planes perpendicular to its columns; regular plane offsets only. */
  static DoseLattice alongColumns(DoseGrid dose) {
    VoxelGrid grid = dose.grid();
    PlaneFrame frame =
        new PlaneFrame(
            firstPlane(grid), grid.rowDirection(), grid.normal(), grid.columnDirection());
    return new DoseLattice(
        frame,
        dose.valuesGy(),
        new int[] {grid.columns(), grid.planes(), grid.rows()},
        new int[] {1, grid.columns() * grid.rows(), grid.columns()},
        grid.columnSpacingMm(),
        planeSpacingMm(grid),
        multiples(grid.rows(), grid.rowSpacingMm()),
        grid.rowSpacingMm());
  }

  /**
   * A finer lattice in any frame, its doses sampled from the grid; NaN more than half a voxel
   * outside the grid.
   *
   * @param lowMm smallest u, v, w to cover
   * @param highMm largest u, v, w to cover
   * @param stepsMm distance between points along u, v, w
   */
  static DoseLattice sampled(
      DoseSampler sampler, PlaneFrame frame, double[] lowMm, double[] highMm, double[] stepsMm) {
    int[] count = new int[3];
    for (int axis = U; axis <= W; axis++) {
      count[axis] = (int) Math.ceil((highMm[axis] - lowMm[axis]) / stepsMm[axis] + 1e-9) + 1;
    }
    float[] valuesGy =
        new float[Math.multiplyExact(Math.multiplyExact(count[U], count[V]), count[W])];
    int at = 0;
    for (int k = 0; k < count[W]; k++) {
      for (int j = 0; j < count[V]; j++) {
        for (int i = 0; i < count[U]; i++) {
          valuesGy[at++] =
              (float)
                  sampler.doseGy(
                      frame.toPatientMm(
                          lowMm[U] + i * stepsMm[U],
                          lowMm[V] + j * stepsMm[V],
                          lowMm[W] + k * stepsMm[W]));
        }
      }
    }
    double[] offsetsW = multiples(count[W], stepsMm[W]);
    PlaneFrame moved =
        new PlaneFrame(
            frame.toPatientMm(lowMm[U], lowMm[V], lowMm[W]), frame.u(), frame.v(), frame.w());
    return new DoseLattice(
        moved,
        valuesGy,
        count,
        new int[] {1, count[U], count[U] * count[V]},
        stepsMm[U],
        stepsMm[V],
        offsetsW,
        stepsMm[W]);
  }

  private static Point firstPlane(VoxelGrid grid) {
    return grid.originMm().plus(grid.normal().times(grid.planeOffsetMm(0)));
  }

  private static double planeSpacingMm(VoxelGrid grid) {
    return grid.planes() > 1 ? grid.meanPlaneSpacingMm() : grid.rowSpacingMm();
  }

  private static double[] offsets(VoxelGrid grid) {
    double[] offsetsMm = new double[grid.planes()];
    for (int k = 0; k < offsetsMm.length; k++) {
      offsetsMm[k] = grid.planeOffsetMm(k);
    }
    return offsetsMm;
  }

  private static double[] multiples(int n, double stepMm) {
    double[] offsetsMm = new double[n];
    for (int k = 0; k < n; k++) {
      offsetsMm[k] = k * stepMm;
    }
    return offsetsMm;
  }

  PlaneFrame frame() {
    return frame;
  }

  int countU() {
    return count[U];
  }

  int countV() {
    return count[V];
  }

  int countW() {
    return count[W];
  }

  double stepU() {
    return stepU;
  }

  double stepV() {
    return stepV;
  }

  /** Offsets of the dose planes along w, mm; the array itself. */
  double[] offsetsW() {
    return offsetsW;
  }

  /** Smallest offset along w that still has a dose: half a spacing below the first plane. */
  double lowestW() {
    return offsetsW[0] - endStepLowMm / 2;
  }

  /** Largest offset along w that still has a dose: half a spacing above the last plane. */
  double highestW() {
    return offsetsW[offsetsW.length - 1] + endStepHighMm / 2;
  }

  /** Mean volume of the block between eight neighbouring points, mm³. */
  double blockMm3() {
    int n = offsetsW.length;
    double stepW = n > 1 ? (offsetsW[n - 1] - offsetsW[0]) / (n - 1) : endStepLowMm;
    return stepU * stepV * stepW;
  }

  /** Smallest distance between neighbouring dose planes, mm. */
  double smallestStepW() {
    double smallest = Math.min(endStepLowMm, endStepHighMm);
    for (int k = 1; k < offsetsW.length; k++) {
      smallest = Math.min(smallest, offsetsW[k] - offsetsW[k - 1]);
    }
    return smallest;
  }

  /**
   * Doses of a window of points at one offset along w, Gy.
   *
   * @param w offset, mm; clamped to the planes there are
   * @param firstI first point along u, may lie outside; such points repeat the border
   * @param firstJ first point along v, likewise
   * @param pointsU points along u
   * @param pointsV points along v
   * @param outGy filled from 0, u fastest
   */
  void window(double w, int firstI, int firstJ, int pointsU, int pointsV, double[] outGy) {
    int k = planeBelow(w);
    double upper = 0;
    if (k + 1 < offsetsW.length) {
      upper = (w - offsetsW[k]) / (offsetsW[k + 1] - offsetsW[k]);
      upper = Math.min(Math.max(upper, 0), 1);
    }
    int up = upper > 0 ? stride[W] : 0;
    int fromI = Math.min(Math.max(-firstI, 0), pointsU);
    int toI = Math.max(Math.min(count[U] - firstI, pointsU), fromI);
    for (int j = 0; j < pointsV; j++) {
      int row = k * stride[W] + Math.min(Math.max(firstJ + j, 0), count[V] - 1) * stride[V];
      int out = j * pointsU;
      if (up == 0) {
        line(row + (firstI + fromI) * stride[U], outGy, out + fromI, out + toI);
      } else {
        line(row + (firstI + fromI) * stride[U], up, upper, outGy, out + fromI, out + toI);
      }
      double first = at(row, 0, up, upper);
      double last = at(row, count[U] - 1, up, upper);
      Arrays.fill(outGy, out, out + fromI, first);
      Arrays.fill(outGy, out + toI, out + pointsU, last);
    }
  }

  private double at(int row, int i, int up, double upper) {
    double below = valuesGy[row + i * stride[U]];
    return up == 0 ? below : below + (valuesGy[row + i * stride[U] + up] - below) * upper;
  }

  private void line(int from, double[] outGy, int first, int end) {
    int step = stride[U];
    for (int at = first; at < end; at++) {
      outGy[at] = valuesGy[from + (at - first) * step];
    }
  }

  private void line(int from, int up, double upper, double[] outGy, int first, int end) {
    int step = stride[U];
    for (int at = first; at < end; at++) {
      double below = valuesGy[from + (at - first) * step];
      outGy[at] = below + (valuesGy[from + (at - first) * step + up] - below) * upper;
    }
  }

  /** First lattice cell and number of cells along u and v that bounds touch; empty for none. */
  int[] windowOf(double[] boundsMm) {
    if (boundsMm.length == 0) {
      return new int[0];
    }
    int lowU = Math.max(-1, (int) Math.floor(boundsMm[0] / stepU));
    int lowV = Math.max(-1, (int) Math.floor(boundsMm[1] / stepV));
    int highU = Math.min(count[U], (int) Math.ceil(boundsMm[2] / stepU));
    int highV = Math.min(count[V], (int) Math.ceil(boundsMm[3] / stepV));
    if (highU <= lowU || highV <= lowV) {
      return new int[0];
    }
    return new int[] {lowU, lowV, highU - lowU, highV - lowV};
  }

  /** Ends of thin layers from low to high, cut at every dose plane, inside the dose only. */
  double[] levels(double lowMm, double highMm, double thickestMm) {
    double from = Math.max(lowMm, lowestW());
    double to = Math.min(highMm, highestW());
    return to > from ? cuts(from, to, thickestMm) : new double[0];
  }

  /** True when a dose plane lies at an offset. */
  boolean hasPlaneAt(double w, double toleranceMm) {
    int k = planeBelow(w + toleranceMm);
    return Math.abs(offsetsW[k] - w) <= toleranceMm;
  }

  /**
   * Ends of thin layers between two offsets, cut at every dose plane and at both ends of the dose.
   *
   * @param lowMm first end
   * @param highMm last end
   * @param thickestMm no layer is thicker
   */
  double[] cuts(double lowMm, double highMm, double thickestMm) {
    double[] coarse = new double[offsetsW.length + 4];
    int count = 0;
    coarse[count++] = lowMm;
    if (lowestW() > lowMm && lowestW() < highMm) {
      coarse[count++] = lowestW();
    }
    for (double plane : offsetsW) {
      if (plane > lowMm && plane < highMm) {
        coarse[count++] = plane;
      }
    }
    if (highestW() > lowMm && highestW() < highMm) {
      coarse[count++] = highestW();
    }
    coarse[count++] = highMm;
    double[] fine = new double[count];
    int to = 0;
    fine[to++] = lowMm;
    for (int c = 1; c < count; c++) {
      double start = coarse[c - 1];
      double end = coarse[c];
      int parts = Math.max(1, (int) Math.ceil((end - start) / thickestMm - 1e-6));
      fine = Arrays.copyOf(fine, to + parts + count - c);
      for (int p = 1; p <= parts; p++) {
        fine[to++] = p == parts ? end : start + (end - start) * p / parts;
      }
    }
    return Arrays.copyOf(fine, to);
  }

  /** Lowest and highest dose of all points, Gy; points without a dose are left out. */
  double[] rangeGy() {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (float gy : valuesGy) {
      if (gy < range[0]) {
        range[0] = gy;
      }
      if (gy > range[1]) {
        range[1] = gy;
      }
    }
    return range;
  }

  private int planeBelow(double w) {
    int found = Arrays.binarySearch(offsetsW, w);
    if (found < 0) {
      found = -found - 2;
    }
    return Math.min(Math.max(found, 0), offsetsW.length - 1);
  }
}
