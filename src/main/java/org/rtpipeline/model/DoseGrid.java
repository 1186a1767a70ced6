package org.rtpipeline.model;

import org.rtpipeline.geometry.VoxelGrid;

/** An absorbed dose on a grid, scaled to Gy exactly once (PS3.3 C.8.8.3). */
public final class DoseGrid {

  private final VoxelGrid grid;
  private final float[] valuesGy;

  /** Keeps the array, one dose per voxel, x fastest, then y, then z; only the maker writes. */
  public DoseGrid(VoxelGrid grid, float[] valuesGy) {
    if (valuesGy.length != grid.voxels()) {
      throw new IllegalArgumentException(
          "grid has " + grid.voxels() + " voxels, doses " + valuesGy.length);
    }
    this.grid = grid;
    this.valuesGy = valuesGy;
  }

  /** Where the dose points lie. */
  public VoxelGrid grid() {
    return grid;
  }

  /** One dose per voxel, Gy, x fastest, then y, then z; the array itself, not a copy. */
  public float[] valuesGy() {
    return valuesGy;
  }
}
