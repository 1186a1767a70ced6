package org.rtpipeline.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable.StoredColumn;

/**
 * How one file of the results folder is made from one table.
 *
 * @param file name without ending
 * @param sources columns read, in the order of the sort
 * @param requiredSource index of a source column that must not be empty in an exported row; -1 for
 *     none
 * @param columns columns written
 */
record ExportTable(
    String file, List<StoredColumn> sources, int requiredSource, List<ExportColumn> columns)
    implements Serializable {

  ExportTable {
    sources = List.copyOf(sources);
    columns = List.copyOf(columns);
  }

  /** All columns under their own names, rows in the order of the columns. */
  static ExportTable plain(String file, List<StoredColumn> stored) {
    List<ExportColumn> columns = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      int at = i;
      columns.add(
          new ExportColumn(stored.get(i).name(), stored.get(i).type(), row -> row.cell(at)));
    }
    return new ExportTable(file, stored, -1, columns);
  }

  boolean keeps(StoredRow row) {
    if (requiredSource < 0) {
      return true;
    }
    Object cell = row.cell(requiredSource);
    return cell != null && !cell.equals("");
  }

  StoredRow exported(StoredRow row) {
    @Nullable Object[] cells = new @Nullable Object[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = columns.get(i).cell().of(row);
    }
    return new StoredRow(cells);
  }
}
