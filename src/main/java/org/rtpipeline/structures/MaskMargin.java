package org.rtpipeline.structures;

import java.util.Arrays;
import java.util.Optional;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;

/**
 * Moves the surface of a mask by a margin in patient directions.
 *
 * <p>A voxel belongs to the expanded mask when the displacement from the centre of some voxel of
 * the mask to its own centre lies within the margin's ellipsoid; grids may be oblique and planes
 * unevenly spaced. The ellipsoid is convex, so along a row of voxels it is an interval: every run
 * of the mask widens by it, and the runs of a row are added up by differences.
 *
 * <p>Shrinking is expansion of what lies outside, by the reversed margin. Beyond the image nothing
 * is known: a structure that ends there does not shrink from that side.
 */
final class MaskMargin {

  private final VoxelGrid grid;
  private final Margin margin;
  private final int reachX;
  private final int reachY;

  private MaskMargin(VoxelGrid grid, Margin margin) {
    this.grid = grid;
    this.margin = margin;
    this.reachX = (int) Math.floor(margin.largestMm() / grid.columnSpacingMm() + 1e-6);
    this.reachY = (int) Math.floor(margin.largestMm() / grid.rowSpacingMm() + 1e-6);
  }

  /** The moved mask within the grid; empty when nothing is left of it. */
  static Optional<VoxelMask> apply(VoxelGrid grid, VoxelMask mask, Margin margin) {
    VoxelMask wider =
        margin.outwards().isNone()
            ? mask
            : new MaskMargin(grid, margin.outwards()).expanded(mask).orElse(mask);
    return margin.inwards().isNone()
        ? Optional.of(wider)
        : new MaskMargin(grid, margin.inwards()).shrunk(wider);
  }

  private Optional<VoxelMask> expanded(VoxelMask mask) {
    MaskBox from = MaskBox.of(mask);
    return expansion(from, box(from)).mask();
  }

  private Optional<VoxelMask> shrunk(VoxelMask mask) {
    MaskBox inside = MaskBox.of(mask);
    MaskBox round = box(inside);
    MaskBox outside = round.complement(inside);
    MaskBox gone = new MaskMargin(grid, margin.reversed()).expansion(outside, round);
    return round.complement(gone).mask();
  }

  /** The box that the expansion of another fills, cut to the grid. */
  private MaskBox box(MaskBox from) {
    double reachMm = margin.largestMm();
    int below = from.firstZ();
    while (below > 0
        && grid.planeOffsetMm(from.firstZ()) - grid.planeOffsetMm(below - 1) <= reachMm + 1e-6) {
      below--;
    }
    int last = from.firstZ() + from.planes() - 1;
    int above = last;
    while (above < grid.planes() - 1
        && grid.planeOffsetMm(above + 1) - grid.planeOffsetMm(last) <= reachMm + 1e-6) {
      above++;
    }
    int x0 = Math.max(0, from.firstX() - reachX);
    int y0 = Math.max(0, from.firstY() - reachY);
    int x1 = Math.min(grid.columns(), from.firstX() + from.columns() + reachX);
    int y1 = Math.min(grid.rows(), from.firstY() + from.rows() + reachY);
    return MaskBox.empty(x0, y0, below, x1 - x0, y1 - y0, above - below + 1);
  }

  private MaskBox expansion(MaskBox from, MaskBox to) {
    int width = to.columns() + 1;
    int[] turns = new int[width * to.rows()];
    for (int k = to.firstZ(); k < to.firstZ() + to.planes(); k++) {
      Arrays.fill(turns, 0);
      for (int s = from.firstZ(); s < from.firstZ() + from.planes(); s++) {
        addPlane(from, s, to, k, turns);
      }
      for (int j = 0; j < to.rows(); j++) {
        int inside = 0;
        for (int i = 0; i < to.columns(); i++) {
          inside += turns[j * width + i];
          if (inside > 0) {
            to.set(i, j, k - to.firstZ());
          }
        }
      }
    }
    return to;
  }

  /** Adds what the voxels of plane {@code s} reach in plane {@code k}. */
  private void addPlane(MaskBox from, int s, MaskBox to, int k, int[] turns) {
    double alongMm = grid.planeOffsetMm(k) - grid.planeOffsetMm(s);
    for (int dj = -reachY; dj <= reachY; dj++) {
      int low = -reachX;
      while (low <= reachX && !reaches(low, dj, alongMm)) {
        low++;
      }
      if (low <= reachX) {
        int high = reachX;
        while (!reaches(high, dj, alongMm)) {
          high--;
        }
        addRows(from, s, to, dj, low, high, turns);
      }
    }
  }

  private boolean reaches(int di, int dj, double alongMm) {
    Point moved =
        grid.rowDirection()
            .times(di * grid.columnSpacingMm())
            .plus(grid.columnDirection().times(dj * grid.rowSpacingMm()))
            .plus(grid.normal().times(alongMm));
    return margin.reaches(moved.xMm(), moved.yMm(), moved.zMm());
  }

  private static void addRows(
      MaskBox from, int s, MaskBox to, int dj, int low, int high, int[] turns) {
    int width = to.columns() + 1;
    int shift = from.firstX() - to.firstX();
    for (int j = 0; j < from.rows(); j++) {
      int row = from.firstY() + j + dj - to.firstY();
      if (row >= 0 && row < to.rows()) {
        int i = 0;
        while (i < from.columns()) {
          if (!from.is(i, j, s - from.firstZ())) {
            i++;
            continue;
          }
          int start = i;
          while (i < from.columns() && from.is(i, j, s - from.firstZ())) {
            i++;
          }
          int first = Math.max(0, start + shift + low);
          int end = Math.min(to.columns(), i + shift + high);
          if (first < end) {
            turns[row * width + first]++;
            turns[row * width + end]--;
          }
        }
      }
    }
  }
}
