package org.rtpipeline.structures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.yaml.YamlText;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Node;
import org.rtpipeline.yaml.YamlText.Scalar;
import org.rtpipeline.yaml.YamlText.Sequence;

/**
 * Reads the lines of a name map.
 *
 * <p>CSV: the header {@code standard_name,roi_name}, or {@code patient_id,standard_name,roi_name}
 * for names of single patients, then one name a line; cells with commas stand in quotes, lines that
 * begin with {@code #} say nothing. YAML: {@code names}, a mapping of standard names to lists of
 * ROI names, or {@code patients}, a mapping of patient ids to such mappings. Text between slashes
 * is a regular expression. A standard name always stands for itself too.
 */
final class NameFile {

  private static final String HEADER = "standard_name,roi_name";
  private static final String PATIENT_HEADER = "patient_id,standard_name,roi_name";

  private final NameLayer layer;
  private final List<NameEntry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private NameFile(NameLayer layer) {
    this.layer = layer;
  }

  /**
   * The lines of a file.
   *
   * @param name of the file; what ends in {@code .yaml} or {@code .yml} is YAML, all else CSV
   * @throws IllegalArgumentException naming every line that cannot be used or says another standard
   *     name for a name of a line before it
   */
  static List<NameEntry> read(NameLayer layer, String name, String text) {
    NameFile file = new NameFile(layer);
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      file.yaml(YamlText.read(text));
    } else {
      file.csv(text.lines().toList());
    }
    file.checkForContradictions();
    if (!file.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", file.problems));
    }
    return List.copyOf(file.entries);
  }

  private void csv(List<String> lines) {
    String expected = layer == NameLayer.PATIENT ? PATIENT_HEADER : HEADER;
    int cells = layer == NameLayer.PATIENT ? 3 : 2;
    boolean isBody = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("\uFEFF")) {
        line = line.substring(1);
      }
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (!isBody) {
        isBody = true;
        if (!line.equals(expected)) {
          problems.add("line " + (i + 1) + " is not the header " + expected);
          return;
        }
        continue;
      }
      List<String> found = cells(line);
      if (found.size() == cells) {
        add(cells == 3 ? found.get(0) : "", found.get(cells - 2), found.get(cells - 1), i + 1);
      } else {
        problems.add("line " + (i + 1) + " has " + found.size() + " cells, expected " + expected);
      }
    }
  }

  /** Cells of a line, quotes as RFC 4180 has them. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  private void yaml(Mapping root) {
    String expected = layer == NameLayer.PATIENT ? "patients" : "names";
    root.entries()
        .forEach(
            (key, node) -> {
              if (!key.equals(expected)) {
                problem(node, key + " is not known here, expected " + expected);
              }
            });
    Node found = root.entries().get(expected);
    if (!(found instanceof Mapping mapping)) {
      problem(found, "expected a mapping " + expected);
      return;
    }
    if (layer == NameLayer.PATIENT) {
      mapping.entries().forEach(this::patient);
    } else {
      names("", mapping);
    }
  }

  private void patient(String patientId, Node node) {
    if (node instanceof Mapping mapping) {
      names(patientId, mapping);
    } else {
      problem(node, "expected standard names under a patient");
    }
  }

  private void names(String patientId, Mapping mapping) {
    mapping
        .entries()
        .forEach(
            (standard, node) -> {
              if (node instanceof Sequence list) {
                list.scalars().forEach(one -> add(patientId, standard, one.text(), one.line()));
              } else if (node instanceof Scalar one && !one.text().isEmpty()) {
                add(patientId, standard, one.text(), one.line());
              } else {
                problem(node, "expected ROI names under " + standard);
              }
            });
  }

  private void add(String patientId, String standard, String roiName, int line) {
    if (layer == NameLayer.PATIENT && patientId.isBlank()) {
      problems.add("line " + line + " names no patient");
      return;
    }
    try {
      entries.add(new NameEntry(patientId, standard, roiName, line));
    } catch (IllegalArgumentException unusable) {
      problems.add("line " + line + ": " + unusable.getMessage());
    }
  }

  private void checkForContradictions() {
    Map<String, Map<String, NameEntry>> byPatient = new LinkedHashMap<>();
    for (NameEntry entry : entries) {
      String spelling = entry.isExpression() ? entry.roiName() : NormalName.of(entry.roiName());
      NameEntry first =
          byPatient
              .computeIfAbsent(entry.patientId(), id -> new HashMap<>())
              .putIfAbsent(spelling, entry);
      if (first != null && !first.standardName().equals(entry.standardName())) {
        problems.add(
            "lines "
                + first.line()
                + " and "
                + entry.line()
                + " give "
                + entry.roiName()
                + " two names, "
                + first.standardName()
                + " and "
                + entry.standardName());
      }
    }
  }

  private void problem(@Nullable Node node, String what) {
    problems.add(node == null ? what : "line " + node.line() + ": " + what);
  }
}
