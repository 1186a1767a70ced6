package org.rtpipeline.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The values of a YAML document, each with the line it stands on, so that problems name it. */
public final class YamlText {

  private static final int LARGEST_CHARS = 10_000_000;
  private static final Set<String> NULL_WORDS = Set.of("", "~", "null", "Null", "NULL");

  private YamlText() {}

  /** A value of a document. */
  public sealed interface Node {
    /** Line it begins on, from 1. */
    int line();
  }

  /** A word or a number as it is written; empty for no value. */
  public record Scalar(String text, int line) implements Node {}

  /** A list. */
  public record Sequence(List<Node> items, int line) implements Node {
    /** Copies the list. */
    public Sequence {
      items = List.copyOf(items);
    }

    /** The words and numbers among the items. */
    public List<Scalar> scalars() {
      return items.stream().filter(Scalar.class::isInstance).map(Scalar.class::cast).toList();
    }
  }

  /** Keys in their order. */
  public record Mapping(Map<String, Node> entries, int line) implements Node {
    /** The value of a key. */
    public Optional<Node> get(String key) {
      return Optional.ofNullable(entries.get(key));
    }

    /** The word of a key; empty when it is absent, empty, or no word. */
    public Optional<String> text(String key) {
      return get(key)
          .filter(Scalar.class::isInstance)
          .map(node -> ((Scalar) node).text())
          .filter(text -> !text.isEmpty());
    }
  }

  /**
   * The mapping that a text holds; an empty text holds an empty one.
   *
   * @throws IllegalArgumentException naming the line, when the text is no YAML or no mapping, or
   *     when a key comes twice
   */
  public static Mapping read(String text) {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(LARGEST_CHARS).setUseMarks(true).build();
    try {
      Optional<org.snakeyaml.engine.v2.nodes.Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        return new Mapping(Map.of(), 1);
      }
      if (node(root.get()) instanceof Mapping mapping) {
        return mapping;
      }
      throw new IllegalArgumentException(
          "line " + line(root.get()) + ": expected a key and a colon");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new IllegalArgumentException("line " + line + ": " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("no YAML: " + e.getMessage(), e);
    }
  }

  private static Node node(org.snakeyaml.engine.v2.nodes.Node from) {
    if (from instanceof MappingNode mapping) {
      return mapping(mapping);
    }
    if (from instanceof SequenceNode sequence) {
      List<Node> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(node(item)));
      return new Sequence(items, line(from));
    }
    return scalar((ScalarNode) from);
  }

  private static Mapping mapping(MappingNode from) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple entry : from.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new IllegalArgumentException(
            "line " + line(entry.getKeyNode()) + ": expected a word as key");
      }
      if (entries.put(key.getValue(), node(entry.getValueNode())) != null) {
        throw new IllegalArgumentException(
            "line " + line(key) + ": " + key.getValue() + " comes twice");
      }
    }
    return new Mapping(entries, line(from));
  }

  private static Scalar scalar(ScalarNode from) {
    boolean isNull = from.isPlain() && NULL_WORDS.contains(from.getValue());
    return new Scalar(isNull ? "" : from.getValue(), line(from));
  }

  private static int line(org.snakeyaml.engine.v2.nodes.Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
