package org.rtpipeline.radiomics;

/** Both masks of a region in the box of the morphological one. */
final class IbsiMasks {

  private final IndexBox box;
  private final GridSize size;
  private final byte[] morphology;
  private final byte[] intensity;

  /**
   * Cuts two masks of an image to the box.
   *
   * @param whole grid of the masks
   */
  IbsiMasks(IndexBox box, GridSize whole, byte[] morphology, byte[] intensity) {
    this.box = box;
    this.size = whole.withCounts(box.nx(), box.ny(), box.nz());
    this.morphology = box.crop(morphology, whole);
    this.intensity = box.crop(intensity, whole);
  }

  /** Where the box lies in the image. */
  IndexBox box() {
    return box;
  }

  /** Voxels and spacing of the box. */
  GridSize size() {
    return size;
  }

  /** Mask for shape, 0 and 1; the array itself. */
  byte[] morphology() {
    return morphology;
  }

  /** Mask for intensities, 0 and 1; the array itself. */
  byte[] intensity() {
    return intensity;
  }
}
