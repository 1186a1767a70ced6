package org.rtpipeline.segmentation.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.rtpipeline.yaml.YamlText;

/**
 * What a {@code custom_model.yaml} of the Python rtpipeline asks of this machine and of the image;
 * the worker reads the rest.
 */
final class CustomModelFile {

  private static final Set<String> INTERFACES = Set.of("nnunetv2", "nnunetv2_modelfolder");
  private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
  private static final Set<String> ANCHORS = Set.of("specialist_reference", "rider_clinician_bbox");

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
              + " is not run by the worker, only nnunetv2 and nnunetv2_modelfolder; use the back"
              + " end command");
      return problems;
    }
    if (networks().isEmpty()) {
      problems.add(file + ": no networks");
    }
    networks().forEach(network -> network(network, problems));
    return problems;
  }

  /** Whether a network chooses among components by structures that are known of the image. */
  boolean needsReferences() {
    return needsLungs()
        || networks().stream().anyMatch(network -> rule(network, "anchor_source").isPresent());
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
    if (!places.isEmpty() && places.stream().noneMatch(Files::isDirectory)) {
      problems.add(at + "has no unpacked weights at " + places.get(0));
    }
  }

  private List<Path> places(YamlText.Mapping network) {
    List<Path> places = new ArrayList<>();
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    Path results =
        folder.resolve(
            mapping(nnunet(), "env")
                .flatMap(env -> env.text("nnUNet_results"))
                .orElse("nnUNet_results"));
    first(network, "dataset_directory", "dataset_dir", "dataset")
        .filter(YamlText.Scalar.class::isInstance)
        .map(node -> ((YamlText.Scalar) node).text())
        .ifPresent(
            name -> {
              places.add(results.resolve(name));
              places.add(folder.resolve(name));
            });
    first(network, "source_directory", "source_dir")
        .filter(YamlText.Scalar.class::isInstance)
        .map(node -> ((YamlText.Scalar) node).text())
        .ifPresent(name -> places.add(folder.resolve(name)));
    return places.stream().map(Path::normalize).toList();
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
