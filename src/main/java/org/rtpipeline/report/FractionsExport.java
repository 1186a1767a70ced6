package org.rtpipeline.report;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredTable.StoredColumn;

/**
 * The export {@code fractions}: the table {@code fractions} under the names that users of the
 * Python rtpipeline know from the {@code fractions.xlsx} of a course. The paths of the records are
 * left empty: they may hold names of patients.
 */
final class FractionsExport {

  static final String TABLE = "fractions";

  private final List<StoredColumn> sources = new ArrayList<>();
  private final List<ExportColumn> columns = new ArrayList<>();

  private FractionsExport() {
    source("patient_id", Column.Type.TEXT);
    source("course_label", Column.Type.TEXT);
    source("course_key", Column.Type.TEXT);
    source("plan_uid", Column.Type.TEXT);
    int index = source("fraction_index", Column.Type.INTEGER);
    copy("patient_id", "patient_id", Column.Type.TEXT);
    copy("course_id", "course_label", Column.Type.TEXT);
    copy("treatment_date", "treatment_date", Column.Type.TEXT);
    copy("treatment_time", "time_start", Column.Type.TEXT);
    copy("treatment_time_end", "time_end", Column.Type.TEXT);
    copy("plan_sop", "plan_uid", Column.Type.TEXT);
    int number = source("fraction_number", Column.Type.INTEGER);
    columns.add(
        new ExportColumn(
            "fraction_number",
            Column.Type.INTEGER,
            row -> row.cell(number) == null ? row.cell(index) : row.cell(number)));
    joined("treatment_machine", "machines");
    columns.add(new ExportColumn("source_path", Column.Type.TEXT, row -> null));
    columns.add(new ExportColumn("source_paths_all", Column.Type.TEXT, row -> null));
    int uids = source("record_uids", Column.Type.TEXT_LIST);
    columns.add(
        new ExportColumn(
            "sop_instance_uid",
            Column.Type.TEXT,
            row -> row.cell(uids) instanceof List<?> list && !list.isEmpty() ? list.get(0) : null));
    joined("sop_instance_uids_all", "record_uids");
    copy("delivered_dose_gy", "delivered_dose_gy", Column.Type.DOUBLE);
    copy("beam_meterset", "delivered_mu", Column.Type.DOUBLE);
    copy("records_merged", "records", Column.Type.INTEGER);
    joined("component_times", "record_times");
    joined("verification_status", "verification_statuses");
    joined("termination_status", "termination_statuses");
  }

  static ExportTable export() {
    FractionsExport fractions = new FractionsExport();
    return new ExportTable(TABLE, fractions.sources, -1, fractions.columns);
  }

  private void copy(String old, String ours, Column.Type type) {
    int at = source(ours, type);
    columns.add(new ExportColumn(old, type, row -> row.cell(at)));
  }

  /** A list as one text, parted by semicolons as in the old file. */
  private void joined(String old, String ours) {
    int at = source(ours, Column.Type.TEXT_LIST);
    columns.add(
        new ExportColumn(
            old,
            Column.Type.TEXT,
            row -> {
              Object list = row.cell(at);
              return list == null ? null : CellText.plain(list);
            }));
  }

  private int source(String name, Column.Type type) {
    StoredColumn column = new StoredColumn(name, type);
    int known = sources.indexOf(column);
    if (known < 0) {
      sources.add(column);
      return sources.size() - 1;
    }
    return known;
  }
}
