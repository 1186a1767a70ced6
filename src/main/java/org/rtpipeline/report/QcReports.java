package org.rtpipeline.report;

import java.util.List;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredTable.StoredColumn;

/**
 * The export {@code qc_reports}: the table {@code qc_summary} under the names that users of the
 * Python rtpipeline know.
 */
final class QcReports {

  static final String TABLE = "qc_summary";

  private QcReports() {}

  static ExportTable export() {
    List<StoredColumn> sources =
        List.of(
            text("patient_id"),
            text("course_label"),
            text("course_key"),
            text("overall_status"),
            text("structure_cropping"),
            text("checks"));
    return new ExportTable(
        "qc_reports",
        sources,
        -1,
        List.of(
            copy("patient_id", 0),
            copy("course_id", 1),
            new ExportColumn(
                "report_name",
                Column.Type.TEXT,
                row -> "qc_report_" + row.cell(0) + "_" + row.cell(1)),
            copy("overall_status", 3),
            copy("structure_cropping", 4),
            copy("checks", 5)));
  }

  private static StoredColumn text(String name) {
    return new StoredColumn(name, Column.Type.TEXT);
  }

  private static ExportColumn copy(String name, int at) {
    return new ExportColumn(name, Column.Type.TEXT, row -> row.cell(at));
  }
}
