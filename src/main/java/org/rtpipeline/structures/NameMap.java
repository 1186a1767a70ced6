package org.rtpipeline.structures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rtpipeline.model.StandardName;

/**
 * Standard names of one file for the same patients: a name as it stands in the file comes first,
 * then one that differs in case, blanks or separators alone, then the first regular expression that
 * matches the whole name, upper or lower case.
 */
final class NameMap implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String place;
  private final Map<String, NameEntry> exact = new HashMap<>();
  private final Map<String, NameEntry> normal = new TreeMap<>();
  private final List<Expression> expressions = new ArrayList<>();

  /**
   * An expression of a file.
   *
   * @param pattern matches whole names
   * @param entry its line
   */
  private record Expression(Pattern pattern, NameEntry entry) implements Serializable {}

  /**
   * The map of some lines.
   *
   * @param place layer and file, as {@code site common.csv}
   * @param entries without contradiction
   */
  NameMap(String place, List<NameEntry> entries) {
    this.place = place;
    for (NameEntry entry : entries) {
      if (entry.isExpression()) {
        expressions.add(new Expression(entry.pattern(), entry));
      } else {
        exact.putIfAbsent(entry.roiName(), entry);
        normal.putIfAbsent(NormalName.of(entry.roiName()), entry);
      }
    }
    for (NameEntry entry : entries) {
      if (!entry.isExpression()) {
        exact.putIfAbsent(entry.standardName(), entry);
        normal.putIfAbsent(NormalName.of(entry.standardName()), entry);
      }
    }
  }

  /** The standard name of a region. */
  Optional<StandardName> of(String roiName) {
    String name = roiName.strip();
    NameEntry same = exact.get(name);
    if (same != null) {
      return Optional.of(named(same, same.standardName(), "exact"));
    }
    NameEntry alike = normal.get(NormalName.of(name));
    if (alike != null) {
      return Optional.of(named(alike, alike.standardName(), "normalised"));
    }
    for (Expression expression : expressions) {
      Matcher matcher = expression.pattern().matcher(name);
      if (matcher.matches()) {
        NameEntry entry = expression.entry();
        return Optional.of(
            named(entry, matcher.replaceFirst(entry.standardName()), "regular expression"));
      }
    }
    return Optional.empty();
  }

  private StandardName named(NameEntry entry, String standard, String how) {
    return new StandardName(standard, place + ":" + entry.line() + " " + how);
  }

  /** Standard name by normalised spelling, without expressions. */
  Map<String, String> spellings() {
    Map<String, String> spellings = new TreeMap<>();
    normal.forEach((spelling, entry) -> spellings.put(spelling, entry.standardName()));
    return spellings;
  }
}
