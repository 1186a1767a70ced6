package org.rtpipeline.segmentation.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtpipeline.model.Finding;
import org.rtpipeline.segmentation.SegmentationException;

/**
 * One object of a file of a model, read field by field.
 *
 * @param node the object
 * @param place file and path of the object, for messages
 */
record ModelFields(JsonNode node, String place) {

  Optional<JsonNode> find(String key) {
    JsonNode value = node.path(key);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  JsonNode need(String key) throws SegmentationException {
    Optional<JsonNode> value = find(key);
    if (value.isEmpty()) {
      throw wrong(key, "is missing");
    }
    return value.get();
  }

  ModelFields object(String key) throws SegmentationException {
    JsonNode value = need(key);
    if (!value.isObject()) {
      throw wrong(key, "is " + value + ", expected an object");
    }
    return new ModelFields(value, place + " " + key);
  }

  String text(String key, String otherwise) {
    return find(key).map(JsonNode::asText).orElse(otherwise);
  }

  double number(String key) throws SegmentationException {
    return number(need(key), key);
  }

  double number(String key, double otherwise) throws SegmentationException {
    Optional<JsonNode> value = find(key);
    return value.isPresent() ? number(value.get(), key) : otherwise;
  }

  private double number(JsonNode value, String key) throws SegmentationException {
    if (!value.isNumber()) {
      throw wrong(key, "is " + value + ", expected a number");
    }
    return value.asDouble();
  }

  int whole(String key, int otherwise) throws SegmentationException {
    Optional<JsonNode> value = find(key);
    if (value.isPresent() && !value.get().isInt()) {
      throw wrong(key, "is " + value.get() + ", expected a whole number");
    }
    return value.isPresent() ? value.get().asInt() : otherwise;
  }

  List<Double> numbers(String key) throws SegmentationException {
    List<Double> all = new ArrayList<>();
    for (JsonNode each : array(key)) {
      all.add(number(each, key));
    }
    return all;
  }

  List<Integer> wholes(String key) throws SegmentationException {
    List<Integer> all = new ArrayList<>();
    for (JsonNode each : array(key)) {
      if (!each.isInt()) {
        throw wrong(key, "has " + each + ", expected whole numbers");
      }
      all.add(each.asInt());
    }
    return all;
  }

  List<String> texts(String key) throws SegmentationException {
    List<String> all = new ArrayList<>();
    for (JsonNode each : array(key)) {
      all.add(each.asText());
    }
    return all;
  }

  private JsonNode array(String key) throws SegmentationException {
    JsonNode value = need(key);
    if (!value.isArray()) {
      throw wrong(key, "is " + value + ", expected a list");
    }
    return value;
  }

  /** A complaint about one field. */
  SegmentationException wrong(String key, String complaint) {
    return unusable(place, key + " " + complaint);
  }

  /** A complaint about a file of a model. */
  static SegmentationException unusable(String subject, String complaint) {
    return new SegmentationException(
        new Finding(Finding.Level.SKIP_STAGE, Finding.Code.SEGMENTER_FAILED, subject, complaint));
  }
}
