package org.rtpipeline.structures;

import java.util.Arrays;
import org.rtpipeline.geometry.VoxelMask;

/** Masks of simple shape. */
final class MaskShapes {

  private MaskShapes() {}

  /** A box by its first voxel and its size in voxels. */
  static VoxelMask box(int i, int j, int k, int columns, int rows, int planes) {
    byte[] all = new byte[columns * rows * planes];
    Arrays.fill(all, (byte) 1);
    return VoxelMask.of(new int[] {i, j, k}, new int[] {columns, rows, planes}, all).orElseThrow();
  }
}
