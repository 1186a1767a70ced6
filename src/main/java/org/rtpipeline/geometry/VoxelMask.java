package org.rtpipeline.geometry;

import java.util.Arrays;
import java.util.Optional;

/**
 * Some voxels of a grid: the smallest box round them, and which voxels of the box they are. Never
 * empty.
 */
public final class VoxelMask {

  private final int[] first;
  private final int[] counts;
  private final byte[] inside;
  private final int voxels;

  private VoxelMask(int[] first, int[] counts, byte[] inside, int voxels) {
    this.first = first;
    this.counts = counts;
    this.inside = inside;
    this.voxels = voxels;
  }

  /**
   * The voxels of a part of a grid that are not 0; empty when all are 0.
   *
   * @param first column, row and plane of the first voxel of the part
   * @param counts columns, rows and planes of the part
   * @param values of the part, x fastest, then y, then z
   */
  public static Optional<VoxelMask> of(int[] first, int[] counts, byte[] values) {
    if (values.length != counts[0] * counts[1] * counts[2]) {
      throw new IllegalArgumentException(
          "part has " + Arrays.toString(counts) + " voxels, values " + values.length);
    }
    int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    int[] high = {-1, -1, -1};
    int voxels = 0;
    for (int z = 0; z < counts[2]; z++) {
      for (int y = 0; y < counts[1]; y++) {
        int row = counts[0] * (y + counts[1] * z);
        int before = voxels;
        for (int x = 0; x < counts[0]; x++) {
          if (values[row + x] != 0) {
            voxels++;
            low[0] = Math.min(low[0], x);
            high[0] = Math.max(high[0], x);
          }
        }
        if (voxels > before) {
          low[1] = Math.min(low[1], y);
          high[1] = Math.max(high[1], y);
          low[2] = Math.min(low[2], z);
          high[2] = z;
        }
      }
    }
    return voxels == 0
        ? Optional.empty()
        : Optional.of(tight(first, counts, values, low, high, voxels));
  }

  private static VoxelMask tight(
      int[] first, int[] counts, byte[] values, int[] low, int[] high, int voxels) {
    int[] from = new int[3];
    int[] n = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      from[axis] = first[axis] + low[axis];
      n[axis] = high[axis] - low[axis] + 1;
    }
    byte[] inside = new byte[n[0] * n[1] * n[2]];
    int to = 0;
    for (int z = low[2]; z <= high[2]; z++) {
      for (int y = low[1]; y <= high[1]; y++) {
        int row = counts[0] * (y + counts[1] * z);
        for (int x = low[0]; x <= high[0]; x++) {
          inside[to++] = (byte) (values[row + x] != 0 ? 1 : 0);
        }
      }
    }
    return new VoxelMask(from, n, inside, voxels);
  }

  /** First index along axis 0 (x), 1 (y) or 2 (z) of the grid. */
  public int first(int axis) {
    return first[axis];
  }

  /** Voxels of the box along axis 0 (x), 1 (y) or 2 (z). */
  public int count(int axis) {
    return counts[axis];
  }

  /** 1 inside, else 0, over the box, x fastest, then y, then z; the array itself. */
  public byte[] inside() {
    return inside;
  }

  /** Voxels inside, at least 1. */
  public int voxels() {
    return voxels;
  }
}
