package org.rtpipeline.segmentation.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rtpipeline.yaml.YamlText;

/**
 * The keys of a {@code custom_model.yaml} that mean something here, each at its place. Those of
 * other interfaces, and those that nobody knows, are named: a rule that is passed over silently is
 * one that its author believes in.
 */
final class CustomModelKeys {

  private static final String NETWORK = "nnunet.networks";
  private static final String RULES = NETWORK + ".postprocessing";

  /** By place; a key that is a place of its own is not repeated. */
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "",
          Set.of(
              "name",
              "description",
              "summary",
              "enabled",
              "required_body_regions",
              "required_regions",
              "min_region_confidence"),
          "nnunet",
          Set.of("interface", "command", "model", "folds", "env"),
          NETWORK,
          Set.of(
              "id",
              "dataset",
              "alias",
              "name",
              "archive",
              "weights",
              "checkpoint",
              "source_directory",
              "source_dir",
              "dataset_directory",
              "dataset_dir",
              "label_order",
              "structures",
              "labels",
              "env",
              "architecture",
              "model",
              "trainer",
              "plans",
              "folds",
              "predict_args",
              "extra_args"),
          RULES,
          Set.of(
              "anchor_source",
              "anchor_glob",
              "anchor_manifest_path",
              "anchor_max_distance_cm",
              "confine_to_lung_mask",
              "dice_reference_glob",
              "min_component_volume_cm3"),
          "nnunet.combine",
          Set.of("ordered_networks", "order", "networks"),
          "nnunet.ensemble",
          Set.of(
              "command",
              "inputs",
              "label_order",
              "labels",
              "postprocessing_json",
              "postprocessing"));

  private CustomModelKeys() {}

  /** A sentence for each key of a file that means nothing. */
  static List<String> problems(Path file, YamlText.Mapping root) {
    List<String> problems = new ArrayList<>();
    look("", root, file, problems);
    return problems;
  }

  private static void look(String place, YamlText.Node node, Path file, List<String> problems) {
    if (node instanceof YamlText.Sequence list) {
      list.items().forEach(item -> look(place, item, file, problems));
    } else if (node instanceof YamlText.Mapping mapping) {
      mapping.entries().forEach((key, value) -> look(place, key, value, file, problems));
    }
  }

  private static void look(
      String place, String key, YamlText.Node value, Path file, List<String> problems) {
    String inner = place.isEmpty() ? key : place + '.' + key;
    if (KEYS.containsKey(inner)) {
      look(inner, value, file, problems);
    } else if (!isKnown(place, key)) {
      problems.add(file + ", line " + value.line() + ": the key " + key + " means nothing here");
    }
  }

  /** The rules of a network may stand on it, too. */
  private static boolean isKnown(String place, String key) {
    return KEYS.getOrDefault(place, Set.of()).contains(key)
        || (place.equals(NETWORK) && isKnown(RULES, key));
  }
}
