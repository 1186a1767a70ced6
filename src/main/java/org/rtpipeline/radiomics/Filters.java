package org.rtpipeline.radiomics;

import java.util.function.Consumer;

/** Makes the images that features are computed on. */
final class Filters {

  private Filters() {}

  /**
   * Hands out the images of a filter, one at a time.
   *
   * @param image the prepared image
   * @param box part that is wanted
   * @param plane wavelets filter along the axes of this plane only
   * @param left receives the name of an image that cannot be made
   */
  static void apply(
      ImageFilter filter,
      Raster image,
      IndexBox box,
      TexturePlane plane,
      Consumer<FilteredImage> to,
      Consumer<String> left) {
    if (filter instanceof ImageFilter.Original) {
      to.accept(new FilteredImage("original", image.numbers(), image.crop(box)));
    } else if (filter instanceof ImageFilter.LaplacianOfGaussian log) {
      if (LaplacianOfGaussian.fits(image.size(), log.sigmaMm())) {
        double[] values = image.laplacian(box, log.sigmaMm());
        to.accept(new FilteredImage(log.name(), Raster.Numbers.SINGLE, values));
      } else {
        left.accept(log.name());
      }
    } else if (filter instanceof ImageFilter.Wavelet wavelet) {
      StationaryWavelet.bands(image, box, wavelet, plane, to);
    } else if (filter instanceof ImageFilter.PointWise function) {
      double[] values = PointWiseFilters.apply(function, image.crop(box), image.largestMagnitude());
      String name = function.name().toLowerCase(java.util.Locale.ROOT);
      to.accept(new FilteredImage(name, Raster.Numbers.DOUBLE, values));
    } else if (filter instanceof ImageFilter.Gradient unit) {
      double[] values = GradientMagnitude.of(image, box, unit);
      to.accept(new FilteredImage("gradient", Raster.Numbers.SINGLE, values));
    } else if (filter instanceof ImageFilter.LocalBinaryPattern pattern) {
      double[] values = LocalBinaryPattern.of(pattern, image, box);
      to.accept(new FilteredImage("lbp-2D", image.numbers(), values));
    }
  }
}
