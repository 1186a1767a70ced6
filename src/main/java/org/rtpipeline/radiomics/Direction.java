package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;

/**
 * A step from a voxel to a neighbour, in voxels.
 *
 * @param dx along x
 * @param dy along y
 * @param dz along z
 */
record Direction(int dx, int dy, int dz) {

  /** Chebyshev length, voxels. */
  int distance() {
    return Math.max(Math.abs(dx), Math.max(Math.abs(dy), Math.abs(dz)));
  }

  /**
   * One step of each opposite pair whose Chebyshev length is among the distances; z, then y, then x
   * falling.
   *
   * @param distances voxels, at least 1 each
   * @param plane steps stay in this plane
   */
  static List<Direction> half(List<Integer> distances, TexturePlane plane) {
    int longest = distances.stream().mapToInt(Integer::intValue).max().orElse(0);
    List<Direction> out = new ArrayList<>();
    for (int dz = longest; dz >= 0; dz--) {
      for (int dy = longest; dy >= -longest; dy--) {
        for (int dx = longest; dx >= -longest; dx--) {
          Direction step = new Direction(dx, dy, dz);
          boolean forward = dz > 0 || (dz == 0 && (dy > 0 || (dy == 0 && dx > 0)));
          if (forward && distances.contains(step.distance()) && plane.holds(step)) {
            out.add(step);
          }
        }
      }
    }
    return List.copyOf(out);
  }

  /** Whether a step leads from some voxel of a grid to another. */
  boolean fits(GridSize size) {
    return Math.abs(dx) < size.nx() && Math.abs(dy) < size.ny() && Math.abs(dz) < size.nz();
  }

  /** Length by a norm, mm. */
  double lengthMm(WeightingNorm norm, GridSize size) {
    double x = Math.abs(dx) * size.dxMm();
    double y = Math.abs(dy) * size.dyMm();
    double z = Math.abs(dz) * size.dzMm();
    return switch (norm) {
      case INFINITY -> Math.max(x, Math.max(y, z));
      case EUCLIDEAN -> Math.sqrt(x * x + y * y + z * z);
      case MANHATTAN -> x + y + z;
      case NO_WEIGHTING -> Double.NaN;
    };
  }
}
