package org.rtpipeline.radiomics;

/**
 * Steps from each voxel of a mask to the nearest voxel outside, over faces: 1 at the border (IBSI
 * 1, VMDZ). What lies beyond the grid is outside.
 */
final class BorderDistance {

  private BorderDistance() {}

  /** Distances in space, 0 outside; over six faces. */
  static int[] inSpace(byte[] mask, GridSize size) {
    return distances(mask, size, 3);
  }

  /** Distances within each plane of equal z, 0 outside; over four faces. */
  static int[] inPlane(byte[] mask, GridSize size) {
    return distances(mask, size, 2);
  }

  /** Two sweeps: the city block distance of a neighbour before, then of a neighbour after. */
  private static int[] distances(byte[] mask, GridSize size, int axes) {
    int[] out = new int[mask.length];
    int[] stride = {1, size.nx(), size.nx() * size.ny()};
    for (int i = 0; i < out.length; i++) {
      out[i] = mask[i] == 0 ? 0 : nearest(out, size, stride, axes, i, -1);
    }
    for (int i = out.length - 1; i >= 0; i--) {
      out[i] = mask[i] == 0 ? 0 : Math.min(out[i], nearest(out, size, stride, axes, i, 1));
    }
    return out;
  }

  private static int nearest(
      int[] out, GridSize size, int[] stride, int axes, int at, int direction) {
    int least = Integer.MAX_VALUE - 1;
    for (int axis = 0; axis < axes; axis++) {
      int position = at / stride[axis] % size.count(axis);
      int end = direction < 0 ? 0 : size.count(axis) - 1;
      least = Math.min(least, position == end ? 0 : out[at + direction * stride[axis]]);
    }
    return least + 1;
  }
}
