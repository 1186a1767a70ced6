package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.Optional;

/**
 * A box of voxels.
 *
 * @param x0 first column
 * @param y0 first row
 * @param z0 first plane
 * @param nx columns
 * @param ny rows
 * @param nz planes
 */
public record IndexBox(int x0, int y0, int z0, int nx, int ny, int nz) implements Serializable {

  /** Voxels in all. */
  public int voxels() {
    return nx * ny * nz;
  }

  /** Axes along which the box is longer than one voxel. */
  int dimensions() {
    return (nx > 1 ? 1 : 0) + (ny > 1 ? 1 : 0) + (nz > 1 ? 1 : 0);
  }

  /** First index along axis 0 (x), 1 (y) or 2 (z). */
  int first(int axis) {
    return axis == 0 ? x0 : axis == 1 ? y0 : z0;
  }

  /** Voxels along axis 0 (x), 1 (y) or 2 (z). */
  int count(int axis) {
    return axis == 0 ? nx : axis == 1 ? ny : nz;
  }

  /** The whole grid. */
  static IndexBox whole(GridSize size) {
    return new IndexBox(0, 0, 0, size.nx(), size.ny(), size.nz());
  }

  /** Smallest box round the voxels of a mask that are not 0; empty when all are 0. */
  static Optional<IndexBox> round(byte[] mask, GridSize size) {
    int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    int[] high = {-1, -1, -1};
    int index = 0;
    for (int z = 0; z < size.nz(); z++) {
      for (int y = 0; y < size.ny(); y++) {
        int first = -1;
        int last = -1;
        for (int x = 0; x < size.nx(); x++) {
          if (mask[index++] != 0) {
            first = first < 0 ? x : first;
            last = x;
          }
        }
        if (last >= 0) {
          low[0] = Math.min(low[0], first);
          high[0] = Math.max(high[0], last);
          low[1] = Math.min(low[1], y);
          high[1] = Math.max(high[1], y);
          low[2] = Math.min(low[2], z);
          high[2] = z;
        }
      }
    }
    return high[2] < 0
        ? Optional.empty()
        : Optional.of(
            new IndexBox(
                low[0],
                low[1],
                low[2],
                high[0] - low[0] + 1,
                high[1] - low[1] + 1,
                high[2] - low[2] + 1));
  }

  /** This box grown by so many voxels on every side, cut at the borders of the grid. */
  IndexBox grown(int voxels, GridSize size) {
    int[] from = new int[3];
    int[] to = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      from[axis] = Math.max(0, first(axis) - voxels);
      to[axis] = Math.min(size.count(axis), first(axis) + count(axis) + voxels);
    }
    return new IndexBox(
        from[0], from[1], from[2], to[0] - from[0], to[1] - from[1], to[2] - from[2]);
  }

  /** The smallest box that holds this one and another. */
  IndexBox with(IndexBox other) {
    int[] from = new int[3];
    int[] to = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      from[axis] = Math.min(first(axis), other.first(axis));
      to[axis] = Math.max(first(axis) + count(axis), other.first(axis) + other.count(axis));
    }
    return new IndexBox(
        from[0], from[1], from[2], to[0] - from[0], to[1] - from[1], to[2] - from[2]);
  }

  /** Whether another box lies in this one. */
  boolean holds(IndexBox other) {
    return with(other).equals(this);
  }

  /** This box as seen from the first voxel of another. */
  IndexBox from(IndexBox other) {
    return new IndexBox(x0 - other.x0, y0 - other.y0, z0 - other.z0, nx, ny, nz);
  }

  /** Mask of the box as 0 and 1, x fastest, then y, then z; a new array. */
  byte[] crop(byte[] mask, GridSize size) {
    byte[] out = new byte[voxels()];
    int to = 0;
    for (int z = z0; z < z0 + nz; z++) {
      for (int y = y0; y < y0 + ny; y++) {
        int from = size.index(x0, y, z);
        for (int x = 0; x < nx; x++) {
          out[to++] = (byte) (mask[from + x] != 0 ? 1 : 0);
        }
      }
    }
    return out;
  }
}
