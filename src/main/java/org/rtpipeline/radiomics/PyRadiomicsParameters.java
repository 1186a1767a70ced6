package org.rtpipeline.radiomics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.radiomics.RadiomicsOptions.Interpolation;
import org.rtpipeline.radiomics.RadiomicsOptions.Limits;
import org.rtpipeline.radiomics.RadiomicsOptions.Normalisation;
import org.rtpipeline.radiomics.RadiomicsOptions.Pairs;
import org.rtpipeline.radiomics.RadiomicsOptions.RangeUnit;
import org.rtpipeline.radiomics.RadiomicsOptions.Resampling;
import org.rtpipeline.radiomics.RadiomicsOptions.Resegmentation;
import org.rtpipeline.radiomics.RadiomicsOptions.ShapeMask;
import org.rtpipeline.radiomics.RadiomicsOptions.Texture;
import org.rtpipeline.yaml.YamlText;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Node;
import org.rtpipeline.yaml.YamlText.Scalar;
import org.rtpipeline.yaml.YamlText.Sequence;

/**
 * Reads a parameter file of PyRadiomics as it is.
 *
 * <p>Keys and values that PyRadiomics would refuse, and those that this engine does not do, are all
 * named in one error with their lines and with what is expected. The keys label, label_channel,
 * geometryTolerance and correctMask are for callers that have a file of labels ({@link #matching});
 * additionalInfo, voxelSetting and the keys of filters that are not asked for are checked and read
 * over.
 */
public final class PyRadiomicsParameters {

  /** What an image of imageType may have of its own. */
  private static final Map<String, Set<String>> OWN =
      Map.of(
          "LoG", Set.of("sigma"),
          "Wavelet", Set.of("wavelet", "level", "start_level"),
          "Gradient", Set.of("gradientUseSpacing"),
          "LBP2D", Set.of("lbp2DRadius", "lbp2DSamples", "lbp2DMethod"));

  /** Keys that say how a mask and its image belong together. */
  private static final Set<String> MATCHING =
      Set.of("label", "label_channel", "geometryTolerance", "correctMask");

  private static final Set<String> BINS = Set.of("binWidth", "binCount");

  private static final double DEFAULT_BIN_WIDTH = 25;

  private final List<String> problems = new ArrayList<>();
  private Mapping settings = new Mapping(Map.of(), 0);

  private PyRadiomicsParameters() {}

  /**
   * The options of a file.
   *
   * @param yaml content of the file
   * @throws IllegalArgumentException naming every key and value that cannot be used
   */
  public static RadiomicsOptions read(String yaml) {
    PyRadiomicsParameters reader = new PyRadiomicsParameters();
    RadiomicsOptions options = reader.options(YamlText.read(yaml));
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", reader.problems));
    }
    return options;
  }

  /**
   * How a file of labels and an image belong together.
   *
   * @param label value of the voxels of the region; 1 when none is named
   * @param channel which number of a voxel is the label, where it has several, from 0
   * @param tolerance by which grids may differ, a share of a voxel; null when none is named
   * @param offGrid what becomes of a mask on another grid
   */
  public record Matching(int label, int channel, @Nullable Double tolerance, OffGrid offGrid) {}

  /** What becomes of a mask that does not lie on the grid of its image. */
  public enum OffGrid {
    REFUSED,
    RESAMPLED
  }

  /**
   * How a file of labels and an image belong together, as a file asks for.
   *
   * @param yaml content of the file
   * @throws IllegalArgumentException when a value is not one of those that are expected
   */
  public static Matching matching(String yaml) {
    PyRadiomicsParameters reader = new PyRadiomicsParameters();
    Mapping given = reader.child(YamlText.read(yaml), "setting");
    Map<String, Node> known = new LinkedHashMap<>(given.entries());
    known.keySet().retainAll(MATCHING);
    Mapping own = reader.usable(new Mapping(known, given.line()), PyRadiomicsKeys::wrongSetting);
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", reader.problems));
    }
    return new Matching(
        whole(own, "label", 1),
        whole(own, "label_channel", 0),
        number(own, "geometryTolerance").orElse(null),
        flag(own, "correctMask", false) ? OffGrid.RESAMPLED : OffGrid.REFUSED);
  }

  private RadiomicsOptions options(Mapping root) {
    root.entries()
        .forEach(
            (key, node) -> {
              if (!Set.of("setting", "imageType", "featureClass", "voxelSetting").contains(key)) {
                problem(
                    node,
                    key
                        + " is not supported, expected setting, imageType, featureClass or"
                        + " voxelSetting");
              }
            });
    settings = usable(child(root, "setting"), PyRadiomicsKeys::wrongSetting);
    usable(child(root, "voxelSetting"), PyRadiomicsKeys::wrongVoxelSetting);
    return new RadiomicsOptions(
        images(child(root, "imageType")),
        features(root.entries().get("featureClass")),
        bins(settings),
        flag(settings, "normalize", false) ? normalisation() : null,
        resampling(),
        flag(settings, "preCrop", false) ? whole(settings, "padDistance", 5) : null,
        resegmentation(),
        texture(),
        number(settings, "voxelArrayShift").orElse(0.0),
        limits());
  }

  /** The entries that nothing is wrong with; what is wrong with the others becomes a problem. */
  private Mapping usable(Mapping given, BiFunction<String, Node, Optional<String>> wrong) {
    Map<String, Node> entries = new LinkedHashMap<>();
    given
        .entries()
        .forEach(
            (key, node) ->
                wrong
                    .apply(key, node)
                    .ifPresentOrElse(what -> problem(node, what), () -> entries.put(key, node)));
    return new Mapping(entries, given.line());
  }

  private Normalisation normalisation() {
    return new Normalisation(
        number(settings, "normalizeScale").orElse(1.0),
        number(settings, "removeOutliers").orElse(null));
  }

  private Limits limits() {
    return new Limits(
        whole(settings, "minimumROIDimensions", 2),
        number(settings, "minimumROISize").map(Double::intValue).orElse(null),
        null);
  }

  private Texture texture() {
    return new Texture(
        numbers(settings, "distances")
            .map(d -> d.stream().map(Double::intValue).toList())
            .orElse(List.of(1)),
        weighting(),
        whole(settings, "gldm_a", 0),
        flag(settings, "symmetricalGLCM", true) ? Pairs.BOTH_ORDERS : Pairs.ONE_ORDER,
        flag(settings, "force2D", false) ? slices() : TexturePlane.VOLUME);
  }

  private @Nullable WeightingNorm weighting() {
    return settings
        .text("weightingNorm")
        .map(name -> WeightingNorm.valueOf(name.toUpperCase(Locale.ROOT)))
        .orElse(null);
  }

  /** Null as well when the interpolator is null: PyRadiomics resamples only with one. */
  private @Nullable Resampling resampling() {
    Optional<List<Double>> spacing = numbers(settings, "resampledPixelSpacing");
    if (spacing.isEmpty() || isNothing(settings, "interpolator")) {
      return null;
    }
    String name = settings.text("interpolator").orElse("sitkBSpline");
    Interpolation kind =
        switch (name) {
          case "sitkLinear", "2" -> Interpolation.LINEAR;
          case "sitkNearestNeighbor", "1" -> Interpolation.NEAREST;
          case "sitkCosineWindowedSinc" -> Interpolation.COSINE_SINC;
          case "sitkHammingWindowedSinc" -> Interpolation.HAMMING_SINC;
          case "sitkWelchWindowedSinc" -> Interpolation.WELCH_SINC;
          case "sitkLanczosWindowedSinc" -> Interpolation.LANCZOS_SINC;
          case "sitkBlackmanWindowedSinc" -> Interpolation.BLACKMAN_SINC;
          default -> Interpolation.BSPLINE;
        };
    return new Resampling(
        spacing.get().get(0),
        spacing.get().get(1),
        spacing.get().get(2),
        kind,
        whole(settings, "padDistance", 5));
  }

  private @Nullable Resegmentation resegmentation() {
    Optional<List<Double>> range = numbers(settings, "resegmentRange");
    if (range.isEmpty()) {
      return null;
    }
    RangeUnit unit =
        RangeUnit.valueOf(
            settings.text("resegmentMode").orElse("absolute").toUpperCase(Locale.ROOT));
    return new Resegmentation(
        range.get().get(0),
        range.get().size() == 2 ? range.get().get(1) : null,
        unit,
        flag(settings, "resegmentShape", false) ? ShapeMask.RESEGMENTED : ShapeMask.AS_GIVEN);
  }

  private List<RadiomicsOptions.Image> images(Mapping types) {
    List<RadiomicsOptions.Image> images = new ArrayList<>();
    types.entries().forEach((name, node) -> images.addAll(image(name, node)));
    return types.entries().isEmpty()
        ? List.of(new RadiomicsOptions.Image(new ImageFilter.Original(), null))
        : images;
  }

  private List<RadiomicsOptions.Image> image(String name, Node node) {
    Mapping given = node instanceof Mapping m ? m : new Mapping(Map.of(), node.line());
    if (given != node && !PyRadiomicsKeys.isNothing(node)) {
      problem(node, name + " needs keys with values, or {}");
    }
    Mapping own = usable(given, (key, value) -> wrongOwn(name, key, value));
    List<ImageFilter> filters =
        switch (name) {
          case "Original" -> List.of(new ImageFilter.Original());
          case "LoG" -> laplacians(own);
          case "Wavelet" -> wavelet(own);
          case "Square" -> List.of(ImageFilter.PointWise.SQUARE);
          case "SquareRoot" -> List.of(ImageFilter.PointWise.SQUAREROOT);
          case "Logarithm" -> List.of(ImageFilter.PointWise.LOGARITHM);
          case "Exponential" -> List.of(ImageFilter.PointWise.EXPONENTIAL);
          case "Gradient" ->
              List.of(
                  flag(inOf(own, "gradientUseSpacing"), "gradientUseSpacing", true)
                      ? ImageFilter.Gradient.PER_MM
                      : ImageFilter.Gradient.PER_VOXEL);
          case "LBP2D" -> binaryPattern(own);
          default -> {
            problem(node, "image type " + name + " is not supported");
            yield List.of();
          }
        };
    Discretisation bins =
        own.entries().keySet().stream().anyMatch(BINS::contains) ? bins(own) : null;
    return filters.stream().map(filter -> new RadiomicsOptions.Image(filter, bins)).toList();
  }

  private static Optional<String> wrongOwn(String image, String key, Node value) {
    boolean isOwn = BINS.contains(key) || OWN.getOrDefault(image, Set.of()).contains(key);
    return !isOwn && PyRadiomicsKeys.settings().contains(key)
        ? Optional.of(key + " is not supported in " + image + ", expected in setting")
        : PyRadiomicsKeys.wrongSetting(key, value);
  }

  /** The mapping that holds a key: that of the image, else the settings. */
  private Mapping inOf(Mapping own, String key) {
    return own.entries().containsKey(key) ? own : settings;
  }

  private List<ImageFilter> laplacians(Mapping own) {
    Optional<List<Scalar>> sigmas = scalars(inOf(own, "sigma"), "sigma");
    if (sigmas.isEmpty()) {
      problem(own, "LoG needs sigma, a list of widths in mm");
    }
    return sigmas.orElse(List.of()).stream()
        .<ImageFilter>map(
            sigma ->
                new ImageFilter.LaplacianOfGaussian(
                    Double.parseDouble(sigma.text()), label(new BigDecimal(sigma.text()), sigma)))
        .toList();
  }

  /** A width as Python writes it: 2 stays 2, and 2.50 becomes 2.5. */
  private static String label(BigDecimal width, Scalar as) {
    boolean isWhole = as.text().chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
    String shortest = width.stripTrailingZeros().toPlainString();
    return isWhole || shortest.contains(".") ? shortest : shortest + ".0";
  }

  private List<ImageFilter> wavelet(Mapping own) {
    String family = inOf(own, "wavelet").text("wavelet").orElse("coif1");
    int levels = whole(inOf(own, "level"), "level", 1);
    int start = whole(inOf(own, "start_level"), "start_level", 0);
    try {
      return List.of(new ImageFilter.Wavelet(family, levels, start));
    } catch (IllegalArgumentException e) {
      problem(own, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private List<ImageFilter> binaryPattern(Mapping own) {
    double radiusVoxels = number(inOf(own, "lbp2DRadius"), "lbp2DRadius").orElse(1.0);
    int samples = whole(inOf(own, "lbp2DSamples"), "lbp2DSamples", 8);
    try {
      return List.of(
          new ImageFilter.LocalBinaryPattern(radiusVoxels, samples, patternMethod(own), slices()));
    } catch (IllegalArgumentException e) {
      problem(own, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private ImageFilter.PatternMethod patternMethod(Mapping own) {
    String name = inOf(own, "lbp2DMethod").text("lbp2DMethod").orElse("uniform");
    List<String> known = new ArrayList<>();
    for (ImageFilter.PatternMethod method : ImageFilter.PatternMethod.values()) {
      if (method.name().equalsIgnoreCase(name)) {
        return method;
      }
      known.add(method.name().toLowerCase(Locale.ROOT));
    }
    throw new IllegalArgumentException(
        "lbp2DMethod " + name + " is not known; known are " + String.join(", ", known));
  }

  /** The plane of force2Ddimension, whether or not textures keep to it. */
  private TexturePlane slices() {
    return List.of(TexturePlane.AXIAL, TexturePlane.CORONAL, TexturePlane.SAGITTAL)
        .get(whole(settings, "force2Ddimension", 0));
  }

  private Map<FeatureClass, Set<String>> features(@Nullable Node node) {
    if (node != null && !(node instanceof Mapping) && !PyRadiomicsKeys.isNothing(node)) {
      problem(node, "featureClass needs keys with values");
    }
    if (!(node instanceof Mapping families) || families.entries().isEmpty()) {
      return flag(settings, "force2D", false)
          ? RadiomicsOptions.everyFamily()
          : RadiomicsOptions.pyradiomics().features();
    }
    Map<FeatureClass, Set<String>> out = new EnumMap<>(FeatureClass.class);
    families
        .entries()
        .forEach(
            (name, list) -> {
              Optional<FeatureClass> family = FeatureNames.family(name);
              if (family.isEmpty()) {
                problem(list, "feature class " + name + " is not known");
              } else {
                out.put(family.get(), names(family.get(), list));
              }
            });
    return out;
  }

  private Set<String> names(FeatureClass family, Node list) {
    Set<String> out = new LinkedHashSet<>();
    if (!(list instanceof Sequence) && !PyRadiomicsKeys.isNothing(list)) {
      problem(list, family.label() + " must be a list of features, or nothing for all of them");
    }
    if (list instanceof Sequence sequence) {
      for (Node item : sequence.items()) {
        if (item instanceof Scalar scalar && isFeature(family, scalar.text())) {
          out.add(scalar.text());
        } else {
          String name = item instanceof Scalar scalar ? scalar.text() : "that is a list";
          problem(item, family.label() + " has no feature " + name);
        }
      }
    }
    return out;
  }

  private static boolean isFeature(FeatureClass family, String name) {
    return FeatureNames.of(family).contains(name)
        || DeprecatedFeatures.of(family).contains(name)
        || DeprecatedFeatures.withoutNumber(family).contains(name);
  }

  /** A count of bins wins over a width, wherever they stand. */
  private Discretisation bins(Mapping own) {
    Optional<Double> count = number(inOf(own, "binCount"), "binCount");
    if (count.isPresent()) {
      return new Discretisation.FixedCount(count.get().intValue());
    }
    return new Discretisation.FixedWidth(
        number(inOf(own, "binWidth"), "binWidth").orElse(DEFAULT_BIN_WIDTH));
  }

  private Mapping child(Mapping from, String key) {
    Node node = from.entries().get(key);
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    if (node != null && !PyRadiomicsKeys.isNothing(node)) {
      problem(node, key + " needs keys with values");
    }
    return new Mapping(Map.of(), 0);
  }

  private void problem(@Nullable Node node, String what) {
    problems.add(node == null ? what : "line " + node.line() + ": " + what);
  }

  private static boolean isNothing(Mapping from, String key) {
    return from.get(key).filter(PyRadiomicsKeys::isNothing).isPresent();
  }

  private static Optional<Double> number(Mapping from, String key) {
    return from.text(key).map(Double::valueOf);
  }

  private static int whole(Mapping from, String key, int otherwise) {
    return from.text(key).map(Integer::valueOf).orElse(otherwise);
  }

  private static boolean flag(Mapping from, String key, boolean otherwise) {
    return from.text(key).map(Boolean::parseBoolean).orElse(otherwise);
  }

  private static Optional<List<Scalar>> scalars(Mapping from, String key) {
    return from.get(key).filter(Sequence.class::isInstance).map(l -> ((Sequence) l).scalars());
  }

  private static Optional<List<Double>> numbers(Mapping from, String key) {
    return scalars(from, key)
        .map(list -> list.stream().map(item -> Double.valueOf(item.text())).toList());
  }
}
