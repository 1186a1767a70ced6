package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * What one stage made of one course.
 *
 * @param head the course, the key of the stage's result, the outcome and its findings
 * @param stage the stage
 * @param resultRows rows that the stage handed on
 * @param reason one sentence when the stage is not done, else empty
 */
public record OutcomeRow(RowHead head, String stage, int resultRows, String reason)
    implements TableRecord {

  /** Table {@code outcomes}. */
  public static final TableSchema<OutcomeRow> SCHEMA =
      new TableSchema<>(
          "outcomes",
          "One row per course and stage: done, skipped or failed, and why",
          List.of("course_key", "stage"),
          columns());

  @Override
  public TableSchema<OutcomeRow> schema() {
    return SCHEMA;
  }

  private static List<Column<OutcomeRow>> columns() {
    List<Column<OutcomeRow>> columns = new ArrayList<>(RowHead.columns(OutcomeRow::head));
    columns.add(new Column<>("stage", Column.Type.TEXT, "", "The stage", OutcomeRow::stage));
    columns.add(
        new Column<>(
            "result_rows",
            Column.Type.INTEGER,
            "",
            "Rows that the stage handed on",
            OutcomeRow::resultRows));
    columns.add(
        new Column<>(
            "reason",
            Column.Type.TEXT,
            "",
            "Why the stage is not done; empty when it is",
            OutcomeRow::reason));
    return columns;
  }
}
