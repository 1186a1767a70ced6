package org.rtpipeline.radiomics;

import java.util.Optional;
import org.rtpipeline.geometry.VoxelMask;

/** Voxels of an image: the smallest box round them, and which voxels of the box they are. */
final class Region {

  private final Raster image;
  private final IndexBox box;
  private final VoxelMask voxels;

  private Region(Raster image, VoxelMask voxels) {
    this.image = image;
    this.voxels = voxels;
    this.box =
        new IndexBox(
            voxels.first(0),
            voxels.first(1),
            voxels.first(2),
            voxels.count(0),
            voxels.count(1),
            voxels.count(2));
    GridSize size = image.size();
    for (int axis = 0; axis < 3; axis++) {
      if (box.first(axis) < 0 || box.first(axis) + box.count(axis) > size.count(axis)) {
        throw new IllegalArgumentException("image has " + size + ", region lies in " + box);
      }
    }
  }

  /** Some voxels of an image. */
  static Region of(Raster image, VoxelMask voxels) {
    return new Region(image, voxels);
  }

  /** The voxels of a part of an image that are not 0; empty when all are 0. */
  static Optional<Region> of(Raster image, IndexBox part, byte[] values) {
    return VoxelMask.of(
            new int[] {part.x0(), part.y0(), part.z0()},
            new int[] {part.nx(), part.ny(), part.nz()},
            values)
        .map(voxels -> new Region(image, voxels));
  }

  /** The same voxels in the part of the image that lies inside a box round them. */
  Region within(IndexBox part) {
    return of(image.part(part), box.from(part), inside()).orElseThrow();
  }

  /** The voxels inside a box that holds some of them. */
  Region inside(IndexBox part) {
    return part.equals(box)
        ? this
        : of(image, part, part.from(box).crop(inside(), boxSize())).orElseThrow();
  }

  Raster image() {
    return image;
  }

  /** The smallest box round the voxels. */
  IndexBox box() {
    return box;
  }

  /** The box as a grid of its own. */
  GridSize boxSize() {
    return image.size().withCounts(box.nx(), box.ny(), box.nz());
  }

  /** 1 inside the region, else 0, over the box; the array itself. */
  byte[] inside() {
    return voxels.inside();
  }

  /** Voxels inside, at least 1. */
  int voxels() {
    return voxels.voxels();
  }

  /** Intensities of the box; a new array. */
  double[] intensities() {
    return image.crop(box);
  }
}
