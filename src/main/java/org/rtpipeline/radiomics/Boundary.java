package org.rtpipeline.radiomics;

/** What a convolution reads beyond the border of the image (IBSI 2, boundary conditions). */
public enum Boundary {
  /** Nothing: intensity 0. */
  ZERO,
  /** The outermost voxel. */
  NEAREST,
  /** The image again from its other end. */
  PERIODIC,
  /** The image in reverse, its outermost voxel first. */
  MIRROR;

  /** Stands for a voxel of intensity 0. */
  static final int OUTSIDE = -1;

  /**
   * The voxel that is read at an index.
   *
   * @param index along an axis, from below 0 to beyond n
   * @param n voxels of the axis, at least 1
   * @return 0 to n - 1, or {@link #OUTSIDE}
   */
  int at(int index, int n) {
    if (index >= 0 && index < n) {
      return index;
    }
    return switch (this) {
      case ZERO -> OUTSIDE;
      case NEAREST -> index < 0 ? 0 : n - 1;
      case PERIODIC -> Math.floorMod(index, n);
      case MIRROR -> {
        int turned = Math.floorMod(index, 2 * n);
        yield turned < n ? turned : 2 * n - 1 - turned;
      }
    };
  }
}
