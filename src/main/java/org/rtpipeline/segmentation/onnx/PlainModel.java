package org.rtpipeline.segmentation.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtpipeline.segmentation.SegmentationException;

/** A network that is no nnU-Net, as its model.json of kind "plain" describes it. */
final class PlainModel {

  private PlainModel() {}

  static Model model(ModelFields fields) throws SegmentationException {
    ModelFields names = fields.object("labels");
    List<Integer> classes = new ArrayList<>();
    List<Model.NamedLabels> structures = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : names.node().properties()) {
      int label = names.whole(each.getKey(), 0);
      classes.add(label);
      if (label > 0) {
        structures.add(new Model.NamedLabels(each.getKey(), List.of(label)));
      }
    }
    Collections.sort(classes);
    for (int c = 0; c < classes.size(); c++) {
      if (classes.get(c) != c) {
        throw fields.wrong("labels", "are " + classes + ", expected 0, 1, 2, … without gaps");
      }
    }
    ResamplingRule linear = new ResamplingRule(1, 1, ResamplingRule.Separation.NEVER);
    try {
      return new Model(
          fields.text("name", "network"),
          fields.text("version", ""),
          fields.texts("networks"),
          axes(fields),
          Model.Cropping.NONE,
          normalisation(fields),
          spacingMm(fields),
          linear,
          linear,
          windows(fields),
          fields.find("mirror_axes").isPresent() ? fields.wholes("mirror_axes") : List.of(),
          new LabelRule.Greatest(classes),
          structures);
    } catch (IllegalArgumentException e) {
      throw ModelFields.unusable(fields.place(), String.valueOf(e.getMessage()));
    }
  }

  private static Model.Axes axes(ModelFields fields) throws SegmentationException {
    List<Integer> transpose =
        fields.find("transpose").isPresent() ? fields.wholes("transpose") : List.of(0, 1, 2);
    return new Model.Axes(fields.text("orientation", ""), transpose);
  }

  private static List<Double> spacingMm(ModelFields fields) throws SegmentationException {
    if (fields.find("spacing_mm").isEmpty()) {
      return List.of(Double.NaN, Double.NaN, Double.NaN);
    }
    List<Double> spacing = fields.numbers("spacing_mm");
    if (spacing.size() != 3 || spacing.stream().anyMatch(mm -> mm <= 0)) {
      throw fields.wrong("spacing_mm", "is " + spacing + ", expected three numbers over 0");
    }
    return spacing;
  }

  private static Normalisation normalisation(ModelFields fields) throws SegmentationException {
    Optional<JsonNode> there = fields.find("normalisation");
    if (there.isEmpty()) {
      return new Normalisation.None();
    }
    ModelFields how = fields.object("normalisation");
    return switch (how.text("scheme", "")) {
      case "window" ->
          new Normalisation.Window(
              (float) how.number("low", Double.NEGATIVE_INFINITY),
              (float) how.number("high", Double.POSITIVE_INFINITY),
              (float) how.number("subtract", 0),
              (float) how.number("divide", 1));
      case "z-score" -> new Normalisation.ZScore(Normalisation.ZScore.Over.IMAGE);
      case "unit" -> new Normalisation.Unit();
      case "quantiles" -> new Normalisation.Quantiles(how.number("low"), how.number("high"));
      case "none" -> new Normalisation.None();
      default ->
          throw how.wrong(
              "scheme",
              "is "
                  + how.text("scheme", "missing")
                  + ", expected window, z-score, unit, quantiles or none");
    };
  }

  private static Windows windows(ModelFields fields) throws SegmentationException {
    if (fields.find("slabs").isEmpty()) {
      return Slabs.WHOLE;
    }
    ModelFields slabs = fields.object("slabs");
    return new Slabs(slabs.whole("planes", Integer.MAX_VALUE), slabs.whole("margin", 0));
  }
}
