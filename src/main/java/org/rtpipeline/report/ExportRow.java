package org.rtpipeline.report;

import java.io.Serializable;
import java.util.Comparator;
import org.rtpipeline.store.StoredRow;

/**
 * A row on its way into an export.
 *
 * @param export place of the export among those of a run
 * @param row the row as it is stored
 */
record ExportRow(int export, StoredRow row) implements Serializable {

  /** Orders by export, then by all cells. */
  static final class Order implements Comparator<ExportRow>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final RowOrder CELLS = new RowOrder();

    @Override
    public int compare(ExportRow a, ExportRow b) {
      int byExport = Integer.compare(a.export(), b.export());
      return byExport != 0 ? byExport : CELLS.compare(a.row(), b.row());
    }
  }
}
