package org.rtpipeline.report;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredTable.StoredColumn;

/** Collects the columns of an export that has the columns of a table under other names. */
final class CopiedColumns {

  private final List<StoredColumn> sources = new ArrayList<>();
  private final List<ExportColumn> columns = new ArrayList<>();

  /** Columns of an export whose rows are in the order of the given text columns. */
  CopiedColumns(String... order) {
    for (String name : order) {
      source(name, Column.Type.TEXT);
    }
  }

  /** A column of the table. */
  CopiedColumns copy(String old, String ours, Column.Type type) {
    int at = source(ours, type);
    columns.add(new ExportColumn(old, type, row -> row.cell(at)));
    return this;
  }

  /** A column of text. */
  CopiedColumns text(String old, String ours) {
    return copy(old, ours, Column.Type.TEXT);
  }

  /** A column of whole numbers. */
  CopiedColumns whole(String old, String ours) {
    return copy(old, ours, Column.Type.INTEGER);
  }

  /** A column of numbers. */
  CopiedColumns number(String old, String ours) {
    return copy(old, ours, Column.Type.DOUBLE);
  }

  /** A list as one text; an empty cell for an empty list. */
  CopiedColumns joined(String old, String ours, Column.Type type, String between) {
    int at = source(ours, type);
    columns.add(
        new ExportColumn(
            old, Column.Type.TEXT, row -> CellText.joinedOrNull(row.cell(at), between)));
    return this;
  }

  /** A list of text as one text, parted by semicolons. */
  CopiedColumns joined(String old, String ours) {
    return joined(old, ours, Column.Type.TEXT_LIST, ";");
  }

  /** Two whole numbers as one text, {@code 512x512}. */
  CopiedColumns product(String old, String first, String second) {
    int a = source(first, Column.Type.INTEGER);
    int b = source(second, Column.Type.INTEGER);
    columns.add(
        new ExportColumn(
            old,
            Column.Type.TEXT,
            row ->
                row.cell(a) == null || row.cell(b) == null
                    ? null
                    : row.cell(a) + "x" + row.cell(b)));
    return this;
  }

  /** Columns of text that are always empty. */
  CopiedColumns empty(String... old) {
    for (String name : old) {
      columns.add(new ExportColumn(name, Column.Type.TEXT, row -> null));
    }
    return this;
  }

  /** Place of a column of the table in the rows that are read. */
  int source(String name, Column.Type type) {
    StoredColumn column = new StoredColumn(name, type);
    int known = sources.indexOf(column);
    if (known < 0) {
      sources.add(column);
      return sources.size() - 1;
    }
    return known;
  }

  /** The export. */
  ExportTable table(String file) {
    return new ExportTable(file, sources, -1, columns);
  }
}
