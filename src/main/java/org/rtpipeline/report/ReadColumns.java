package org.rtpipeline.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable.StoredColumn;

/**
 * Some columns of a table, read by name.
 *
 * @param columns in the order in which rows hold them
 */
record ReadColumns(List<StoredColumn> columns) implements Serializable {

  ReadColumns {
    columns = List.copyOf(columns);
  }

  static ReadColumns texts(String... names) {
    return new ReadColumns(of(Column.Type.TEXT, Stream.of(names)));
  }

  /** These columns and more of one type. */
  ReadColumns with(Column.Type type, String... names) {
    return with(type, List.of(names));
  }

  /** These columns and more of one type. */
  ReadColumns with(Column.Type type, List<String> names) {
    List<StoredColumn> all = new ArrayList<>(columns);
    all.addAll(of(type, names.stream()));
    return new ReadColumns(all);
  }

  /** The text of a cell; blank when it is empty. */
  String text(StoredRow row, String name) {
    Object cell = cell(row, name);
    return cell == null ? "" : CellText.plain(cell);
  }

  /** The elements of a list cell; none when it is empty. */
  List<?> list(StoredRow row, String name) {
    return cell(row, name) instanceof List<?> list ? list : List.of();
  }

  @Nullable Object cell(StoredRow row, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return row.cell(i);
      }
    }
    throw new IllegalArgumentException("column " + name + " is not read");
  }

  private static List<StoredColumn> of(Column.Type type, Stream<String> names) {
    return names.map(name -> new StoredColumn(name, type)).toList();
  }
}
