package org.rtpipeline.report;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable.StoredColumn;

/**
 * One column of an export.
 *
 * @param name header
 * @param type what its cells hold
 * @param cell cell of a stored row
 */
record ExportColumn(String name, Column.Type type, Cell cell) implements Serializable {

  /** The cell of an export, made from a stored row. */
  interface Cell extends Serializable {
    @Nullable Object of(StoredRow row);
  }

  StoredColumn stored() {
    return new StoredColumn(name, type);
  }
}
