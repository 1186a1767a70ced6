package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Node;
import org.rtpipeline.yaml.YamlText.Scalar;
import org.rtpipeline.yaml.YamlText.Sequence;

/** The keys of a parameter file of PyRadiomics and what their values may be (its paramSchema). */
final class PyRadiomicsKeys {

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,9}");

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private static final Value FLAG =
      new Word(List.of("true", "True", "TRUE", "false", "False", "FALSE"));

  /** Whole numbers by which a file may name the interpolators, in their order, from 1. */
  static final List<String> INTERPOLATORS =
      List.of("sitkNearestNeighbor", "sitkLinear", "sitkBSpline");

  private static final List<String> WINDOWED =
      List.of(
          "sitkCosineWindowedSinc",
          "sitkHammingWindowedSinc",
          "sitkWelchWindowedSinc",
          "sitkLanczosWindowedSinc",
          "sitkBlackmanWindowedSinc");

  /** Those of setting and, where an image may have its own, of the images of imageType. */
  private static final Map<String, Value> SETTING = new TreeMap<>();

  private static final Map<String, Value> VOXEL_SETTING =
      Map.of(
          "kernelRadius",
          whole(1),
          "maskedKernel",
          FLAG,
          "initValue",
          number("a number", any -> true),
          "voxelBatch",
          whole(1));

  static {
    SETTING.put("minimumROIDimensions", whole(1, 3));
    SETTING.put("minimumROISize", new OrNothing(whole(1)));
    SETTING.put("geometryTolerance", new OrNothing(overZero()));
    SETTING.put("correctMask", FLAG);
    SETTING.put("additionalInfo", FLAG);
    SETTING.put("label", whole(1));
    SETTING.put("label_channel", whole(0));
    SETTING.put("binWidth", overZero());
    SETTING.put("binCount", new OrNothing(whole(1)));
    SETTING.put("normalize", FLAG);
    SETTING.put("normalizeScale", overZero());
    SETTING.put("removeOutliers", new OrNothing(overZero()));
    SETTING.put(
        "resampledPixelSpacing",
        new OrNothing(new Items(3, 3, number("a spacing of at least 0 mm", mm -> mm >= 0))));
    SETTING.put("interpolator", new OrNothing(interpolator()));
    SETTING.put("padDistance", whole(0));
    SETTING.put("distances", new Items(1, Integer.MAX_VALUE, whole(1)));
    SETTING.put("force2D", FLAG);
    SETTING.put("force2Ddimension", whole(0, 2));
    SETTING.put("resegmentRange", new OrNothing(new Items(1, 2, number("a number", any -> true))));
    SETTING.put("resegmentMode", new Word(List.of("absolute", "relative", "sigma")));
    SETTING.put("resegmentShape", FLAG);
    SETTING.put("preCrop", FLAG);
    SETTING.put("sigma", new Items(1, Integer.MAX_VALUE, overZero()));
    SETTING.put("start_level", whole(0));
    SETTING.put("level", whole(1));
    SETTING.put("wavelet", new Text());
    SETTING.put("gradientUseSpacing", FLAG);
    SETTING.put("lbp2DRadius", overZero());
    SETTING.put("lbp2DSamples", whole(1));
    SETTING.put("lbp2DMethod", new Text());
    SETTING.put("lbp3DLevels", whole(1));
    SETTING.put("lbp3DIcosphereRadius", overZero());
    SETTING.put("lbp3DIcosphereSubdivision", whole(0));
    SETTING.put("voxelArrayShift", new Figure("a whole number", WHOLE, any -> true));
    SETTING.put("symmetricalGLCM", FLAG);
    SETTING.put(
        "weightingNorm",
        new OrNothing(new Word(List.of("euclidean", "infinity", "manhattan", "no_weighting"))));
    SETTING.put("gldm_a", whole(0));
  }

  private PyRadiomicsKeys() {}

  /** What a value may be. */
  private sealed interface Value {
    /** Whether a value is one. */
    boolean takes(Node node);

    /** What is expected, as a part of a sentence. */
    String expected();
  }

  private record Figure(String expected, Pattern form, Predicate<Double> range) implements Value {
    @Override
    public boolean takes(Node node) {
      return node instanceof Scalar scalar
          && form.matcher(scalar.text()).matches()
          && range.test(Double.valueOf(scalar.text()));
    }
  }

  private record Word(List<String> words) implements Value {
    @Override
    public boolean takes(Node node) {
      return node instanceof Scalar scalar && words.contains(scalar.text());
    }

    @Override
    public String expected() {
      return words.contains("True") ? "true or false" : String.join(", ", words);
    }
  }

  /** Any word: what it names is checked where it is used. */
  private record Text() implements Value {
    @Override
    public boolean takes(Node node) {
      return node instanceof Scalar scalar && !scalar.text().isEmpty();
    }

    @Override
    public String expected() {
      return "a word";
    }
  }

  private record Items(int fewest, int most, Value each) implements Value {
    @Override
    public boolean takes(Node node) {
      return node instanceof Sequence list
          && list.items().size() >= fewest
          && list.items().size() <= most
          && list.items().stream().allMatch(each::takes);
    }

    @Override
    public String expected() {
      String how =
          fewest == most
              ? "of " + most + ", each"
              : most == Integer.MAX_VALUE ? "of" : "of one or two, each";
      return "a list " + how + " " + each.expected();
    }
  }

  /** A value that may be null. */
  private record OrNothing(Value value) implements Value {
    @Override
    public boolean takes(Node node) {
      return isNothing(node) || value.takes(node);
    }

    @Override
    public String expected() {
      return value.expected() + ", or null";
    }
  }

  private static Value whole(int least) {
    return new Figure("a whole number of at least " + least, WHOLE, n -> n >= least);
  }

  private static Value whole(int least, int most) {
    return new Figure(
        "a whole number from " + least + " to " + most, WHOLE, n -> n >= least && n <= most);
  }

  private static Value number(String expected, Predicate<Double> range) {
    return new Figure(expected, NUMBER, range);
  }

  private static Value overZero() {
    return number("a number over 0", n -> n > 0);
  }

  private static Value interpolator() {
    List<String> names = new ArrayList<>(INTERPOLATORS);
    for (int i = 1; i <= INTERPOLATORS.size(); i++) {
      names.add(Integer.toString(i));
    }
    names.addAll(WINDOWED);
    return new Word(names);
  }

  /** Whether a value is null. */
  static boolean isNothing(Node node) {
    return node instanceof Scalar scalar && scalar.text().isEmpty();
  }

  /** The names of setting. */
  static Set<String> settings() {
    return SETTING.keySet();
  }

  /** What is wrong with an entry of setting or of an image; empty when nothing is. */
  static Optional<String> wrongSetting(String key, Node node) {
    return wrong(SETTING, key, node);
  }

  /** What is wrong with an entry of voxelSetting; empty when nothing is. */
  static Optional<String> wrongVoxelSetting(String key, Node node) {
    return wrong(VOXEL_SETTING, key, node);
  }

  private static Optional<String> wrong(Map<String, Value> keys, String key, Node node) {
    Value value = keys.get(key);
    if (value == null) {
      return Optional.of(key + " is not supported");
    }
    return value.takes(node)
        ? Optional.empty()
        : Optional.of(key + " must be " + value.expected() + ", got " + text(node));
  }

  private static String text(Node node) {
    if (node instanceof Sequence list) {
      return list.items().stream().map(PyRadiomicsKeys::text).toList().toString();
    }
    return node instanceof Mapping || isNothing(node) ? "nothing" : ((Scalar) node).text();
  }
}
