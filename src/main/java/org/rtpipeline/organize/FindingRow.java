package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One finding.
 *
 * @param head the course, or the place of files in no course
 * @param stage which part of the run found it
 * @param finding what was found
 */
public record FindingRow(RowHead head, String stage, Finding finding) implements TableRecord {

  /** Table {@code findings}. */
  public static final TableSchema<FindingRow> SCHEMA =
      new TableSchema<>(
          "findings",
          "One row per finding: what a reader of the results must know",
          List.of("course_key", "stage", "level", "code", "subject", "message"),
          columns());

  @Override
  public TableSchema<FindingRow> schema() {
    return SCHEMA;
  }

  private static List<Column<FindingRow>> columns() {
    List<Column<FindingRow>> columns = new ArrayList<>(RowHead.columns(FindingRow::head));
    columns.add(new Column<>("stage", Column.Type.TEXT, "", "Part of the run", FindingRow::stage));
    columns.add(
        new Column<>(
            "level", Column.Type.TEXT, "", "What follows from it", r -> r.finding.level().name()));
    columns.add(
        new Column<>(
            "code", Column.Type.TEXT, "", "Stable name of the fact", r -> r.finding.code().name()));
    columns.add(
        new Column<>(
            "subject",
            Column.Type.TEXT,
            "",
            "The object, file, ROI or course it is about",
            r -> r.finding.subject()));
    columns.add(
        new Column<>(
            "message",
            Column.Type.TEXT,
            "",
            "Attribute, value seen and what was expected",
            r -> r.finding.message()));
    return columns;
  }
}
