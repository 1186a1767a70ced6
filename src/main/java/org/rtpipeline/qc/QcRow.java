package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One result of one check.
 *
 * @param head what every row begins with
 * @param result the result
 */
public record QcRow(RowHead head, QcResult result) implements TableRecord {

  /** Table {@code qc}. */
  public static final TableSchema<QcRow> SCHEMA =
      new TableSchema<>(
          "qc",
          "One row per check and object of every course: what was seen, what was expected, and the"
              + " level",
          List.of("course_key", "check", "subject"),
          columns());

  @Override
  public TableSchema<QcRow> schema() {
    return SCHEMA;
  }

  private static List<Column<QcRow>> columns() {
    List<Column<QcRow>> columns = new ArrayList<>(RowHead.columns(QcRow::head));
    text(
        columns,
        "check_group",
        "What the check is about",
        row -> row.result.check().group().word());
    text(columns, "check", "Code of the check", row -> row.result.check().name());
    text(
        columns,
        "level",
        "PASS, NOT_EVALUATED, INFO, WARNING or FAIL",
        row -> row.result.level().name());
    text(
        columns,
        "subject",
        "SOP instance or series UID, with # and the ROI number for a region; the course key, with #"
            + " and the region of the body for its landmarks",
        row -> row.result.subject());
    text(columns, "value", "What was seen", row -> row.result.value());
    text(columns, "expected", "What would have passed", row -> row.result.expected());
    return columns;
  }

  private static void text(
      List<Column<QcRow>> columns,
      String name,
      String meaning,
      Function<QcRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.TEXT, "", meaning, value));
  }
}
