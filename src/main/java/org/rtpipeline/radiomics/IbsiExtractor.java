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
    List<IbsiFeatures.Step> steps = new ArrayList<>();
    Region given = new Region(image, mask);
    Optional<IndexBox> box = IndexBox.round(mask, image.size());
    if (box.isEmpty()) {
      return without(Reason.EMPTY, steps);
    }
    IbsiRegion first = IbsiRegion.asGiven(given, box.get(), 0);
    steps.add(first.step());
    Integer most = options.limits().maximumVoxels();
    if (most != null && steps.get(0).morphology().voxels() > most) {
      return without(Reason.TOO_MANY_VOXELS, steps);
    }
    IbsiRegion region = gridded(given, box.get());
    Optional<IndexBox> inside = region.box();
    if (inside.isEmpty()) {
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
        : computed(narrowed, inside.get(), steps);
  }

  private static IbsiFeatures without(Reason reason, List<IbsiFeatures.Step> steps) {
    return new IbsiFeatures(List.of(), reason, steps, List.of());
  }

  private IbsiRegion gridded(Region given, IndexBox box) {
    return options.interpolation() == null
        ? IbsiRegion.asGiven(given, box, LocalIntensity.RADIUS_MM)
        : IbsiRegion.interpolated(given, box, options.interpolation(), LocalIntensity.RADIUS_MM);
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
