package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.radiomics.IbsiOptions.Bins;
import org.rtpipeline.radiomics.IbsiOptions.FixedNumber;
import org.rtpipeline.radiomics.IbsiOptions.FixedSize;
import org.rtpipeline.radiomics.IbsiOptions.Interpolation;
import org.rtpipeline.radiomics.IbsiOptions.Limits;
import org.rtpipeline.radiomics.IbsiOptions.Narrowing;
import org.rtpipeline.radiomics.IbsiOptions.Rounding;
import org.rtpipeline.radiomics.IbsiOptions.Space;
import org.rtpipeline.yaml.YamlText;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Node;
import org.rtpipeline.yaml.YamlText.Scalar;
import org.rtpipeline.yaml.YamlText.Sequence;

/**
 * Reads a parameter file of the IBSI mode, as conf/radiomics/ibsi/configuration-c.yaml.
 *
 * <p>Its first key is {@code mode: ibsi}: no file says anything for both modes. Keys and values
 * that cannot be used are all named in one error with their lines.
 */
public final class IbsiParameters {

  /** Voxels of the box of a region whose autocorrelation fits beside other work, about 140 MB. */
  private static final int AUTOCORRELATION_VOXELS = 2_000_000;

  private static final String MODE = "ibsi";
  private static final double HALF = 0.5;

  private static final Map<String, RadiomicsOptions.Interpolation> IMAGES =
      Map.of(
          "linear", RadiomicsOptions.Interpolation.LINEAR,
          "cubic", RadiomicsOptions.Interpolation.BSPLINE,
          "nearest", RadiomicsOptions.Interpolation.NEAREST);

  private static final Map<String, Rounding> ROUNDINGS =
      Map.of("none", Rounding.NONE, "whole", Rounding.NEAREST_WHOLE);

  private static final Map<String, Space> SPACES =
      Map.of("2D", Space.SLICES, "2.5D", Space.PLANES, "3D", Space.VOLUME);

  private static final Mapping NOTHING = new Mapping(Map.of(), 0);

  private final List<String> problems = new ArrayList<>();

  private IbsiParameters() {}

  /** Whether a file is one of the IBSI mode. */
  public static boolean isIbsi(String yaml) {
    return YamlText.read(yaml).text("mode").filter(MODE::equals).isPresent();
  }

  /**
   * The options of a file.
   *
   * @param yaml content of the file
   * @throws IllegalArgumentException naming every key and value that cannot be used
   */
  public static IbsiOptions read(String yaml) {
    IbsiParameters reader = new IbsiParameters();
    IbsiOptions options = reader.options(YamlText.read(yaml));
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", reader.problems));
    }
    return options;
  }

  private IbsiOptions options(Mapping root) {
    allow(
        root,
        "mode",
        "interpolation",
        "range",
        "outliers-sd",
        "levels",
        "volume-histogram",
        "textures",
        "maximum-voxels",
        "autocorrelation-voxels");
    if (root.text("mode").filter(MODE::equals).isEmpty()) {
      problem(root, "mode must be " + MODE);
    }
    for (String key : List.of("levels", "textures", "volume-histogram")) {
      if (root.get(key).isEmpty()) {
        problem(root, key + " is missing");
      }
    }
    return new IbsiOptions(
        interpolation(root),
        narrowing(root),
        bins(root, "levels").orElse(new FixedSize(1)),
        root.text("volume-histogram").filter("definite"::equals).isPresent()
            ? null
            : bins(root, "volume-histogram").orElse(null),
        textures(root),
        new Limits(
            whole(root, "maximum-voxels").orElse(null),
            whole(root, "autocorrelation-voxels").orElse(AUTOCORRELATION_VOXELS)));
  }

  private @Nullable Interpolation interpolation(Mapping root) {
    if (root.get("interpolation").isEmpty()) {
      return null;
    }
    Mapping how = child(root, "interpolation", "spacing-mm", "image", "rounding", "mask-share");
    List<Double> spacing = numbers(how, "spacing-mm");
    if (spacing.size() != 3) {
      problem(how, "spacing-mm must be three numbers");
      return null;
    }
    return checked(
            how,
            () ->
                new Interpolation(
                    spacing.get(0),
                    spacing.get(1),
                    spacing.get(2),
                    word(how, "image", IMAGES).orElse(RadiomicsOptions.Interpolation.LINEAR),
                    word(how, "rounding", ROUNDINGS).orElse(Rounding.NONE),
                    number(how, "mask-share").orElse(HALF)))
        .orElse(null);
  }

  private Narrowing narrowing(Mapping root) {
    Mapping range = child(root, "range", "lower", "upper");
    Double lower = number(range, "lower").orElse(null);
    Double upper = number(range, "upper").orElse(null);
    Double outlierSd = number(root, "outliers-sd").orElse(null);
    return checked(root, () -> new Narrowing(lower, upper, outlierSd))
        .orElse(new Narrowing(null, null, null));
  }

  private Optional<Bins> bins(Mapping root, String key) {
    if (root.get(key).isEmpty()) {
      return Optional.empty();
    }
    Mapping bins = child(root, key, "size", "number");
    Optional<Double> size = number(bins, "size");
    Optional<Integer> number = whole(bins, "number");
    if (size.isPresent() == number.isPresent()) {
      problem(bins, key + " must have either size or number");
      return Optional.empty();
    }
    return checked(
        bins,
        () -> size.isPresent() ? new FixedSize(size.get()) : new FixedNumber(number.orElseThrow()));
  }

  private Set<Space> textures(Mapping root) {
    Set<Space> spaces = EnumSet.noneOf(Space.class);
    for (Scalar item : items(root, "textures")) {
      Space space = SPACES.get(item.text());
      if (space == null) {
        problem(item, "textures may be 2D, 2.5D and 3D, got " + item.text());
      } else {
        spaces.add(space);
      }
    }
    return spaces;
  }

  /** A value whose maker may refuse what it is made of. */
  private <T> Optional<T> checked(Node node, Supplier<? extends T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException refused) {
      problem(node, String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  private Mapping child(Mapping parent, String key, String... allowed) {
    Optional<Node> node = parent.get(key);
    if (node.isEmpty()) {
      return NOTHING;
    }
    if (node.get() instanceof Mapping mapping) {
      allow(mapping, allowed);
      return mapping;
    }
    problem(node.get(), key + " must have " + String.join(" or ", allowed) + " below it");
    return NOTHING;
  }

  private void allow(Mapping mapping, String... keys) {
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!List.of(keys).contains(key)) {
                problem(node, key + " is not known, expected " + String.join(", ", keys));
              }
            });
  }

  private <T> Optional<T> word(Mapping parent, String key, Map<String, T> words) {
    Optional<String> text = parent.text(key);
    if (text.isPresent() && !words.containsKey(text.get())) {
      problem(
          parent.get(key).orElseThrow(),
          key + " may be " + String.join(", ", words.keySet().stream().sorted().toList()));
    }
    return text.map(words::get);
  }

  private Optional<Double> number(Mapping parent, String key) {
    return parent.get(key).flatMap(node -> number(node, key));
  }

  private Optional<Double> number(Node node, String key) {
    if (node instanceof Scalar scalar) {
      try {
        return Optional.of(Double.valueOf(scalar.text()));
      } catch (NumberFormatException notOne) {
        problem(node, key + " must be a number, got '" + scalar.text() + "'");
        return Optional.empty();
      }
    }
    problem(node, key + " must be a number");
    return Optional.empty();
  }

  private Optional<Integer> whole(Mapping parent, String key) {
    Optional<Double> number = number(parent, key);
    if (number.isPresent() && (number.get() < 1 || number.get() != Math.rint(number.get()))) {
      problem(parent.get(key).orElseThrow(), key + " must be a whole number of at least 1");
      return Optional.empty();
    }
    return number.map(Double::intValue);
  }

  private List<Double> numbers(Mapping parent, String key) {
    return items(parent, key).stream().flatMap(item -> number(item, key).stream()).toList();
  }

  private List<Scalar> items(Mapping parent, String key) {
    Optional<Node> node = parent.get(key);
    if (node.isPresent() && !(node.get() instanceof Sequence)) {
      problem(node.get(), key + " must be a list");
    }
    return node.filter(Sequence.class::isInstance)
        .map(list -> ((Sequence) list).scalars())
        .orElse(List.of());
  }

  private void problem(Node node, String text) {
    problems.add("line " + node.line() + ": " + text);
  }
}
