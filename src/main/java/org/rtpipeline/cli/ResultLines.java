package org.rtpipeline.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Result files as a person looks for them: what to open first, then one line per table. */
final class ResultLines {
  private static final String FIRST = "report.html";
  private static final List<String> FORMATS = List.of("csv", "xlsx", "parquet");

  private ResultLines() {}

  /**
   * The folder, then its tables with their formats.
   *
   * @param files full paths or URIs in one folder
   */
  static List<String> of(List<String> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    Map<String, List<String>> formats = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    lines.add("results in " + folder(files.get(0)));
    for (String file : files) {
      String name = name(file);
      if (name.equals(FIRST)) {
        lines.add(line(FIRST, "open this first"));
      } else {
        int dot = name.lastIndexOf('.');
        String table = dot < 0 ? name : name.substring(0, dot);
        formats
            .computeIfAbsent(table, t -> new ArrayList<>())
            .add(dot < 0 ? "" : name.substring(dot + 1));
      }
    }
    formats.forEach((table, of) -> lines.add(line(table, inOrder(of))));
    return lines;
  }

  /** Whether one of the files has this name. */
  static boolean has(List<String> files, String name) {
    return files.stream().map(ResultLines::name).anyMatch(name::equals);
  }

  private static String inOrder(List<String> formats) {
    return formats.stream()
        .sorted(Comparator.comparingInt(ResultLines::place).thenComparing(f -> f))
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }

  private static int place(String format) {
    int place = FORMATS.indexOf(format);
    return place < 0 ? FORMATS.size() : place;
  }

  private static String line(String name, String rest) {
    return String.format(Locale.ROOT, "  %-15s  %s", name, rest).stripTrailing();
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private static String folder(String file) {
    return file.substring(0, Math.max(0, file.lastIndexOf('/'))).replaceFirst("^file:/+", "/");
  }
}
