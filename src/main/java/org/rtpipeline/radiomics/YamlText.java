package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of YAML that parameter files use: nested mappings by indentation, block and flow
 * lists of scalars, flow mappings, comments, quoted scalars. Anything else is refused with its
 * line.
 */
final class YamlText {

  /** A value of a parameter file. */
  sealed interface Node {
    /** Line it begins on, from 1. */
    int line();
  }

  /** A word or a number; empty for no value. */
  record Scalar(String text, int line) implements Node {}

  /** A list of scalars. */
  record Sequence(List<Scalar> items, int line) implements Node {}

  /** Keys in their order. */
  record Mapping(Map<String, Node> entries, int line) implements Node {}

  private record Line(int number, int indent, String text) {}

  private final List<Line> lines;
  private int at;

  private YamlText(List<Line> lines) {
    this.lines = lines;
  }

  /** The mapping that the text holds. */
  static Mapping read(String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String content = withoutComment(raw).stripTrailing();
      String stripped = content.stripLeading();
      if (!stripped.isEmpty() && !stripped.equals("---")) {
        if (content.indexOf('\t') >= 0) {
          throw new IllegalArgumentException("line " + number + ": tabs do not indent YAML");
        }
        lines.add(new Line(number, content.length() - stripped.length(), stripped));
      }
    }
    YamlText reader = new YamlText(lines);
    Mapping mapping = reader.mapping(lines.isEmpty() ? 0 : lines.get(0).indent());
    if (reader.at < lines.size()) {
      throw new IllegalArgumentException(
          "line " + lines.get(reader.at).number() + ": indentation fits no line before");
    }
    return mapping;
  }

  private static String withoutComment(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private Mapping mapping(int indent) {
    Map<String, Node> entries = new LinkedHashMap<>();
    int first = at < lines.size() ? lines.get(at).number() : 0;
    while (at < lines.size() && lines.get(at).indent() == indent) {
      Line line = lines.get(at);
      int colon = line.text().indexOf(':');
      boolean ends = colon == line.text().length() - 1;
      if (colon < 1 || (!ends && line.text().charAt(colon + 1) != ' ')) {
        throw new IllegalArgumentException(
            "line " + line.number() + ": expected a key and a colon, got " + line.text());
      }
      String key = unquoted(line.text().substring(0, colon).strip());
      String rest = line.text().substring(colon + 1).strip();
      at++;
      Node value = rest.isEmpty() ? below(indent, line.number()) : inline(rest, line.number());
      if (entries.put(key, value) != null) {
        throw new IllegalArgumentException("line " + line.number() + ": " + key + " comes twice");
      }
    }
    return new Mapping(entries, first);
  }

  private Node below(int indent, int number) {
    if (at < lines.size()) {
      Line next = lines.get(at);
      boolean isItem = next.text().startsWith("- ") || next.text().equals("-");
      if (isItem && next.indent() >= indent) {
        return items(next.indent(), number);
      }
      if (next.indent() > indent) {
        return mapping(next.indent());
      }
    }
    return new Scalar("", number);
  }

  private Sequence items(int indent, int number) {
    List<Scalar> items = new ArrayList<>();
    while (at < lines.size()
        && lines.get(at).indent() == indent
        && lines.get(at).text().startsWith("-")) {
      Line line = lines.get(at++);
      items.add(new Scalar(unquoted(line.text().substring(1).strip()), line.number()));
    }
    return new Sequence(items, number);
  }

  private static Node inline(String text, int number) {
    if (text.startsWith("[") && text.endsWith("]")) {
      List<Scalar> items = new ArrayList<>();
      for (String part : parts(text)) {
        if (!(inline(part, number) instanceof Scalar item)) {
          throw new IllegalArgumentException("line " + number + ": a list holds " + part);
        }
        items.add(item);
      }
      return new Sequence(items, number);
    }
    if (text.startsWith("{") && text.endsWith("}")) {
      Map<String, Node> entries = new LinkedHashMap<>();
      for (String part : parts(text)) {
        int colon = part.indexOf(':');
        if (colon < 1) {
          throw new IllegalArgumentException("line " + number + ": expected a colon in " + part);
        }
        Node value = inline(part.substring(colon + 1).strip(), number);
        entries.put(unquoted(part.substring(0, colon).strip()), value);
      }
      return new Mapping(entries, number);
    }
    if (text.startsWith("[")
        || text.startsWith("{")
        || text.startsWith("&")
        || text.startsWith("*")
        || text.startsWith("|")
        || text.startsWith(">")) {
      throw new IllegalArgumentException("line " + number + ": cannot read " + text);
    }
    return new Scalar(unquoted(text), number);
  }

  /** The parts between commas; a comma inside brackets or quotes separates nothing. */
  private static List<String> parts(String bracketed) {
    String inner = bracketed.substring(1, bracketed.length() - 1).strip();
    List<String> parts = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    int from = 0;
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(inner.substring(from, i).strip());
        from = i + 1;
      }
    }
    String last = inner.substring(from).strip();
    if (!last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
