package org.rtpipeline.segmentation.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rtpipeline.segmentation.SegmentationException;

/**
 * The model that nnU-Net 2 describes by its plans.json and dataset.json, and by what its checkpoint
 * alone holds: configuration and axes that may be mirrored.
 */
final class NnUnetPlans {

  private static final String RESAMPLING = "resample_data_or_seg_to_shape";
  private static final String DEFAULT_CONFIGURATION = "3d_fullres";
  private static final double DEFAULT_STEP = 0.5;
  private static final String BACKGROUND = "background";
  private static final String IGNORE = "ignore";

  private final ModelFields plans;
  private final ModelFields dataset;
  private final ModelFields sidecar;

  private NnUnetPlans(ModelFields plans, ModelFields dataset, ModelFields sidecar) {
    this.plans = plans;
    this.dataset = dataset;
    this.sidecar = sidecar;
  }

  /**
   * The model.
   *
   * @param sidecar what the checkpoint holds; an empty object when there is no such file
   * @param networks files of the folds
   */
  static Model model(
      ModelFields plans, ModelFields dataset, ModelFields sidecar, List<String> networks)
      throws SegmentationException {
    return new NnUnetPlans(plans, dataset, sidecar).read(networks);
  }

  private Model read(List<String> networks) throws SegmentationException {
    String name = configurationName();
    ModelFields configuration = configuration(name, new HashSet<>());
    if (configuration.find("previous_stage").isPresent()) {
      throw configuration.wrong(
          "previous_stage", "is set: the second stage of a cascade cannot be run by itself");
    }
    List<Integer> patch = configuration.wholes("patch_size");
    if (patch.size() != 2 && patch.size() != 3) {
      throw configuration.wrong("patch_size", "is " + patch + ", expected 2 or 3 numbers");
    }
    boolean planes = patch.size() == 2;
    Extent tile =
        new Extent(
            planes ? 1 : patch.get(0), patch.get(patch.size() - 2), patch.get(patch.size() - 1));
    List<Double> spacingMm = new ArrayList<>(configuration.numbers("spacing"));
    if (spacingMm.size() == 2) {
      spacingMm.add(0, Double.NaN);
    }
    return new Model(
        sidecar.text("name", plans.text("dataset_name", "nnU-Net")),
        sidecar.text("version", plans.text("plans_name", "") + " " + name).trim(),
        networks,
        axes(),
        Model.Cropping.TO_NONZERO,
        normalisation(configuration),
        spacingMm,
        rule(configuration, "resampling_fn_data"),
        rule(configuration, "resampling_fn_probabilities"),
        new GaussianTiles(tile, sidecar.number("tile_step", DEFAULT_STEP)),
        mirrorAxes(planes ? 1 : 0),
        labelRule(),
        structures());
  }

  private String configurationName() throws SegmentationException {
    Set<String> known = new TreeSet<>();
    plans.object("configurations").node().fieldNames().forEachRemaining(known::add);
    String only = known.size() == 1 ? known.iterator().next() : DEFAULT_CONFIGURATION;
    String name = sidecar.text("configuration", only);
    if (!known.contains(name)) {
      throw sidecar.wrong("configuration", "is " + name + ", the plans have " + known);
    }
    return name;
  }

  /** A configuration over the one it inherits from. */
  private ModelFields configuration(String name, Set<String> visited) throws SegmentationException {
    ModelFields all = plans.object("configurations");
    if (!visited.add(name)) {
      throw all.wrong("inherits_from", "goes round in a circle through " + name);
    }
    ModelFields own = all.object(name);
    Optional<JsonNode> parent = own.find("inherits_from");
    if (parent.isEmpty()) {
      return own;
    }
    ModelFields base = configuration(parent.get().asText(), visited);
    ObjectNode merged = base.node().deepCopy();
    for (Map.Entry<String, JsonNode> field : own.node().properties()) {
      merged.set(field.getKey(), field.getValue());
    }
    return new ModelFields(merged, own.place());
  }

  private Model.Axes axes() throws SegmentationException {
    List<Integer> transpose =
        plans.find("transpose_forward").isPresent()
            ? plans.wholes("transpose_forward")
            : List.of(0, 1, 2);
    try {
      return new Model.Axes(sidecar.text("orientation", ""), transpose);
    } catch (IllegalArgumentException e) {
      throw ModelFields.unusable(sidecar.place(), String.valueOf(e.getMessage()));
    }
  }

  private List<Integer> mirrorAxes(int offset) throws SegmentationException {
    if (sidecar.find("mirror_axes").isEmpty()) {
      return List.of();
    }
    List<Integer> axes = new ArrayList<>();
    for (int axis : sidecar.wholes("mirror_axes")) {
      if (axis < 0 || axis + offset > 2) {
        throw sidecar.wrong("mirror_axes", "has " + axis + ", which is no axis of the network");
      }
      axes.add(axis + offset);
    }
    return axes;
  }

  private Normalisation normalisation(ModelFields configuration) throws SegmentationException {
    List<String> schemes = configuration.texts("normalization_schemes");
    if (schemes.size() != 1) {
      throw configuration.wrong(
          "normalization_schemes", "are " + schemes + ", expected one channel");
    }
    boolean masked =
        configuration
            .find("use_mask_for_norm")
            .map(flags -> flags.path(0).asBoolean())
            .orElse(false);
    return switch (schemes.get(0)) {
      case "CTNormalization" -> window();
      case "ZScoreNormalization" ->
          new Normalisation.ZScore(
              masked ? Normalisation.ZScore.Over.NONZERO : Normalisation.ZScore.Over.IMAGE);
      case "RescaleTo01Normalization" -> new Normalisation.Unit();
      case "RGBTo01Normalization" ->
          new Normalisation.Window(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0, 255);
      case "NoNormalization" -> new Normalisation.None();
      default ->
          throw configuration.wrong(
              "normalization_schemes", "are " + schemes + ", which are not known");
    };
  }

  private Normalisation window() throws SegmentationException {
    String key =
        plans.find("foreground_intensity_properties_per_channel").isPresent()
            ? "foreground_intensity_properties_per_channel"
            : "foreground_intensity_properties_by_modality";
    ModelFields channel = plans.object(key).object("0");
    return new Normalisation.Window(
        (float) channel.number("percentile_00_5"),
        (float) channel.number("percentile_99_5"),
        (float) channel.number("mean"),
        (float) channel.number("std"));
  }

  private static ResamplingRule rule(ModelFields configuration, String key)
      throws SegmentationException {
    String function = configuration.text(key, RESAMPLING);
    if (!function.equals(RESAMPLING)) {
      throw configuration.wrong(key, "is " + function + ", expected " + RESAMPLING);
    }
    ModelFields options = configuration.object(key + "_kwargs");
    ResamplingRule.Separation separation =
        options
            .find("force_separate_z")
            .map(
                force ->
                    force.asBoolean()
                        ? ResamplingRule.Separation.ALWAYS
                        : ResamplingRule.Separation.NEVER)
            .orElse(
                options.node().has("force_separate_z")
                    ? ResamplingRule.Separation.BY_SPACING
                    : ResamplingRule.Separation.NEVER);
    try {
      return new ResamplingRule(options.whole("order", 3), options.whole("order_z", 0), separation);
    } catch (IllegalArgumentException e) {
      throw configuration.wrong(key + "_kwargs", String.valueOf(e.getMessage()));
    }
  }

  private LabelRule labelRule() throws SegmentationException {
    if (hasRegions()) {
      List<Integer> order = dataset.wholes("regions_class_order");
      if (order.size() != structures().size()) {
        throw dataset.wrong(
            "regions_class_order", "is " + order + ", expected one label for each region");
      }
      return new LabelRule.Regions(order);
    }
    TreeSet<Integer> values = new TreeSet<>();
    for (List<Integer> each : labels().values()) {
      values.addAll(each);
    }
    List<Integer> classes = new ArrayList<>(values);
    if (classes.isEmpty()
        || classes.get(0) != 0
        || classes.get(classes.size() - 1) != classes.size() - 1) {
      throw dataset.wrong("labels", "are " + classes + ", expected 0, 1, 2, … without gaps");
    }
    return new LabelRule.Greatest(classes);
  }

  private boolean hasRegions() throws SegmentationException {
    return labels().values().stream().anyMatch(values -> values.size() > 1);
  }

  private List<Model.NamedLabels> structures() throws SegmentationException {
    List<Model.NamedLabels> structures = new ArrayList<>();
    labels()
        .forEach(
            (name, values) -> {
              if (!Set.copyOf(values).equals(Set.of(0))) {
                structures.add(new Model.NamedLabels(name, values));
              }
            });
    if (structures.isEmpty()) {
      throw dataset.wrong("labels", "name nothing but the background");
    }
    return structures;
  }

  /** Every name with its labels, without the one that training ignores. */
  private Map<String, List<Integer>> labels() throws SegmentationException {
    ModelFields all = dataset.object("labels");
    if (!all.node().has(BACKGROUND)) {
      throw dataset.wrong("labels", "have no " + BACKGROUND);
    }
    Map<String, List<Integer>> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : all.node().properties()) {
      if (!field.getKey().equals(IGNORE)) {
        labels.put(field.getKey(), values(field.getKey(), field.getValue()));
      }
    }
    return Collections.unmodifiableMap(labels);
  }

  private List<Integer> values(String name, JsonNode value) throws SegmentationException {
    List<Integer> values = new ArrayList<>();
    for (JsonNode each : value.isArray() ? value : List.of(value)) {
      int number = each.asInt(-1);
      if (number < 0 || number > Short.MAX_VALUE) {
        throw dataset.wrong("labels " + name, "is " + each + ", expected 0 to " + Short.MAX_VALUE);
      }
      values.add(number);
    }
    return values;
  }
}
