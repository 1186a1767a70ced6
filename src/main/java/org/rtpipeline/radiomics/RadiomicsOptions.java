package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is computed, and how, in the manner of PyRadiomics.
 *
 * @param images images to compute features on
 * @param features families, each with the names wanted; an empty set means all of the family
 * @param discretisation bins, unless an image has its own
 * @param normalisation of the whole image first; null for none
 * @param resampling to other spacing; null for none
 * @param cropMarginVoxels voxels kept round the region before filters when nothing is resampled;
 *     null to filter the whole image
 * @param resegmentation narrowing of the region by intensity; null for none
 * @param texture neighbours
 * @param energyShift added to each intensity before energy and root mean square
 * @param limits sizes of regions that are computed
 */
public record RadiomicsOptions(
    List<Image> images,
    Map<FeatureClass, Set<String>> features,
    Discretisation discretisation,
    @Nullable Normalisation normalisation,
    @Nullable Resampling resampling,
    @Nullable Integer cropMarginVoxels,
    @Nullable Resegmentation resegmentation,
    Texture texture,
    double energyShift,
    Limits limits)
    implements FeatureOptions {

  /**
   * An image with its own bins.
   *
   * @param filter how it is made
   * @param discretisation its bins; null for those of the options
   */
  public record Image(ImageFilter filter, @Nullable Discretisation discretisation)
      implements Serializable {}

  /**
   * Whole-image z score.
   *
   * @param scale factor on the score
   * @param outlierSd scores beyond are set to this; null for none
   */
  public record Normalisation(double scale, @Nullable Double outlierSd) implements Serializable {}

  /** How intensities between voxels are found. */
  public enum Interpolation {
    /** Cubic B-spline. */
    BSPLINE,
    /** Linear along each axis. */
    LINEAR,
    /** The nearest voxel. */
    NEAREST,
    /** A sinc under a cosine. */
    COSINE_SINC,
    /** A sinc under the window of Hamming. */
    HAMMING_SINC,
    /** A sinc under the window of Welch. */
    WELCH_SINC,
    /** A sinc under the window of Lanczos. */
    LANCZOS_SINC,
    /** A sinc under the window of Blackman. */
    BLACKMAN_SINC
  }

  /**
   * New spacing.
   *
   * @param xMm spacing along x, mm; 0 keeps it
   * @param yMm spacing along y, mm; 0 keeps it
   * @param zMm spacing along z, mm; 0 keeps it
   * @param interpolation of the image; masks take the nearest voxel
   * @param padVoxels new voxels kept round the region
   */
  public record Resampling(
      double xMm, double yMm, double zMm, Interpolation interpolation, int padVoxels)
      implements Serializable {
    /** Checks the numbers. */
    public Resampling {
      if (!(xMm >= 0) || !(yMm >= 0) || !(zMm >= 0) || padVoxels < 0) {
        throw new IllegalArgumentException(
            "spacing and margin must be at least 0, got "
                + List.of(xMm, yMm, zMm)
                + " mm and "
                + padVoxels
                + " voxels");
      }
    }

    double spacingMm(int axis) {
      return axis == 0 ? xMm : axis == 1 ? yMm : zMm;
    }

    /** How many new voxels take the place of an old one. */
    double voxelsPerVoxel(GridSize old) {
      double factor = 1;
      for (int axis = 0; axis < 3; axis++) {
        double asked = spacingMm(axis);
        factor *= asked == 0 ? 1 : old.spacingMm(axis) / asked;
      }
      return factor;
    }
  }

  /** What the bounds of a range of intensities count. */
  public enum RangeUnit {
    /** Intensities. */
    ABSOLUTE,
    /** Shares of the greatest intensity of the region. */
    RELATIVE,
    /** Standard deviations from the mean of the region. */
    SIGMA
  }

  /** Which mask shape is computed on. */
  public enum ShapeMask {
    AS_GIVEN,
    RESEGMENTED
  }

  /**
   * A closed range of intensities.
   *
   * @param lower bound
   * @param upper bound; null for none
   * @param unit what the bounds count
   * @param shape which mask shape is computed on
   */
  public record Resegmentation(
      double lower, @Nullable Double upper, RangeUnit unit, ShapeMask shape)
      implements Serializable {}

  /** Whether a pair of neighbours counts in both orders. */
  public enum Pairs {
    BOTH_ORDERS,
    ONE_ORDER
  }

  /**
   * Neighbours of textures.
   *
   * @param distances of neighbours in co-occurrence, dependence and tone difference, voxels
   * @param weighting merges directions by weight; null for the mean of the directions' features
   * @param dependenceAlpha largest difference of levels that counts as dependent
   * @param pairs order of pairs in co-occurrence
   * @param plane directions looked in
   */
  public record Texture(
      List<Integer> distances,
      @Nullable WeightingNorm weighting,
      int dependenceAlpha,
      Pairs pairs,
      TexturePlane plane)
      implements Serializable {
    /** Copies and checks the distances. */
    public Texture {
      distances = List.copyOf(distances);
      if (distances.isEmpty() || distances.stream().anyMatch(d -> d < 1)) {
        throw new IllegalArgumentException("distances must be at least 1, got " + distances);
      }
    }

    int longestDistance() {
      return distances.stream().mapToInt(Integer::intValue).max().orElse(1);
    }
  }

  /**
   * Sizes of regions that are computed.
   *
   * @param minimumDimensions axes along which the region must be longer than one voxel, 1 to 3
   * @param minimumVoxels regions of no more voxels are left out; null for no bound
   * @param maximumVoxels regions of more voxels are left out; null for no bound
   */
  public record Limits(
      int minimumDimensions, @Nullable Integer minimumVoxels, @Nullable Integer maximumVoxels)
      implements Serializable {}

  /** Copies the collections. */
  public RadiomicsOptions {
    images = List.copyOf(images);
    EnumMap<FeatureClass, Set<String>> copy = new EnumMap<>(FeatureClass.class);
    features.forEach((family, names) -> copy.put(family, new TreeSet<>(names)));
    features = java.util.Collections.unmodifiableMap(copy);
  }

  @Override
  public <T> T fold(Function<RadiomicsOptions, T> ofPyRadiomics, Function<IbsiOptions, T> ofIbsi) {
    return ofPyRadiomics.apply(this);
  }

  /** All families, all features of each. */
  static Map<FeatureClass, Set<String>> everyFamily() {
    EnumMap<FeatureClass, Set<String>> families = new EnumMap<>(FeatureClass.class);
    for (FeatureClass family : FeatureClass.values()) {
      families.put(family, Set.of());
    }
    return families;
  }

  /** The defaults of PyRadiomics: the original image, bins of 25, all families but 2D shape. */
  public static RadiomicsOptions pyradiomics() {
    Map<FeatureClass, Set<String>> families = everyFamily();
    families.remove(FeatureClass.SHAPE2D);
    return new RadiomicsOptions(
        List.of(new Image(new ImageFilter.Original(), null)),
        families,
        new Discretisation.FixedWidth(25),
        null,
        null,
        null,
        null,
        new Texture(List.of(1), null, 0, Pairs.BOTH_ORDERS, TexturePlane.VOLUME),
        0,
        new Limits(2, null, null));
  }

  /** The same with other images, all with the bins of the options. */
  public RadiomicsOptions withFilters(List<ImageFilter> filters) {
    List<Image> changed = filters.stream().map(filter -> new Image(filter, null)).toList();
    return with(parts -> parts.images = changed);
  }

  /** The same with other families. */
  public RadiomicsOptions withFeatures(Map<FeatureClass, Set<String>> changed) {
    return with(parts -> parts.features = changed);
  }

  /** The same with other bins. */
  public RadiomicsOptions withDiscretisation(Discretisation changed) {
    return with(parts -> parts.discretisation = changed);
  }

  /** The same with the image normalised. */
  public RadiomicsOptions withNormalisation(Normalisation changed) {
    return with(parts -> parts.normalisation = changed);
  }

  /** The same with the image resampled. */
  public RadiomicsOptions withResampling(Resampling changed) {
    return with(parts -> parts.resampling = changed);
  }

  /** The same with the image cropped before filters. */
  public RadiomicsOptions withCropMarginVoxels(int changed) {
    return with(parts -> parts.cropMarginVoxels = changed);
  }

  /** The same with the region narrowed by intensity. */
  public RadiomicsOptions withResegmentation(Resegmentation changed) {
    return with(parts -> parts.resegmentation = changed);
  }

  /** The same with other neighbours. */
  public RadiomicsOptions withTexture(Texture changed) {
    return with(parts -> parts.texture = changed);
  }

  /** The same with other limits. */
  public RadiomicsOptions withLimits(Limits changed) {
    return with(parts -> parts.limits = changed);
  }

  private RadiomicsOptions with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.options();
  }

  /** The components of options while one of them is changed. */
  private static final class Parts {
    private List<Image> images;
    private Map<FeatureClass, Set<String>> features;
    private Discretisation discretisation;
    private @Nullable Normalisation normalisation;
    private @Nullable Resampling resampling;
    private @Nullable Integer cropMarginVoxels;
    private @Nullable Resegmentation resegmentation;
    private Texture texture;
    private final double energyShift;
    private Limits limits;

    Parts(RadiomicsOptions from) {
      images = from.images;
      features = from.features;
      discretisation = from.discretisation;
      normalisation = from.normalisation;
      resampling = from.resampling;
      cropMarginVoxels = from.cropMarginVoxels;
      resegmentation = from.resegmentation;
      texture = from.texture;
      energyShift = from.energyShift;
      limits = from.limits;
    }

    RadiomicsOptions options() {
      return new RadiomicsOptions(
          images,
          features,
          discretisation,
          normalisation,
          resampling,
          cropMarginVoxels,
          resegmentation,
          texture,
          energyShift,
          limits);
    }
  }
}
