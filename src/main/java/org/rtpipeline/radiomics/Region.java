package org.rtpipeline.radiomics;

/** An image and a mask on the same grid. */
final class Region {

  private final Raster image;
  private final byte[] mask;

  /** Keeps the array. */
  Region(Raster image, byte[] mask) {
    if (mask.length != image.size().voxels()) {
      throw new IllegalArgumentException(
          "image has " + image.size().voxels() + " voxels, mask " + mask.length);
    }
    this.image = image;
    this.mask = mask;
  }

  /** The part of both inside a box. */
  static Region cropped(Raster image, byte[] mask, IndexBox box) {
    return new Region(image.part(box), box.crop(mask, image.size()));
  }

  Raster image() {
    return image;
  }

  /** Not 0 inside the region; the array itself. */
  byte[] mask() {
    return mask;
  }

  int voxels() {
    int n = 0;
    for (byte m : mask) {
      n += m != 0 ? 1 : 0;
    }
    return n;
  }
}
