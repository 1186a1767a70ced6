package org.rtpipeline.geometry;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The voxels of an image whose centres lie inside contours.
 *
 * <p>In a plane the even-odd rule holds. A plane reaches halfway to its neighbours; at an end, and
 * where a plane is missing, as far as half the usual distance of planes. A centre on an edge counts
 * for the side of larger coordinates, so that regions that share an edge share no voxel.
 */
public final class ContourRaster {

  /** A distance of planes over this many usual ones is a gap. */
  private static final double GAP_FACTOR = 1.5;

  /** Where neighbouring slabs meet, a slice this close to the upper one is part of it, mm. */
  private static final double MEETING_TOLERANCE_MM = PlaneStack.SAME_PLANE_TOLERANCE_MM;

  private final VoxelGrid grid;
  private final PlaneStack stack;
  private final double[] lowMm;
  private final double[] highMm;

  private ContourRaster(VoxelGrid grid, PlaneStack stack, double usualMm) {
    this.grid = grid;
    this.stack = stack;
    int n = stack.planes().size();
    this.lowMm = new double[n];
    this.highMm = new double[n];
    double[] gapsMm = stack.gapsMm();
    for (int p = 0; p < n; p++) {
      boolean free = p == 0 || gapsMm[p - 1] > GAP_FACTOR * usualMm;
      boolean freeAbove = p == n - 1 || gapsMm[p] > GAP_FACTOR * usualMm;
      double offsetMm = stack.planes().get(p).offsetMm();
      lowMm[p] = offsetMm - (free ? usualMm : gapsMm[p - 1]) / 2;
      highMm[p] = offsetMm + (freeAbove ? usualMm : gapsMm[p]) / 2;
    }
  }

  private static double sliceMm(VoxelGrid grid) {
    return grid.planes() == 1 ? 1 : grid.meanPlaneSpacingMm();
  }

  /** Whether contours lie in the planes of a grid: none spans more than half a slice. */
  public static boolean isAlong(VoxelGrid grid, List<double[]> contoursMm) {
    return PlaneStack.spreadAlongMm(contoursMm, grid.normal()) <= sliceMm(grid) / 2;
  }

  /**
   * The voxels; empty when no centre lies inside.
   *
   * @param contoursMm per contour x, y, z of every point in turn, patient coordinates; in the
   *     planes of the grid
   */
  public static Optional<VoxelMask> voxels(VoxelGrid grid, List<double[]> contoursMm) {
    PlaneStack stack = stack(grid, contoursMm);
    return voxels(grid, stack, stack.planes().size() == 1 ? sliceMm(grid) : stack.medianGapMm());
  }

  /**
   * The voxels of a region whose planes are a known distance apart; empty when no centre lies
   * inside.
   *
   * @param contoursMm per contour x, y, z of every point in turn, patient coordinates; in the
   *     planes of the grid
   * @param spacingMm usual distance of planes, mm, over 0
   */
  public static Optional<VoxelMask> voxels(
      VoxelGrid grid, List<double[]> contoursMm, double spacingMm) {
    return voxels(grid, stack(grid, contoursMm), spacingMm);
  }

  private static PlaneStack stack(VoxelGrid grid, List<double[]> contoursMm) {
    return PlaneStack.of(
        contoursMm,
        new PlaneFrame(
            grid.originMm(), grid.rowDirection(), grid.columnDirection(), grid.normal()));
  }

  private static Optional<VoxelMask> voxels(VoxelGrid grid, PlaneStack stack, double usualMm) {
    return stack.planes().isEmpty()
        ? Optional.empty()
        : new ContourRaster(grid, stack, usualMm).voxels();
  }

  private Optional<VoxelMask> voxels() {
    int n = stack.planes().size();
    EvenOddRegion[] regions = new EvenOddRegion[n];
    int[] box = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1, -1};
    int[] planeOfSlice = new int[grid.planes()];
    for (int k = 0; k < grid.planes(); k++) {
      planeOfSlice[k] = planeAt(grid.planeOffsetMm(k));
      if (planeOfSlice[k] >= 0) {
        EvenOddRegion region = region(regions, planeOfSlice[k]);
        widen(box, region.boundsMm(), k);
      }
    }
    if (box[5] < 0) {
      return Optional.empty();
    }
    int[] first = {box[0], box[1], box[2]};
    int[] counts = {box[3] - box[0] + 1, box[4] - box[1] + 1, box[5] - box[2] + 1};
    byte[] values = new byte[counts[0] * counts[1] * counts[2]];
    for (int k = box[2]; k <= box[5]; k++) {
      if (planeOfSlice[k] >= 0) {
        fill(region(regions, planeOfSlice[k]), first, counts, values, k - box[2]);
      }
    }
    return VoxelMask.of(first, counts, values);
  }

  /** The contour plane whose slab holds an offset; -1 for none. */
  private int planeAt(double offsetMm) {
    double at = offsetMm + MEETING_TOLERANCE_MM;
    for (int p = 0; p < lowMm.length; p++) {
      if (at >= lowMm[p] && at < highMm[p]) {
        return p;
      }
    }
    return -1;
  }

  private EvenOddRegion region(@Nullable EvenOddRegion[] regions, int plane) {
    EvenOddRegion known = regions[plane];
    if (known == null) {
      known = EvenOddRegion.of(stack.planes().get(plane).distinctPolygonsMm());
      regions[plane] = known;
    }
    return known;
  }

  private void widen(int[] box, double[] boundsMm, int k) {
    if (boundsMm.length == 0) {
      return;
    }
    int lowX = Math.max(0, (int) Math.ceil(boundsMm[0] / grid.columnSpacingMm()));
    int lowY = Math.max(0, (int) Math.ceil(boundsMm[1] / grid.rowSpacingMm()));
    int highX =
        Math.min(grid.columns() - 1, (int) Math.floor(boundsMm[2] / grid.columnSpacingMm()));
    int highY = Math.min(grid.rows() - 1, (int) Math.floor(boundsMm[3] / grid.rowSpacingMm()));
    if (lowX <= highX && lowY <= highY) {
      box[0] = Math.min(box[0], lowX);
      box[1] = Math.min(box[1], lowY);
      box[2] = Math.min(box[2], k);
      box[3] = Math.max(box[3], highX);
      box[4] = Math.max(box[4], highY);
      box[5] = Math.max(box[5], k);
    }
  }

  /** Marks the centres inside: every piece of the border turns all centres beyond it round. */
  private void fill(EvenOddRegion region, int[] first, int[] counts, byte[] values, int plane) {
    double[] ends = region.endsMm();
    int[] signs = region.signs();
    int width = counts[0] + 1;
    int[] turns = new int[width * counts[1]];
    for (int p = 0; p < signs.length; p++) {
      double lowY = ends[4 * p + 1];
      double highY = ends[4 * p + 3];
      int from = Math.max(0, (int) Math.ceil(lowY / grid.rowSpacingMm()) - first[1]);
      for (int j = from; j < counts[1]; j++) {
        double y = (j + first[1]) * grid.rowSpacingMm();
        if (y >= highY) {
          break;
        }
        double x = ends[4 * p] + (ends[4 * p + 2] - ends[4 * p]) * ((y - lowY) / (highY - lowY));
        double column = Math.ceil(x / grid.columnSpacingMm()) - first[0];
        int i = (int) Math.max(0, Math.min(counts[0], column));
        turns[j * width + i] += signs[p];
      }
    }
    for (int j = 0; j < counts[1]; j++) {
      int inside = 0;
      for (int i = 0; i < counts[0]; i++) {
        inside += turns[j * width + i];
        values[i + counts[0] * (j + counts[1] * plane)] = (byte) (inside > 0 ? 1 : 0);
      }
    }
  }
}
