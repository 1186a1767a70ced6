package org.rtpipeline.radiomics;

/** A box of an image whose intensities are known, with the indices of the whole image. */
final class ImagePart implements BoxedImage {

  private final GridSize whole;
  private final IndexBox box;
  private final Raster values;

  /** Reads the box once. */
  ImagePart(BoxedImage image, IndexBox box) {
    this.whole = image.size();
    this.box = box;
    this.values = Raster.of(whole.withCounts(box.nx(), box.ny(), box.nz()), image.crop(box));
  }

  @Override
  public GridSize size() {
    return whole;
  }

  @Override
  public double[] crop(IndexBox wanted) {
    return values.crop(wanted.from(box));
  }
}
