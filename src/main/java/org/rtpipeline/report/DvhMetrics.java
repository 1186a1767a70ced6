package org.rtpipeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.store.StoredTable.StoredColumn;

/**
 * The export {@code dvh_metrics}: the table {@code dvh} under the names and in the order that users
 * of the Python rtpipeline know.
 *
 * <p>Its 146 measures are 26 of dose, volume and coverage and V1Gy to V60Gy in cm³ and in per cent.
 * Two keys stand before them; seven columns of identity, eleven of provenance and three of the
 * cohort stand behind: 169 in all. Per cent of prescription is made here; all else is copied.
 */
final class DvhMetrics {

  private static final String TABLE = "dvh";
  private static final int HIGHEST_V_GY = 60;
  private static final String UNKNOWN = "unknown";

  /** Old name of a dose measure without its unit, and our column. */
  private static final Map<String, String> DOSES = new LinkedHashMap<>();

  static {
    DOSES.put("Dmean", "dmean_gy");
    DOSES.put("Dmax", "dmax_gy");
    DOSES.put("Dmin", "dmin_gy");
    DOSES.put("D95", "d95_gy");
    DOSES.put("D98", "d98_gy");
    DOSES.put("D2", "d2_gy");
    DOSES.put("D50", "d50_gy");
  }

  /** Our words for the way a dose was chosen, and the old ones. */
  private static final Map<String, String> DOSE_RULES =
      Stream.of(DoseDecision.Rule.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  DoseDecision.Rule::name, DoseDecision.Rule::pythonClass));

  /** Our words for the way a structure set was chosen, and the old ones. */
  private static final Map<String, String> STRUCTURE_RULES =
      Map.of(
          "PLAN_REFERENCE", "plan_referenced_rtstruct",
          "SAME_COURSE", "course_rtstruct");

  private final List<StoredColumn> sources = new ArrayList<>();
  private final List<ExportColumn> columns = new ArrayList<>();

  private DvhMetrics() {
    for (String key : List.of("patient_id", "course_label", "course_key", "structure_set_uid")) {
      source(key, Column.Type.TEXT);
    }
    keys();
    doses();
    volumes();
    identity();
    provenance();
    cohort();
    copy("segmentation_model", "segmentation_model", Column.Type.TEXT);
    copy("roi_rx_gy", "roi_rx_gy", Column.Type.DOUBLE);
    copy("roi_v95rx_pct", "roi_v95rx_pct", Column.Type.DOUBLE);
  }

  /** The export; a row without a ROI number tells of a whole course and stays in the tables. */
  static ExportTable export() {
    DvhMetrics metrics = new DvhMetrics();
    return new ExportTable(
        "dvh_metrics",
        metrics.sources,
        metrics.source("roi_number", Column.Type.INTEGER),
        metrics.columns);
  }

  /** Why cells of {@code dvh_metrics} are empty: ROIs with a reason, which the old file lacks. */
  static ExportTable reasons() {
    List<StoredColumn> columns =
        List.of(
            new StoredColumn("patient_id", Column.Type.TEXT),
            new StoredColumn("course_label", Column.Type.TEXT),
            new StoredColumn("course_key", Column.Type.TEXT),
            new StoredColumn("structure_set_uid", Column.Type.TEXT),
            new StoredColumn("roi_number", Column.Type.INTEGER),
            new StoredColumn("roi_name", Column.Type.TEXT),
            new StoredColumn("outcome", Column.Type.TEXT),
            new StoredColumn("findings", Column.Type.TEXT_LIST),
            new StoredColumn("reason", Column.Type.TEXT));
    ExportTable plain = ExportTable.plain("dvh_reasons", columns);
    return new ExportTable(plain.file(), columns, columns.size() - 1, plain.columns());
  }

  /** Name of the table that it is made from. */
  static String table() {
    return TABLE;
  }

  private void keys() {
    source("roi_number", Column.Type.INTEGER);
    copy("patient_id", "patient_id", Column.Type.TEXT);
    copy("course_id", "course_label", Column.Type.TEXT);
  }

  private void doses() {
    DOSES.forEach((old, ours) -> copy(old + "Gy", ours, Column.Type.DOUBLE));
    copy("HI", "hi", Column.Type.DOUBLE);
    copy("SpreadGy", "spread_gy", Column.Type.DOUBLE);
    copy("D1ccGy", "d1cc_gy", Column.Type.DOUBLE);
    copy("D0.1ccGy", "d0p1cc_gy", Column.Type.DOUBLE);
    DOSES.forEach((old, ours) -> relative(old + "%", ours, 100));
    int hi = source("hi", Column.Type.DOUBLE);
    int rx = source("rx_gy", Column.Type.DOUBLE);
    columns.add(
        new ExportColumn(
            "HI%", Column.Type.DOUBLE, row -> row.cell(rx) == null ? null : row.cell(hi)));
    relative("Spread%", "spread_gy", 100);
  }

  private void volumes() {
    copy("Volume (cm³)", "volume_cm3", Column.Type.DOUBLE);
    copy("IntegralDose_Gycm3", "integral_dose_gycm3", Column.Type.DOUBLE);
    copy("V95%Rx (cm³)", "v95rx_cm3", Column.Type.DOUBLE);
    copy("V95%Rx (%)", "v95rx_pct", Column.Type.DOUBLE);
    copy("V100%Rx (cm³)", "v100rx_cm3", Column.Type.DOUBLE);
    copy("V100%Rx (%)", "v100rx_pct", Column.Type.DOUBLE);
    for (int gy = 1; gy <= HIGHEST_V_GY; gy++) {
      copy("V" + gy + "Gy (cm³)", "v" + gy + "gy_cm3", Column.Type.DOUBLE);
    }
    for (int gy = 1; gy <= HIGHEST_V_GY; gy++) {
      copy("V" + gy + "Gy (%)", "v" + gy + "gy_pct", Column.Type.DOUBLE);
    }
  }

  private void identity() {
    copy("ROI_Number", "roi_number", Column.Type.INTEGER);
    int name = source("roi_name", Column.Type.TEXT);
    int touches = source("touches_image_border", Column.Type.BOOLEAN);
    int clipped = source("clipped", Column.Type.BOOLEAN);
    columns.add(
        new ExportColumn(
            "ROI_Name",
            Column.Type.TEXT,
            row ->
                Partial.marked(row.cell(name), Partial.of(row.cell(touches), row.cell(clipped)))));
    copy("ROI_OriginalName", "roi_name", Column.Type.TEXT);
    copy("Segmentation_Source", "segmentation_source", Column.Type.TEXT);
    columns.add(
        new ExportColumn(
            "structure_cropped",
            Column.Type.BOOLEAN,
            row -> Partial.of(row.cell(touches), row.cell(clipped))));
    copy("rtstruct_sop_instance_uid", "structure_set_uid", Column.Type.TEXT);
    columns.add(new ExportColumn("rtstruct_path", Column.Type.TEXT, row -> null));
  }

  private void provenance() {
    int rx = source("rx_gy", Column.Type.DOUBLE);
    columns.add(
        new ExportColumn(
            "rx_source", Column.Type.TEXT, row -> row.cell(rx) == null ? "none" : "rtplan_dicom"));
    translated("dose_resolution", "dose_rule", DOSE_RULES);
    copy("dose_resolution_reason", "dose_reason", Column.Type.TEXT);
    copy("dose_sop_instance_uid", "dose_uid", Column.Type.TEXT);
    copy("dose_summation_type", "dose_summation_type", Column.Type.TEXT);
    copy("source_dose_sop_instance_uids", "source_dose_uids", Column.Type.TEXT_LIST);
    copy("source_dose_summation_types", "source_dose_summation_types", Column.Type.TEXT_LIST);
    copy("source_plan_sop_instance_uids", "source_plan_uids", Column.Type.TEXT_LIST);
    translated("rtstruct_resolution", "structure_rule", STRUCTURE_RULES);
    copy("rtstruct_resolution_reason", "structure_reason", Column.Type.TEXT);
    copy(
        "plan_referenced_rtstruct_sop_instance_uids",
        "plan_structure_set_uids",
        Column.Type.TEXT_LIST);
  }

  private void cohort() {
    for (String name : List.of("contrast_phase", "image_modality", "body_regions")) {
      columns.add(new ExportColumn(name, Column.Type.TEXT, row -> UNKNOWN));
    }
  }

  /** The old file has lists as one text, so text is what these columns hold. */
  private void copy(String old, String ours, Column.Type type) {
    int at = source(ours, type);
    columns.add(
        type == Column.Type.TEXT_LIST
            ? new ExportColumn(
                old,
                Column.Type.TEXT,
                row -> {
                  Object list = row.cell(at);
                  return list == null ? null : CellText.plain(list);
                })
            : new ExportColumn(old, type, row -> row.cell(at)));
  }

  private void translated(String old, String ours, Map<String, String> words) {
    int at = source(ours, Column.Type.TEXT);
    columns.add(
        new ExportColumn(
            old,
            Column.Type.TEXT,
            row -> row.cell(at) instanceof String word ? words.getOrDefault(word, word) : null));
  }

  private void relative(String old, String ours, double scale) {
    int dose = source(ours, Column.Type.DOUBLE);
    int rx = source("rx_gy", Column.Type.DOUBLE);
    columns.add(
        new ExportColumn(
            old,
            Column.Type.DOUBLE,
            row ->
                row.cell(dose) instanceof Double doseGy
                        && row.cell(rx) instanceof Double rxGy
                        && rxGy > 0
                    ? doseGy / rxGy * scale
                    : null));
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
