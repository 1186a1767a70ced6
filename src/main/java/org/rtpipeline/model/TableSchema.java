package org.rtpipeline.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Name, columns and order of one result table.
 *
 * @param name folder under {@code tables/}
 * @param meaning one sentence for the data dictionary
 * @param sortedBy names of the columns that make a row unique and give the order of exports
 * @param columns in order
 * @param <R> row type
 */
public record TableSchema<R>(
    String name, String meaning, List<String> sortedBy, List<Column<R>> columns) {

  /** Refuses duplicate columns and an order by columns that are not there. */
  public TableSchema {
    sortedBy = List.copyOf(sortedBy);
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (Column<R> column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("table " + name + " has two columns " + column.name());
      }
    }
    for (String key : sortedBy) {
      if (!names.contains(key)) {
        throw new IllegalArgumentException("table " + name + " has no column " + key);
      }
    }
  }
}
