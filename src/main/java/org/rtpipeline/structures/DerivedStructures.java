package org.rtpipeline.structures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.yaml.YamlText;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Node;
import org.rtpipeline.yaml.YamlText.Scalar;
import org.rtpipeline.yaml.YamlText.Sequence;

/**
 * The derived structures of a file, in an order in which each comes after those it is made of.
 *
 * <p>The file is that of the Python rtpipeline: a list {@code custom_structures} of entries with
 * {@code name}, {@code operation} (union, intersection, subtract, xor; union when absent), {@code
 * source_structures}, {@code margin} (mm, or a mapping of {@code anterior_mm} to {@code
 * inferior_mm} and {@code uniform_mm}) and {@code description}. An entry may have a {@code ring}
 * instead of a margin: a mapping of {@code inner_mm} and {@code outer_mm}.
 *
 * @param all in order of dependence, otherwise as in the file
 */
public record DerivedStructures(List<DerivedStructure> all) implements Serializable {

  private static final List<String> DIRECTIONS =
      List.of("anterior_mm", "posterior_mm", "left_mm", "right_mm", "superior_mm", "inferior_mm");
  private static final Set<String> KEYS =
      Set.of("name", "operation", "source_structures", "margin", "ring", "description");

  /** Copies the list. */
  public DerivedStructures {
    all = List.copyOf(all);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming every line that cannot be used, or structures that are
   *     made of one another in a circle
   */
  public static DerivedStructures read(String yaml) {
    Mapping root = YamlText.read(yaml);
    Reader reader = new Reader();
    root.entries().keySet().stream()
        .filter(key -> !key.equals("custom_structures"))
        .forEach(key -> reader.problem(root.entries().get(key), key + " is not known"));
    Node list = root.entries().get("custom_structures");
    if (list instanceof Sequence entries) {
      entries.items().forEach(reader::add);
    } else {
      reader.problem(list == null ? root : list, "expected a list custom_structures");
    }
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", reader.problems));
    }
    return new DerivedStructures(ordered(reader.found));
  }

  /** Whether some structure is made of one of this name, in any of its spellings. */
  public boolean mention(String name) {
    List<String> spellings = StructureAliases.of(name);
    return all.stream()
        .flatMap(structure -> structure.sources().stream())
        .anyMatch(
            source ->
                source.equals(name)
                    || StructureAliases.of(source).stream().anyMatch(spellings::contains));
  }

  private static List<DerivedStructure> ordered(List<DerivedStructure> asWritten) {
    Map<String, DerivedStructure> waiting = new LinkedHashMap<>();
    asWritten.forEach(one -> waiting.put(one.name(), one));
    List<DerivedStructure> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      DerivedStructure next =
          waiting.values().stream()
              .filter(one -> one.sources().stream().noneMatch(s -> waitsFor(one, s, waiting)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "these structures are made of one another: "
                              + String.join(", ", waiting.keySet())));
      waiting.remove(next.name());
      ordered.add(next);
    }
    return ordered;
  }

  /** A structure may be made of one of the course that has its own name. */
  private static boolean waitsFor(
      DerivedStructure one, String source, Map<String, DerivedStructure> waiting) {
    return waiting.containsKey(source) && !source.equals(one.name());
  }

  /** Reads entry by entry and notes what is wrong. */
  private static final class Reader {
    private final List<DerivedStructure> found = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    void add(Node node) {
      if (!(node instanceof Mapping entry)) {
        problem(node, "expected an entry with name and source_structures");
        return;
      }
      entry.entries().keySet().stream()
          .filter(key -> !KEYS.contains(key))
          .forEach(key -> problem(entry.entries().get(key), key + " is not known"));
      String name = entry.text("name").orElse("");
      if (!name.isEmpty() && !names.add(name)) {
        problem(entry, "two structures have the name " + name);
      }
      int before = problems.size();
      SetRule rule = rule(entry);
      DerivedStructure.Step step = step(entry);
      if (problems.size() > before) {
        return;
      }
      try {
        found.add(
            new DerivedStructure(
                name, rule, sources(entry), step, entry.text("description").orElse("")));
      } catch (IllegalArgumentException e) {
        problem(entry, String.valueOf(e.getMessage()));
      }
    }

    private SetRule rule(Mapping entry) {
      String word = entry.text("operation").orElse("union");
      for (SetRule rule : SetRule.values()) {
        if (rule.name().equals(word.toUpperCase(Locale.ROOT))) {
          return rule;
        }
      }
      problem(
          entry.entries().get("operation"),
          "operation is " + word + ", expected union, intersection, subtract or xor");
      return SetRule.UNION;
    }

    private List<String> sources(Mapping entry) {
      Node node = entry.entries().get("source_structures");
      if (node instanceof Sequence list) {
        return list.scalars().stream().map(Scalar::text).filter(s -> !s.isBlank()).toList();
      }
      return node instanceof Scalar one && !one.text().isBlank() ? List.of(one.text()) : List.of();
    }

    private DerivedStructure.Step step(Mapping entry) {
      Node margin = entry.entries().get("margin");
      Node ring = entry.entries().get("ring");
      if (ring == null) {
        return new DerivedStructure.Move(margin == null ? Margin.NONE : margin(margin));
      }
      if (margin != null) {
        problem(ring, "an entry has a margin or a ring, not both");
      }
      if (ring instanceof Mapping ends
          && ends.entries().keySet().equals(Set.of("inner_mm", "outer_mm"))) {
        double inner = number(ends.entries().get("inner_mm"), "inner_mm");
        double outer = number(ends.entries().get("outer_mm"), "outer_mm");
        if (inner < outer) {
          return new DerivedStructure.Ring(Margin.uniform(inner), Margin.uniform(outer));
        }
        problem(ring, "inner_mm is " + inner + ", expected less than outer_mm " + outer);
      } else {
        problem(ring, "expected inner_mm and outer_mm");
      }
      return new DerivedStructure.Move(Margin.NONE);
    }

    private Margin margin(Node node) {
      if (!(node instanceof Mapping parts)) {
        return node instanceof Scalar scalar && scalar.text().isEmpty()
            ? Margin.NONE
            : Margin.uniform(limited(node, number(node, "margin")));
      }
      Map<String, Double> given = new HashMap<>();
      parts
          .entries()
          .forEach(
              (key, value) -> {
                if (DIRECTIONS.contains(key) || key.equals("uniform_mm")) {
                  given.put(key, limited(value, number(value, key)));
                } else {
                  problem(value, key + " is not known");
                }
              });
      double otherwise = given.getOrDefault("uniform_mm", 0.0);
      List<Double> mm =
          DIRECTIONS.stream()
              .map(key -> given.getOrDefault(key, otherwise))
              .collect(Collectors.toList());
      return new Margin(mm.get(0), mm.get(1), mm.get(2), mm.get(3), mm.get(4), mm.get(5));
    }

    private double limited(Node node, double mm) {
      if (Math.abs(mm) <= Margin.LARGEST_MM) {
        return mm;
      }
      problem(node, "margin is " + mm + " mm, expected at most " + Margin.LARGEST_MM);
      return 0;
    }

    private double number(@Nullable Node node, String key) {
      if (node instanceof Scalar scalar) {
        try {
          double value = Double.parseDouble(scalar.text());
          if (Double.isFinite(value)) {
            return value;
          }
        } catch (NumberFormatException noNumber) {
          problem(node, key + " is " + scalar.text() + ", expected a number of mm");
          return 0;
        }
      }
      problem(node, key + " needs a number of mm");
      return 0;
    }

    private void problem(@Nullable Node node, String what) {
      problems.add(node == null ? what : "line " + node.line() + ": " + what);
    }
  }
}
