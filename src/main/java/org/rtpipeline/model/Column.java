package org.rtpipeline.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a result table: the table, the data dictionary and the exports are made from it.
 *
 * @param name snake case, with unit
 * @param type what a cell holds
 * @param unit unit of the cells; empty for none
 * @param meaning one sentence for the data dictionary
 * @param value cell of a row; null for "could not be computed", which the row's findings explain
 * @param <R> row type
 */
public record Column<R>(
    String name, Type type, String unit, String meaning, Function<R, @Nullable Object> value) {

  /** What a cell holds. */
  public enum Type {
    TEXT,
    INTEGER,
    LONG,
    DOUBLE,
    BOOLEAN,
    TEXT_LIST,
    DOUBLE_LIST
  }
}
