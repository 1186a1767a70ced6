package org.rtpipeline.radiomics;

import java.util.List;

/**
 * A grid of other spacing whose centre is the centre of the old grid (IBSI 1, UMPJ): as many voxels
 * as cover the old extent.
 */
final class AlignedGrid {

  /** Share of a voxel by which an extent may exceed a whole number and still count as whole. */
  private static final double ROUNDING = 1e-6;

  /** The grid along one axis: sample i lies at old index first + i * step. */
  record Axis(int n, double spacingMm, double first, double step) {
    double at(int i) {
      return first + i * step;
    }
  }

  private final List<Axis> axes;

  private AlignedGrid(List<Axis> axes) {
    this.axes = axes;
  }

  /** The new grid over an old one; axes with spacing 0 stay as they are. */
  static AlignedGrid of(GridSize old, IbsiOptions.Interpolation how) {
    return new AlignedGrid(
        List.of(
            axis(old.nx(), old.dxMm(), how.xMm()),
            axis(old.ny(), old.dyMm(), how.yMm()),
            axis(old.nz(), old.dzMm(), how.zMm())));
  }

  /** The old grid itself. */
  static AlignedGrid same(GridSize old) {
    return new AlignedGrid(
        List.of(
            axis(old.nx(), old.dxMm(), 0),
            axis(old.ny(), old.dyMm(), 0),
            axis(old.nz(), old.dzMm(), 0)));
  }

  private static Axis axis(int count, double oldMm, double newMm) {
    if (newMm == 0) {
      return new Axis(count, oldMm, 0, 1);
    }
    int n = Math.max(1, (int) Math.ceil(count * oldMm / newMm - ROUNDING));
    double first = ((count - 1) * oldMm - (n - 1) * newMm) / 2 / oldMm;
    return new Axis(n, newMm, first, newMm / oldMm);
  }

  Axis axis(int axis) {
    return axes.get(axis);
  }

  /** Voxels and spacing. */
  GridSize size() {
    return new GridSize(
        axis(0).n(),
        axis(1).n(),
        axis(2).n(),
        axis(0).spacingMm(),
        axis(1).spacingMm(),
        axis(2).spacingMm());
  }

  /** New voxels that reach an old box, and a margin, cut at the borders of the grid. */
  IndexBox round(IndexBox old, double marginMm) {
    int[] from = new int[3];
    int[] n = new int[3];
    for (int a = 0; a < 3; a++) {
      Axis axis = axis(a);
      int margin = (int) Math.ceil(marginMm / axis.spacingMm());
      double low = (old.first(a) - 1 - axis.first()) / axis.step();
      double high = (old.first(a) + old.count(a) - axis.first()) / axis.step();
      from[a] = Math.max(0, (int) Math.floor(low) - margin);
      n[a] = Math.min(axis.n() - 1, (int) Math.ceil(high) + margin) - from[a] + 1;
    }
    return new IndexBox(from[0], from[1], from[2], n[0], n[1], n[2]);
  }
}
