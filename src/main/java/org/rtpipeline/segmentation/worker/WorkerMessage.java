package org.rtpipeline.segmentation.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a worker says, one JSON object a line; docs/segmentation.md has all fields. */
sealed interface WorkerMessage {

  /** The protocol that is spoken here. */
  int PROTOCOL = 1;

  /**
   * The worker is there.
   *
   * @param version name and version of the program
   * @param gpu identifier of the one device that it sees, empty without
   */
  record Hello(String version, String gpu) implements WorkerMessage {}

  /** The worker lives. */
  record Beat() implements WorkerMessage {}

  /** A step of an image is done. */
  record Progress(String phase, long done) implements WorkerMessage {}

  /**
   * An image is done.
   *
   * @param layers labels that do not overlap, each with its file
   * @param degraded what was done otherwise than asked
   * @param facts versions, digests of weights, times, as text
   */
  record Result(List<LayerFile> layers, List<String> degraded, Map<String, String> facts)
      implements WorkerMessage {}

  /** An image cannot be done. */
  record Failure(WorkerFault.Kind kind, String message) implements WorkerMessage {}

  /** A label file, by its name in the folder of the image. */
  record LayerFile(String file, List<Label> labels) {}

  /**
   * A number in a label file and the structure it stands for.
   *
   * @param remark what a person should read beside the name; empty for nothing
   */
  record Label(int value, String name, String remark) {}

  /** The message of a line; empty when it is none. */
  static Optional<WorkerMessage> parse(String line) {
    JsonNode node;
    try {
      node = Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (node == null || !node.isObject()) {
      return Optional.empty();
    }
    return switch (node.path("type").asText()) {
      case "hello" ->
          node.path("protocol").asInt() == PROTOCOL
              ? Optional.of(new Hello(node.path("version").asText(), node.path("gpu").asText()))
              : Optional.empty();
      case "beat" -> Optional.of(new Beat());
      case "progress" ->
          Optional.of(new Progress(node.path("phase").asText(), node.path("done").asLong()));
      case "result" -> Optional.of(Json.result(node));
      case "error" ->
          Optional.of(
              new Failure(Json.kind(node.path("kind").asText()), node.path("message").asText()));
      default -> Optional.empty();
    };
  }

  /** Reads nodes. */
  final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static Result result(JsonNode node) {
      List<LayerFile> layers = new ArrayList<>();
      for (JsonNode layer : node.path("layers")) {
        List<Label> labels = new ArrayList<>();
        for (JsonNode label : layer.path("labels")) {
          labels.add(
              new Label(
                  label.path("value").asInt(),
                  label.path("name").asText(),
                  label.path("remark").asText()));
        }
        layers.add(new LayerFile(layer.path("file").asText(), labels));
      }
      List<String> degraded = new ArrayList<>();
      node.path("degraded").forEach(text -> degraded.add(text.asText()));
      Map<String, String> facts = new TreeMap<>();
      for (Map.Entry<String, JsonNode> fact : node.path("facts").properties()) {
        facts.put(fact.getKey(), fact.getValue().asText());
      }
      return new Result(layers, degraded, facts);
    }

    static WorkerFault.Kind kind(String word) {
      String name = word.toUpperCase(Locale.ROOT);
      return Arrays.stream(WorkerFault.Kind.values())
          .filter(kind -> kind.name().equals(name))
          .findFirst()
          .orElse(WorkerFault.Kind.INTERNAL);
    }
  }
}
