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
 * @param structures what structures it worked on
 * @param resultRows rows that the stage handed on
 * @param reason one sentence when the stage is not done, else empty
 */
public record OutcomeRow(
    RowHead head, String stage, Structures structures, int resultRows, String reason)
    implements TableRecord {

  /** Where the structures that a stage works on come from. */
  public enum Structures {
    /** From the input, or from nowhere: the stage needs none. */
    CLINICAL,
    /** From a segmentation of the run. */
    AUTOMATIC
  }

  /** Table {@code outcomes}. */
  public static final TableSchema<OutcomeRow> SCHEMA =
      new TableSchema<>(
          "outcomes",
          "One row per course, stage and kind of structures: done, skipped or failed, and why",
          List.of("course_key", "stage", "structures", "stage_key"),
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
            "structures",
            Column.Type.TEXT,
            "",
            "AUTOMATIC for structures that the run has found, else CLINICAL",
            row -> row.structures.name()));
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
