package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Node;
import org.rtpipeline.yaml.YamlText.Scalar;
import org.rtpipeline.yaml.YamlText.Sequence;

/** Reads values of a parameter file and keeps what is wrong with them, each with its line. */
final class ParameterReading {

  /** A mapping that is not there. */
  static final Mapping NOTHING = new Mapping(Map.of(), 0);

  private final List<String> problems = new ArrayList<>();

  /**
   * Ends the reading.
   *
   * @throws IllegalArgumentException naming everything that was wrong
   */
  void finish() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** A value whose maker may refuse what it is made of. */
  <T> Optional<T> checked(Node node, Supplier<? extends T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException refused) {
      problem(node, String.valueOf(refused.getMessage()));
      return Optional.empty();
    }
  }

  Mapping child(Mapping parent, String key, String... allowed) {
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

  void allow(Mapping mapping, String... keys) {
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!List.of(keys).contains(key)) {
                problem(node, key + " is not known, expected " + String.join(", ", keys));
              }
            });
  }

  <T> Optional<T> word(Mapping parent, String key, Map<String, T> words) {
    Optional<String> text = parent.text(key);
    if (text.isPresent() && !words.containsKey(text.get())) {
      problem(
          parent.get(key).orElseThrow(),
          key + " may be " + String.join(", ", words.keySet().stream().sorted().toList()));
    }
    return text.map(words::get);
  }

  Optional<Double> number(Mapping parent, String key) {
    return parent.get(key).flatMap(node -> number(node, key));
  }

  Optional<Double> number(Node node, String key) {
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

  Optional<Integer> whole(Mapping parent, String key) {
    Optional<Double> number = number(parent, key);
    if (number.isPresent() && (number.get() < 1 || number.get() != Math.rint(number.get()))) {
      problem(parent.get(key).orElseThrow(), key + " must be a whole number of at least 1");
      return Optional.empty();
    }
    return number.map(Double::intValue);
  }

  List<Double> numbers(Mapping parent, String key) {
    return items(parent, key).stream().flatMap(item -> number(item, key).stream()).toList();
  }

  List<Scalar> items(Mapping parent, String key) {
    Optional<Node> node = parent.get(key);
    if (node.isPresent() && !(node.get() instanceof Sequence)) {
      problem(node.get(), key + " must be a list");
    }
    return node.filter(Sequence.class::isInstance)
        .map(list -> ((Sequence) list).scalars())
        .orElse(List.of());
  }

  void problem(Node node, String text) {
    problems.add("line " + node.line() + ": " + text);
  }
}
