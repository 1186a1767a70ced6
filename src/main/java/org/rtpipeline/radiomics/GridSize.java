package org.rtpipeline.radiomics;

import java.io.Serializable;

/**
 * How many voxels a regular grid has along each axis, and how far apart.
 *
 * @param nx voxels along x, at least 1
 * @param ny voxels along y, at least 1
 * @param nz voxels along z, at least 1
 * @param dxMm distance of voxel centres along x, over 0
 * @param dyMm distance of voxel centres along y, over 0
 * @param dzMm distance of voxel centres along z, over 0
 */
public record GridSize(int nx, int ny, int nz, double dxMm, double dyMm, double dzMm)
    implements Serializable {

  /** Checks counts and spacings. */
  public GridSize {
    if (nx < 1 || ny < 1 || nz < 1) {
      throw new IllegalArgumentException(
          "a grid has at least one voxel per axis, got " + nx + " x " + ny + " x " + nz);
    }
    if (!(dxMm > 0) || !(dyMm > 0) || !(dzMm > 0)) {
      throw new IllegalArgumentException(
          "spacing must be over 0 mm, got " + dxMm + ", " + dyMm + " and " + dzMm);
    }
    Math.multiplyExact(Math.multiplyExact(nx, ny), nz);
  }

  /** Voxels in all. */
  public int voxels() {
    return nx * ny * nz;
  }

  /** Position of a voxel in an array over this grid. */
  public int index(int x, int y, int z) {
    return x + nx * (y + ny * z);
  }

  /** Volume of a voxel, mm3. */
  public double voxelMm3() {
    return dxMm * dyMm * dzMm;
  }

  /** The same spacing with other counts. */
  GridSize withCounts(int newNx, int newNy, int newNz) {
    return new GridSize(newNx, newNy, newNz, dxMm, dyMm, dzMm);
  }

  /** Voxels along axis 0 (x), 1 (y) or 2 (z). */
  int count(int axis) {
    return axis == 0 ? nx : axis == 1 ? ny : nz;
  }

  /** Spacing along axis 0 (x), 1 (y) or 2 (z), mm. */
  double spacingMm(int axis) {
    return axis == 0 ? dxMm : axis == 1 ? dyMm : dzMm;
  }
}
