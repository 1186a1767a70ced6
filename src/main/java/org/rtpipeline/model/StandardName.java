package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The name under which a region is compared with those of other courses, beside the name that it
 * has in its object.
 *
 * @param name standard name, as TG-263 (AAPM report 263, 2018) writes it
 * @param rule what gave it: layer, file, line, and how the name was matched
 */
public record StandardName(String name, String rule) implements Serializable {

  /** Refuses blanks. */
  public StandardName {
    if (name.isBlank() || rule.isBlank()) {
      throw new IllegalArgumentException("a standard name needs a name and the rule that gave it");
    }
  }

  /** The columns of tables whose rows are about a region. */
  public static <R> List<Column<R>> columns(Function<R, @Nullable StandardName> of) {
    return List.of(
        new Column<>(
            "roi_standard_name",
            Column.Type.TEXT,
            "",
            "Standard name of the ROI; empty when no name map knows it",
            row -> {
              StandardName name = of.apply(row);
              return name == null ? null : name.name();
            }),
        new Column<>(
            "name_rule",
            Column.Type.TEXT,
            "",
            "What gave the standard name: layer, file and line of the name map, and how it matched",
            row -> {
              StandardName name = of.apply(row);
              return name == null ? null : name.rule();
            }));
  }
}
