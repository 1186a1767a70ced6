package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtpipeline.radiomics.RoiFeatures.Reason;

/**
 * Computes the features of regions of interest to the letter of the IBSI reference manual (arXiv
 * 1612.07003): interpolate image and mask, re-segment, morphology, intensities, discretise,
 * textures.
 *
 * <p>Shares matrices with {@link FeatureExtractor} and none of its habits. Holds only its options:
 * one extractor may serve many threads.
 */
public final class IbsiExtractor {

  private final IbsiOptions options;

  /** An extractor with options. */
  public IbsiExtractor(IbsiOptions options) {
    this.options = options;
  }

  /**
   * Features of one region, or the reason why there are none.
   *
   * @param image intensities
   * @param mask on the grid of the image, x fastest, not 0 inside the region
   */
  public IbsiFeatures of(Raster image, byte[] mask) {
    if (mask.length != image.size().voxels()) {
      throw new IllegalArgumentException(
          "image has " + image.size().voxels() + " voxels, mask " + mask.length);
    }
    return IndexBox.round(mask, image.size())
        .map(box -> of(image, box, box.crop(mask, image.size())))
        .orElseGet(() -> without(Reason.EMPTY, List.of()));
  }

  /**
   * Features of a region whose mask is known in a box, or the reason why there are none.
   *
   * @param image intensities
   * @param box of the image that holds the mask
   * @param inside mask of the box, x fastest, not 0 inside the region
   */
  public IbsiFeatures of(Raster image, IndexBox box, byte[] inside) {
    if (inside.length != box.voxels()) {
      throw new IllegalArgumentException(
          "box has " + box.voxels() + " voxels, mask " + inside.length);
    }
    List<IbsiFeatures.Step> steps = new ArrayList<>();
    steps.add(IbsiRegion.asGiven(image, box, inside, 0).step());
    Integer most = options.limits().maximumVoxels();
    if (most != null && steps.get(0).morphology().voxels() > most) {
      return without(Reason.TOO_MANY_VOXELS, steps);
    }
    IbsiRegion region = gridded(image, box, inside);
    Optional<IndexBox> round = region.box();
    if (round.isEmpty()) {
      return without(Reason.EMPTY, steps);
    }
    steps.add(region.step());
    for (double value : region.intensities()) {
      if (!Double.isFinite(value)) {
        return without(Reason.NOT_FINITE, steps);
      }
    }
    IbsiRegion narrowed = region.narrowed(options.narrowing());
    steps.add(narrowed.step());
    return narrowed.intensities().length == 0
        ? without(Reason.RESEGMENTED_AWAY, steps)
        : computed(narrowed, round.get(), steps);
  }

  private static IbsiFeatures without(Reason reason, List<IbsiFeatures.Step> steps) {
    return new IbsiFeatures(List.of(), reason, steps, List.of());
  }

  private IbsiRegion gridded(Raster image, IndexBox box, byte[] inside) {
    double marginMm = LocalIntensity.RADIUS_MM;
    return options.interpolation() == null
        ? IbsiRegion.asGiven(image, box, inside, marginMm)
        : IbsiRegion.interpolated(image, box, inside, options.interpolation(), marginMm);
  }

  private IbsiFeatures computed(IbsiRegion region, IndexBox box, List<IbsiFeatures.Step> steps) {
    double[] x = region.intensities();
    Optional<GreyLevels> binned = GreyLevels.of(x, options.bins(), options.narrowing());
    Optional<double[]> volumes =
        IntensityVolumeHistogram.of(x, options.volumeBins(), options.narrowing());
    if (binned.isEmpty() || volumes.isEmpty()) {
      return without(Reason.TOO_MANY_LEVELS, steps);
    }
    GreyLevels levels = binned.get();
    IbsiMasks masks = region.masks(box);
    List<IbsiValue> values = new ArrayList<>();
    List<IbsiFeature> left = new ArrayList<>();
    addMorphology(values, left, masks, region.image().crop(box));
    add(values, IbsiFamily.LOCAL_INTENSITY, LocalIntensity.of(region.image(), region.intensity()));
    add(values, IbsiFamily.INTENSITY_STATISTICS, IntensityStatistics.of(x));
    add(
        values,
        IbsiFamily.INTENSITY_HISTOGRAM,
        IntensityHistogram.of(levels.levels(), levels.highest()));
    add(values, IbsiFamily.INTENSITY_VOLUME_HISTOGRAM, volumes.get());
    values.addAll(IbsiTextures.of(masks, levels, options.textures()));
    return new IbsiFeatures(values, null, steps, left);
  }

  private void addMorphology(
      List<IbsiValue> values, List<IbsiFeature> left, IbsiMasks masks, double[] x) {
    double[] shape = Morphology.of(masks.morphology(), masks.intensity(), x, masks.size());
    List<IbsiFeature> features = IbsiFeature.of(IbsiFamily.MORPHOLOGY);
    for (int i = 0; i < shape.length; i++) {
      values.add(value(features.get(i), shape[i]));
    }
    if (masks.size().voxels() > options.limits().autocorrelationVoxels()) {
      left.addAll(List.of(IbsiFeature.MORPH_MORAN_I, IbsiFeature.MORPH_GEARY_C));
      return;
    }
    SpatialAutocorrelation pairs = SpatialAutocorrelation.of(x, masks.intensity(), masks.size());
    values.add(value(IbsiFeature.MORPH_MORAN_I, pairs.moranI()));
    values.add(value(IbsiFeature.MORPH_GEARY_C, pairs.gearyC()));
  }

  private static void add(List<IbsiValue> values, IbsiFamily family, double[] numbers) {
    List<IbsiFeature> features = IbsiFeature.of(family);
    for (int i = 0; i < numbers.length; i++) {
      values.add(value(features.get(i), numbers[i]));
    }
  }

  private static IbsiValue value(IbsiFeature feature, double number) {
    return new IbsiValue(feature, null, Double.isFinite(number) ? number : Double.NaN);
  }
}
