package org.rtpipeline.store;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** One row of a table: its cells in the order that was asked for. */
public final class StoredRow implements Serializable {

  private static final long serialVersionUID = 1L;

  private final @Nullable Object[] cells;

  /** Takes the cells as they are: the array is shared. */
  public StoredRow(@Nullable Object[] cells) {
    this.cells = cells;
  }

  /** The cell of a column: text, a number, a truth value or a list; null when empty. */
  public @Nullable Object cell(int column) {
    return cells[column];
  }

  /** All cells; shared, not to be changed. */
  @Nullable Object[] cells() {
    return cells;
  }

  /** How many cells it has. */
  public int width() {
    return cells.length;
  }
}
