package org.rtpipeline.model;

import org.rtpipeline.geometry.VoxelGrid;

/** A stack of CT, MR or PET slices with its modality values: HU for CT, as rescaled otherwise. */
public final class ImageVolume {

  private final VoxelGrid grid;
  private final float[] values;

  /** Keeps the array, one value per voxel, x fastest, then y, then z; only the maker writes. */
  public ImageVolume(VoxelGrid grid, float[] values) {
    if (values.length != grid.voxels()) {
      throw new IllegalArgumentException(
          "grid has " + grid.voxels() + " voxels, values " + values.length);
    }
    this.grid = grid;
    this.values = values;
  }

  /** Where the voxels lie. */
  public VoxelGrid grid() {
    return grid;
  }

  /** One value per voxel, x fastest, then y, then z; the array itself, not a copy. */
  public float[] values() {
    return values;
  }
}
