package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.List;
import org.rtpipeline.model.TableRecord;

/**
 * Rows that a stage made of one course.
 *
 * @param rows of any table of the stage, in a fixed order
 */
public record StageRows(List<TableRecord> rows) implements Serializable {

  /** Copies the list. */
  public StageRows {
    rows = List.copyOf(rows);
  }
}
