package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * <p>Keys that this engine does not know, or knows but does not do, are all named in one error with
 * their lines. The keys label_channel, geometryTolerance, correctMask and additionalInfo say how
 * files are matched and reported; regions here already lie on the grid of their image, so they are
 * read over. The key label is for callers that have a file of labels.
 */
public final class PyRadiomicsParameters {

  private static final Set<String> OF_FILES =
      Set.of("label", "label_channel", "geometryTolerance", "correctMask", "additionalInfo");

  private final List<String> problems = new ArrayList<>();
  private final Set<Node> used = Collections.newSetFromMap(new IdentityHashMap<>());
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
   * The label of the mask that a file asks for; 1 when it names none.
   *
   * @param yaml content of the file
   * @throws IllegalArgumentException when the label is no number
   */
  public static int label(String yaml) {
    PyRadiomicsParameters reader = new PyRadiomicsParameters();
    reader.settings = reader.child(YamlText.read(yaml), "setting");
    int label = reader.whole(reader.settings, "label", 1);
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", reader.problems));
    }
    return label;
  }

  private RadiomicsOptions options(Mapping root) {
    root.entries()
        .forEach(
            (key, node) -> {
              if (!Set.of("setting", "imageType", "featureClass").contains(key)) {
                problem(node, key + " is not supported");
              }
            });
    settings = child(root, "setting");
    Texture texture = texture();
    RadiomicsOptions options =
        new RadiomicsOptions(
            images(child(root, "imageType")),
            features(root.entries().get("featureClass")),
            bins(settings).orElse(new Discretisation.FixedWidth(25)),
            flag(settings, "normalize", false) ? normalisation() : null,
            resampling(),
            flag(settings, "preCrop", false) ? whole(settings, "padDistance", 5) : null,
            resegmentation(),
            texture,
            number(settings, "voxelArrayShift").orElse(0.0),
            limits());
    for (String ignoredWithoutUse :
        List.of(
            "padDistance",
            "interpolator",
            "normalizeScale",
            "removeOutliers",
            "resegmentMode",
            "resegmentShape",
            "force2Ddimension",
            "sigma",
            "wavelet",
            "level",
            "start_level",
            "gradientUseSpacing",
            "lbp2DRadius",
            "lbp2DSamples",
            "lbp2DMethod")) {
      use(settings, ignoredWithoutUse);
    }
    unused(settings, OF_FILES);
    return options;
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
    List<Integer> distances =
        numbers(settings, "distances")
            .map(d -> d.stream().map(Double::intValue).toList())
            .orElse(List.of(1));
    TexturePlane plane = flag(settings, "force2D", false) ? slices() : TexturePlane.VOLUME;
    if (distances.isEmpty() || distances.stream().anyMatch(d -> d < 1)) {
      problems.add("distances must be at least 1, got " + distances);
      distances = List.of(1);
    }
    return new Texture(
        distances,
        weighting(),
        whole(settings, "gldm_a", 0),
        flag(settings, "symmetricalGLCM", true) ? Pairs.BOTH_ORDERS : Pairs.ONE_ORDER,
        plane);
  }

  private @Nullable WeightingNorm weighting() {
    Optional<Scalar> text = scalar(settings, "weightingNorm");
    return text.map(
            t ->
                switch (t.text()) {
                  case "infinity" -> WeightingNorm.INFINITY;
                  case "euclidean" -> WeightingNorm.EUCLIDEAN;
                  case "manhattan" -> WeightingNorm.MANHATTAN;
                  default -> WeightingNorm.NO_WEIGHTING;
                })
        .orElse(null);
  }

  private @Nullable Resampling resampling() {
    Optional<List<Double>> spacing = numbers(settings, "resampledPixelSpacing");
    if (spacing.isEmpty()) {
      return null;
    }
    Node node = settings.entries().get("resampledPixelSpacing");
    if (spacing.get().size() != 3 || spacing.get().stream().anyMatch(mm -> mm < 0)) {
      problem(node, "resampledPixelSpacing needs three spacings of at least 0 mm");
      return null;
    }
    String name = scalar(settings, "interpolator").map(Scalar::text).orElse("sitkBSpline");
    Interpolation kind =
        switch (name) {
          case "sitkBSpline", "3" -> Interpolation.BSPLINE;
          case "sitkLinear", "2" -> Interpolation.LINEAR;
          case "sitkNearestNeighbor", "1" -> Interpolation.NEAREST;
          default -> {
            problem(settings.entries().get("interpolator"), name + " is not supported");
            yield Interpolation.BSPLINE;
          }
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
    if (range.get().isEmpty() || range.get().size() > 2) {
      problem(settings.entries().get("resegmentRange"), "resegmentRange needs one or two bounds");
      return null;
    }
    String mode = scalar(settings, "resegmentMode").map(Scalar::text).orElse("absolute");
    RangeUnit unit =
        switch (mode) {
          case "relative" -> RangeUnit.RELATIVE;
          case "sigma" -> RangeUnit.SIGMA;
          case "absolute" -> RangeUnit.ABSOLUTE;
          default -> {
            problem(settings.entries().get("resegmentMode"), mode + " is not a resegmentMode");
            yield RangeUnit.ABSOLUTE;
          }
        };
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
    Mapping own = node instanceof Mapping m ? m : new Mapping(Map.of(), node.line());
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
    Discretisation bins = bins(own).orElse(null);
    unused(own, Set.of());
    return filters.stream().map(filter -> new RadiomicsOptions.Image(filter, bins)).toList();
  }

  /** The mapping that holds a key: that of the image, else the settings. */
  private Mapping inOf(Mapping own, String key) {
    return own.entries().containsKey(key) ? own : settings;
  }

  private List<ImageFilter> laplacians(Mapping own) {
    Mapping from = inOf(own, "sigma");
    use(from, "sigma");
    List<ImageFilter> out = new ArrayList<>();
    Node given = from.entries().get("sigma");
    if (given == null) {
      problem(own, "LoG needs sigma, a list of widths in mm");
    }
    if (given instanceof Sequence sigmas) {
      for (Scalar sigma : scalars(sigmas)) {
        double sigmaMm = parse(sigma, "sigma");
        if (sigmaMm > 0) {
          out.add(new ImageFilter.LaplacianOfGaussian(sigmaMm, sigma.text()));
        } else {
          problem(sigma, "sigma must be over 0 mm, got " + sigma.text());
        }
      }
    }
    return out;
  }

  private List<ImageFilter> wavelet(Mapping own) {
    String family = scalar(inOf(own, "wavelet"), "wavelet").map(Scalar::text).orElse("coif1");
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
    String name =
        scalar(inOf(own, "lbp2DMethod"), "lbp2DMethod").map(Scalar::text).orElse("uniform");
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
        .get(Math.floorMod(whole(settings, "force2Ddimension", 0), 3));
  }

  private Map<FeatureClass, Set<String>> features(@Nullable Node node) {
    if (!(node instanceof Mapping families) || families.entries().isEmpty()) {
      return RadiomicsOptions.pyradiomics().features();
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
    if (list instanceof Sequence sequence) {
      for (Scalar item : scalars(sequence)) {
        if (FeatureNames.of(family).contains(item.text())
            || DeprecatedFeatures.of(family).contains(item.text())) {
          out.add(item.text());
        } else {
          problem(item, family.label() + " has no feature " + item.text());
        }
      }
    }
    return out;
  }

  private Optional<Discretisation> bins(Mapping from) {
    Optional<Double> width = number(from, "binWidth");
    Optional<Double> count = number(from, "binCount");
    if (count.isPresent() && count.get() >= 1) {
      return Optional.of(new Discretisation.FixedCount(count.get().intValue()));
    }
    if (count.isPresent() || (width.isPresent() && !(width.get() > 0))) {
      problem(from, "binWidth must be over 0 and binCount at least 1");
      return Optional.empty();
    }
    return width.map(Discretisation.FixedWidth::new);
  }

  private Mapping child(Mapping from, String key) {
    Node node = from.entries().get(key);
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    if (node != null && !(node instanceof Scalar scalar && scalar.text().isEmpty())) {
      problem(node, key + " needs keys with values");
    }
    return new Mapping(Map.of(), 0);
  }

  private List<Scalar> scalars(Sequence list) {
    for (Node item : list.items()) {
      if (!(item instanceof Scalar)) {
        problem(item, "a list holds words and numbers, not lists and mappings");
      }
    }
    return list.scalars();
  }

  private void use(Mapping from, String key) {
    Node node = from.entries().get(key);
    if (node != null) {
      used.add(node);
    }
  }

  private void unused(Mapping from, Set<String> except) {
    from.entries()
        .forEach(
            (key, node) -> {
              if (!used.contains(node) && !except.contains(key)) {
                problem(node, key + " is not supported");
              }
            });
  }

  private void problem(@Nullable Node node, String what) {
    problems.add(node == null ? what : "line " + node.line() + ": " + what);
  }

  /** A value that is there and not null. */
  private Optional<Scalar> scalar(Mapping from, String key) {
    use(from, key);
    return from.entries().get(key) instanceof Scalar s
            && !s.text().isEmpty()
            && !Set.of("null", "~", "None").contains(s.text())
        ? Optional.of(s)
        : Optional.empty();
  }

  private Optional<Double> number(Mapping from, String key) {
    return scalar(from, key).map(s -> parse(s, key));
  }

  private int whole(Mapping from, String key, int otherwise) {
    return number(from, key).map(Double::intValue).orElse(otherwise);
  }

  private boolean flag(Mapping from, String key, boolean otherwise) {
    return scalar(from, key)
        .map(s -> s.text().equalsIgnoreCase("true") || s.text().equals("1"))
        .orElse(otherwise);
  }

  private Optional<List<Double>> numbers(Mapping from, String key) {
    use(from, key);
    return from.entries().get(key) instanceof Sequence list
        ? Optional.of(scalars(list).stream().map(item -> parse(item, key)).toList())
        : Optional.empty();
  }

  private double parse(Scalar scalar, String key) {
    try {
      return Double.parseDouble(scalar.text());
    } catch (NumberFormatException expected) {
      problem(scalar, key + " must be a number, got " + scalar.text());
      return 1;
    }
  }
}
