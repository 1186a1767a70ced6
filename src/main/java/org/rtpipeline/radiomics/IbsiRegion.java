package org.rtpipeline.radiomics;

import java.util.Arrays;
import java.util.Optional;

/**
 * A region after the image processing of the IBSI (chapter 2): interpolated image round it,
 * morphological mask and re-segmented intensity mask on the same grid.
 */
final class IbsiRegion {

  private final BoxedImage whole;
  private final IndexBox part;
  private final Raster image;
  private final byte[] morphology;
  private final byte[] intensity;

  private IbsiRegion(
      BoxedImage whole, IndexBox part, Raster image, byte[] morphology, byte[] intensity) {
    this.whole = whole;
    this.part = part;
    this.image = image;
    this.morphology = morphology;
    this.intensity = intensity;
  }

  /**
   * The region on a new grid, not yet re-segmented.
   *
   * @param image intensities
   * @param box of the image that holds the mask
   * @param inside mask of the box, not 0 inside
   * @param marginMm of the image kept round the box
   */
  static IbsiRegion interpolated(
      Raster image, IndexBox box, byte[] inside, IbsiOptions.Interpolation how, double marginMm) {
    AlignedGrid grid = AlignedGrid.of(image.size(), how);
    IndexBox part = grid.round(box, marginMm);
    byte[] mask = IbsiInterpolator.mask(image.size(), box, inside, grid, part, how);
    InterpolatedImage whole = new InterpolatedImage(image, grid, how);
    return new IbsiRegion(whole, part, whole.part(part), mask, mask);
  }

  /** The region on the grid it came with, not yet re-segmented. */
  static IbsiRegion asGiven(Raster image, IndexBox box, byte[] inside, double marginMm) {
    AlignedGrid grid = AlignedGrid.same(image.size());
    IndexBox part = grid.round(box, marginMm);
    byte[] mask = new byte[part.voxels()];
    double[] moved = IbsiInterpolator.moved(box, inside, part);
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) moved[i];
    }
    return new IbsiRegion(image, part, image.part(part), mask, mask);
  }

  /**
   * The same region with an intensity mask inside bounds: mean and deviation of the outlier rule
   * are those before any bound, then all bounds hold together.
   */
  IbsiRegion narrowed(IbsiOptions.Narrowing bounds) {
    double lower = bounds.lower() == null ? Double.NEGATIVE_INFINITY : bounds.lower();
    double upper = bounds.upper() == null ? Double.POSITIVE_INFINITY : bounds.upper();
    if (bounds.outlierSd() != null) {
      double[] x = intensities();
      double mean = FirstOrder.mean(x);
      double squares = Arrays.stream(x).map(value -> (value - mean) * (value - mean)).sum();
      double reach = bounds.outlierSd() * Math.sqrt(squares / x.length);
      lower = Math.max(lower, mean - reach);
      upper = Math.min(upper, mean + reach);
    }
    byte[] kept = intensity.clone();
    for (int i = 0; i < kept.length; i++) {
      double value = image.at(i);
      if (!(value >= lower && value <= upper)) {
        kept[i] = 0;
      }
    }
    return new IbsiRegion(whole, part, image, morphology, kept);
  }

  /** Image round the region. */
  Raster image() {
    return image;
  }

  /** The whole image on the grid of the region. */
  BoxedImage whole() {
    return whole;
  }

  /** A box of the image round the region, as indices of the whole image. */
  IndexBox inWhole(IndexBox box) {
    return new IndexBox(
        box.x0() + part.x0(),
        box.y0() + part.y0(),
        box.z0() + part.z0(),
        box.nx(),
        box.ny(),
        box.nz());
  }

  /** Mask for intensities on the grid of the image; the array itself. */
  byte[] intensity() {
    return intensity;
  }

  /** Box of the morphological mask in the image; empty when no voxel is inside. */
  Optional<IndexBox> box() {
    return IndexBox.round(morphology, image.size());
  }

  /** Both masks in a box. */
  IbsiMasks masks(IndexBox box) {
    return new IbsiMasks(box, image.size(), morphology, intensity);
  }

  /** Intensities inside the intensity mask, x fastest, then y, then z. */
  double[] intensities() {
    double[] out = new double[intensity.length];
    int n = 0;
    for (int i = 0; i < intensity.length; i++) {
      if (intensity[i] != 0) {
        out[n++] = image.at(i);
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** What a reader of the results may check. */
  IbsiFeatures.Step step() {
    double[] x = intensities();
    return new IbsiFeatures.Step(
        whole.size(),
        extent(morphology),
        extent(intensity),
        FirstOrder.mean(x),
        Arrays.stream(x).min().orElse(Double.NaN),
        Arrays.stream(x).max().orElse(Double.NaN));
  }

  private IbsiFeatures.Extent extent(byte[] mask) {
    int voxels = 0;
    for (byte m : mask) {
      voxels += m;
    }
    IndexBox box = IndexBox.round(mask, image.size()).orElse(new IndexBox(0, 0, 0, 0, 0, 0));
    return new IbsiFeatures.Extent(voxels, inWhole(box));
  }
}
