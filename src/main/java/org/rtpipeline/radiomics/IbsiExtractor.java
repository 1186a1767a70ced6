package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rtpipeline.radiomics.RoiFeatures.Reason;

/**
 * Computes the features of regions of interest to the letter of the IBSI reference manual (arXiv
 * 1612.07003): interpolate image and mask, re-segment, morphology, intensities, discretise,
 * textures; then the same masks on the responses of filters (IBSI 2, arXiv 2006.05470).
 *
 * <p>Shares matrices with {@link FeatureExtractor} and none of its habits. Holds only its options:
 * one extractor may serve many threads.
 */
public final class IbsiExtractor {

  private static final IbsiOptions.Narrowing UNBOUNDED =
      new IbsiOptions.Narrowing(null, null, null);

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
    List<String> left = new ArrayList<>();
    addMorphology(values, left, masks, region.image().crop(box));
    add(values, IbsiFamily.LOCAL_INTENSITY, LocalIntensity.of(region.image(), region.intensity()));
    add(values, IbsiFamily.INTENSITY_STATISTICS, IntensityStatistics.of(x));
    add(
        values,
        IbsiFamily.INTENSITY_HISTOGRAM,
        IntensityHistogram.of(levels.levels(), levels.highest()));
    add(values, IbsiFamily.INTENSITY_VOLUME_HISTOGRAM, volumes.get());
    values.addAll(IbsiTextures.of(masks, levels, options.textures()));
    for (IbsiOptions.Response response : options.responses()) {
      if (!addResponse(values, response, region, box)) {
        left.add(response.name());
      }
    }
    return new IbsiFeatures(values, null, steps, left);
  }

  private void addMorphology(
      List<IbsiValue> values, List<String> left, IbsiMasks masks, double[] x) {
    double[] shape = Morphology.of(masks.morphology(), masks.intensity(), x, masks.size());
    List<IbsiFeature> features = IbsiFeature.of(IbsiFamily.MORPHOLOGY);
    for (int i = 0; i < shape.length; i++) {
      values.add(value(features.get(i), shape[i]));
    }
    if (masks.size().voxels() > options.limits().autocorrelationVoxels()) {
      left.addAll(List.of(IbsiFeature.MORPH_MORAN_I.tag(), IbsiFeature.MORPH_GEARY_C.tag()));
      return;
    }
    SpatialAutocorrelation pairs = SpatialAutocorrelation.of(x, masks.intensity(), masks.size());
    values.add(value(IbsiFeature.MORPH_MORAN_I, pairs.moranI()));
    values.add(value(IbsiFeature.MORPH_GEARY_C, pairs.gearyC()));
  }

  /**
   * Adds the features of a response; false when the filter would read too many voxels, or its
   * response is not finite or has too many levels.
   */
  private boolean addResponse(
      List<IbsiValue> values, IbsiOptions.Response response, IbsiRegion region, IndexBox box) {
    BoxedImage image = region.whole();
    IndexBox wanted = region.inWhole(box);
    ResponseMaps.Work work = ResponseMaps.work(response.filter(), image.size(), wanted);
    if (work.voxels() > options.limits().responseVoxels()) {
      return false;
    }
    double[] response3d =
        ResponseMaps.of(response.filter(), new ImagePart(image, work.read()), wanted);
    IbsiMasks masks = region.masks(box);
    double[] x = inside(response3d, masks.intensity());
    if (!Arrays.stream(x).allMatch(Double::isFinite)) {
      return false;
    }
    List<IbsiValue> own = new ArrayList<>();
    add(own, IbsiFamily.INTENSITY_STATISTICS, IntensityStatistics.of(x));
    if (response.bins() != null) {
      Optional<GreyLevels> levels = GreyLevels.of(x, response.bins(), UNBOUNDED);
      if (levels.isEmpty()) {
        return false;
      }
      add(
          own,
          IbsiFamily.INTENSITY_HISTOGRAM,
          IntensityHistogram.of(levels.get().levels(), levels.get().highest()));
      own.addAll(IbsiTextures.of(masks, levels.get(), options.textures()));
    }
    own.forEach(value -> values.add(value.on(response.name())));
    return true;
  }

  private static double[] inside(double[] values, byte[] mask) {
    double[] out = new double[values.length];
    int n = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        out[n++] = values[i];
      }
    }
    return Arrays.copyOf(out, n);
  }

  private static void add(List<IbsiValue> values, IbsiFamily family, double[] numbers) {
    List<IbsiFeature> features = IbsiFeature.of(family);
    for (int i = 0; i < numbers.length; i++) {
      values.add(value(features.get(i), numbers[i]));
    }
  }

  private static IbsiValue value(IbsiFeature feature, double number) {
    return IbsiValue.original(feature, null, Double.isFinite(number) ? number : Double.NaN);
  }
}
