package org.rtpipeline.segmentation.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rtpipeline.model.BodyRegion;
import org.rtpipeline.yaml.YamlText;

/**
 * What a {@code custom_model.yaml} of the Python rtpipeline asks of this machine and of the image;
 * the worker reads the rest.
 */
final class CustomModelFile {

  private static final Set<String> INTERFACES = Set.of("nnunetv2", "nnunetv2_modelfolder");
  private static final String TASKS = "totalsegmentator";
  private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
  private static final Set<String> ANCHORS = Set.of("specialist_reference", "rider_clinician_bbox");

  /** How sure an image must be of a region where the file does not say. */
  private static final double DEFAULT_CONFIDENCE = 0.5;

  private final Path file;
  private final YamlText.Mapping root;
  private final String unreadable;

  private CustomModelFile(Path file, YamlText.Mapping root, String unreadable) {
    this.file = file;
    this.root = root;
    this.unreadable = unreadable;
  }

  /** The file of a path; one that cannot be read has a problem that says so. */
  static CustomModelFile at(Path file) {
    YamlText.Mapping nothing = YamlText.read("");
    try {
      return new CustomModelFile(
          file, YamlText.read(Files.readString(file, StandardCharsets.UTF_8)), "");
    } catch (IOException e) {
      return new CustomModelFile(
          file, nothing, "the file " + file + " of the model is not there or no text");
    } catch (IllegalArgumentException e) {
      return new CustomModelFile(file, nothing, file + ", " + e.getMessage());
    }
  }

  /** What keeps the model from running on any image, one sentence each. */
  List<String> problems() {
    if (!unreadable.isEmpty()) {
      return List.of(unreadable);
    }
    List<String> problems = new ArrayList<>();
    if (root.text("enabled").filter(text -> text.equalsIgnoreCase("false")).isPresent()) {
      problems.add(file + ": the model is switched off (enabled: false)");
    }
    String interfaceName =
        nnunet().text("interface").orElse("nnunetv2").strip().toLowerCase(Locale.ROOT);
    if (!INTERFACES.contains(interfaceName)) {
      problems.add(
          file
              + ": interface "
              + interfaceName
              + " is not run by the worker, only nnunetv2 and nnunetv2_modelfolder; "
              + (interfaceName.equals(TASKS)
                  ? "name its task in segmentation.worker.task or .extra-models"
                  : "use the back end command"));
      return problems;
    }
    problems.addAll(CustomModelKeys.problems(file, root));
    if (networks().isEmpty()) {
      problems.add(file + ": no networks");
    }
    networks().forEach(network -> network(network, problems));
    postprocessing()
        .filter(path -> !Files.isRegularFile(path))
        .ifPresent(path -> problems.add(file + ": the ensemble has no file " + path));
    try {
      gate();
    } catch (IllegalArgumentException e) {
      problems.add(file + ": " + e.getMessage());
    }
    return problems;
  }

  /**
   * The regions that an image must show.
   *
   * @throws IllegalArgumentException when the file names no region of the body, or no confidence
   */
  RegionGate gate() {
    Set<BodyRegion> wanted = EnumSet.noneOf(BodyRegion.class);
    first(root, "required_body_regions", "required_regions").map(CustomModelFile::words).stream()
        .flatMap(List::stream)
        .map(CustomModelFile::region)
        .forEach(wanted::add);
    double leastSure =
        root.text("min_region_confidence").map(Double::valueOf).orElse(DEFAULT_CONFIDENCE);
    return new RegionGate(wanted, leastSure);
  }

  private static BodyRegion region(String word) {
    String name = word.toUpperCase(Locale.ROOT);
    return Arrays.stream(BodyRegion.values())
        .filter(region -> region.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the body region " + word + " is not one of " + List.of(BodyRegion.values())));
  }

  /** The words of a list, or those between the commas of a text. */
  private static List<String> words(YamlText.Node node) {
    Stream<String> words =
        node instanceof YamlText.Sequence list
            ? list.scalars().stream().map(YamlText.Scalar::text)
            : node instanceof YamlText.Scalar text
                ? Arrays.stream(text.text().split(",", -1))
                : Stream.of();
    return words.map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  /** Folders and archives with the weights of its networks that are there, wherever they lie. */
  List<Path> weights() {
    return networks().stream()
        .flatMap(network -> places(network).stream())
        .filter(Files::exists)
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether it is compared with structures that are known of the image, or chooses by them. */
  boolean needsReferences() {
    return needsLungs()
        || networks().stream()
            .anyMatch(
                network ->
                    rule(network, "anchor_source").isPresent()
                        || rule(network, "dice_reference_glob").isPresent());
  }

  /** Whether a network keeps to the lungs. */
  boolean needsLungs() {
    return networks().stream()
        .anyMatch(
            network ->
                rule(network, "confine_to_lung_mask")
                    .filter(text -> TRUE.contains(text.toLowerCase(Locale.ROOT)))
                    .isPresent());
  }

  private void network(YamlText.Mapping network, List<String> problems) {
    String at = file + ", line " + network.line() + ": the network ";
    if (first(network, "label_order", "structures", "labels").isEmpty()) {
      problems.add(at + "has no label_order");
    }
    rule(network, "anchor_source")
        .filter(text -> !ANCHORS.contains(text.strip().toLowerCase(Locale.ROOT)))
        .ifPresent(text -> problems.add(at + "has the unknown anchor_source " + text));
    List<Path> places = places(network);
    if (places.stream().noneMatch(Files::exists)) {
      problems.add(
          at
              + (places.isEmpty()
                  ? "names no data set, folder or archive of weights"
                  : "has no weights at " + places.get(0)));
    }
  }

  /** Where the weights of a network may lie: as nnU-Net lays them out, in a folder, packed. */
  private List<Path> places(YamlText.Mapping network) {
    List<Path> places = new ArrayList<>();
    Path folder = folder();
    Path results =
        folder.resolve(
            mapping(network, "env")
                .flatMap(env -> env.text("nnUNet_results"))
                .or(() -> mapping(nnunet(), "env").flatMap(env -> env.text("nnUNet_results")))
                .orElse("nnUNet_results"));
    text(network, "dataset_directory", "dataset_dir", "dataset")
        .ifPresentOrElse(
            name -> {
              places.add(results.resolve(name));
              places.add(folder.resolve(name));
            },
            () -> network.text("id").flatMap(id -> ofNumber(results, id)).ifPresent(places::add));
    text(network, "source_directory", "source_dir").map(folder::resolve).ifPresent(places::add);
    text(network, "archive", "weights").map(folder::resolve).ifPresent(places::add);
    return places.stream().map(Path::normalize).toList();
  }

  private static Optional<Path> ofNumber(Path results, String id) {
    return id.matches("[0-9]{1,3}")
        ? ModelFiles.dataset(results, Integer.parseInt(id))
        : Optional.empty();
  }

  private Optional<Path> postprocessing() {
    return mapping(nnunet(), "ensemble")
        .flatMap(ensemble -> text(ensemble, "postprocessing_json", "postprocessing"))
        .map(name -> folder().resolve(name).normalize());
  }

  private Path folder() {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
  }

  private YamlText.Mapping nnunet() {
    return mapping(root, "nnunet").orElseGet(() -> YamlText.read(""));
  }

  private List<YamlText.Mapping> networks() {
    return nnunet()
        .get("networks")
        .filter(YamlText.Sequence.class::isInstance)
        .map(node -> ((YamlText.Sequence) node).items())
        .orElse(List.of())
        .stream()
        .filter(YamlText.Mapping.class::isInstance)
        .map(YamlText.Mapping.class::cast)
        .toList();
  }

  /** A rule of a network, on the network itself or under its postprocessing. */
  private static Optional<String> rule(YamlText.Mapping network, String key) {
    return network
        .text(key)
        .or(() -> mapping(network, "postprocessing").flatMap(rules -> rules.text(key)));
  }

  private static Optional<YamlText.Mapping> mapping(YamlText.Mapping from, String key) {
    return from.get(key)
        .filter(YamlText.Mapping.class::isInstance)
        .map(YamlText.Mapping.class::cast);
  }

  private static Optional<String> text(YamlText.Mapping from, String... keys) {
    return Arrays.stream(keys).flatMap(key -> from.text(key).stream()).findFirst();
  }

  private static Optional<YamlText.Node> first(YamlText.Mapping from, String... keys) {
    for (String key : keys) {
      Optional<YamlText.Node> node = from.get(key);
      if (node.isPresent()) {
        return node;
      }
    }
    return Optional.empty();
  }
}
