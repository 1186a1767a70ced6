package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.radiomics.IbsiOptions.Bins;
import org.rtpipeline.radiomics.IbsiOptions.FixedNumber;
import org.rtpipeline.radiomics.IbsiOptions.FixedSize;
import org.rtpipeline.radiomics.IbsiOptions.Interpolation;
import org.rtpipeline.radiomics.IbsiOptions.Limits;
import org.rtpipeline.radiomics.IbsiOptions.Narrowing;
import org.rtpipeline.radiomics.IbsiOptions.Response;
import org.rtpipeline.radiomics.IbsiOptions.Rounding;
import org.rtpipeline.radiomics.IbsiOptions.Space;
import org.rtpipeline.yaml.YamlText;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Node;
import org.rtpipeline.yaml.YamlText.Scalar;

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

  private final ParameterReading reading = new ParameterReading();

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
    reader.reading.finish();
    return options;
  }

  private IbsiOptions options(Mapping root) {
    reading.allow(
        root,
        "mode",
        "interpolation",
        "range",
        "outliers-sd",
        "levels",
        "volume-histogram",
        "textures",
        "maximum-voxels",
        "autocorrelation-voxels",
        "response-voxels",
        "responses");
    if (root.text("mode").filter(MODE::equals).isEmpty()) {
      reading.problem(root, "mode must be " + MODE);
    }
    for (String key : List.of("levels", "textures", "volume-histogram")) {
      if (root.get(key).isEmpty()) {
        reading.problem(root, key + " is missing");
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
            reading.whole(root, "maximum-voxels").orElse(null),
            reading.whole(root, "autocorrelation-voxels").orElse(AUTOCORRELATION_VOXELS),
            reading.whole(root, "response-voxels").orElse(Limits.RESPONSE_VOXELS)),
        responses(root));
  }

  private @Nullable Interpolation interpolation(Mapping root) {
    if (root.get("interpolation").isEmpty()) {
      return null;
    }
    Mapping how =
        reading.child(root, "interpolation", "spacing-mm", "image", "rounding", "mask-share");
    List<Double> spacing = reading.numbers(how, "spacing-mm");
    if (spacing.size() != 3) {
      reading.problem(how, "spacing-mm must be three numbers");
      return null;
    }
    return reading
        .checked(
            how,
            () ->
                new Interpolation(
                    spacing.get(0),
                    spacing.get(1),
                    spacing.get(2),
                    reading
                        .word(how, "image", IMAGES)
                        .orElse(RadiomicsOptions.Interpolation.LINEAR),
                    reading.word(how, "rounding", ROUNDINGS).orElse(Rounding.NONE),
                    reading.number(how, "mask-share").orElse(HALF)))
        .orElse(null);
  }

  private Narrowing narrowing(Mapping root) {
    Mapping range = reading.child(root, "range", "lower", "upper");
    Double lower = reading.number(range, "lower").orElse(null);
    Double upper = reading.number(range, "upper").orElse(null);
    Double outlierSd = reading.number(root, "outliers-sd").orElse(null);
    return reading
        .checked(root, () -> new Narrowing(lower, upper, outlierSd))
        .orElse(new Narrowing(null, null, null));
  }

  private List<Response> responses(Mapping root) {
    Optional<Node> node = root.get("responses");
    if (node.isPresent() && !(node.get() instanceof Mapping)) {
      reading.problem(node.get(), "responses must have names of images below it");
    }
    List<Response> all = new ArrayList<>();
    node.filter(Mapping.class::isInstance)
        .map(Mapping.class::cast)
        .orElse(ParameterReading.NOTHING)
        .entries()
        .forEach((name, own) -> response(name, own).ifPresent(all::add));
    return all;
  }

  private Optional<Response> response(String name, Node node) {
    if (!(node instanceof Mapping own)) {
      reading.problem(node, name + " must have filter below it");
      return Optional.empty();
    }
    Bins bins = bins(own, "levels").orElse(null);
    return new ResponseParameters(reading)
        .filter(own, "levels")
        .flatMap(filter -> reading.checked(own, () -> new Response(name, filter, bins)));
  }

  private Optional<Bins> bins(Mapping root, String key) {
    if (root.get(key).isEmpty()) {
      return Optional.empty();
    }
    Mapping bins = reading.child(root, key, "size", "number");
    Optional<Double> size = reading.number(bins, "size");
    Optional<Integer> number = reading.whole(bins, "number");
    if (size.isPresent() == number.isPresent()) {
      reading.problem(bins, key + " must have either size or number");
      return Optional.empty();
    }
    return reading.checked(
        bins,
        () -> size.isPresent() ? new FixedSize(size.get()) : new FixedNumber(number.orElseThrow()));
  }

  private Set<Space> textures(Mapping root) {
    Set<Space> spaces = EnumSet.noneOf(Space.class);
    for (Scalar item : reading.items(root, "textures")) {
      Space space = SPACES.get(item.text());
      if (space == null) {
        reading.problem(item, "textures may be 2D, 2.5D and 3D, got " + item.text());
      } else {
        spaces.add(space);
      }
    }
    return spaces;
  }
}
