package org.rtpipeline.dvh;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One constraint judged on one region.
 *
 * @param head what every row begins with
 * @param roi the region
 * @param source objects behind the number
 * @param constraintSet name of the set
 * @param constraint what was asked
 * @param value what the metric came to
 */
public record DvhConstraintRow(
    RowHead head,
    RoiName roi,
    DvhSource source,
    String constraintSet,
    DoseConstraint constraint,
    MetricValue value)
    implements TableRecord {

  /** The table of these rows. */
  public static final TableSchema<DvhConstraintRow> SCHEMA =
      new TableSchema<>(
          "dvh_constraints",
          "Constraints that the job asks for, judged, one per region and row",
          List.of(
              "course_key",
              "structure_set_uid",
              "dose_uid",
              "roi_number",
              "constraint_set",
              "constraint",
              "endpoint"),
          columns());

  /** Rows of all constraints of a set that are about a region. */
  public static List<DvhConstraintRow> of(
      RowHead head, RoiName roi, DvhSource source, ConstraintSet set, MetricSource from) {
    return set.about(roi).stream()
        .map(
            constraint ->
                new DvhConstraintRow(
                    head, roi, source, set.name(), constraint, constraint.metric().of(from)))
        .toList();
  }

  /** The same for a region that was not computed. */
  static List<DvhConstraintRow> notComputed(
      RowHead head, RoiName roi, DvhSource source, ConstraintSet set, String reason) {
    return set.about(roi).stream()
        .map(
            constraint ->
                new DvhConstraintRow(
                    head, roi, source, set.name(), constraint, constraint.metric().missing(reason)))
        .toList();
  }

  @Override
  public TableSchema<DvhConstraintRow> schema() {
    return SCHEMA;
  }

  private static List<Column<DvhConstraintRow>> columns() {
    List<Column<DvhConstraintRow>> columns =
        new ArrayList<>(RowHead.columns(DvhConstraintRow::head));
    text(
        columns,
        "structure_set_uid",
        "SOP instance UID of the RTSTRUCT",
        row -> row.source.structures().uid());
    columns.add(
        new Column<>(
            "roi_number",
            Column.Type.INTEGER,
            "",
            "ROI number (3006,0022)",
            row -> row.roi.number()));
    text(columns, "roi_name", "ROI name (3006,0026) as it stands", row -> row.roi.name());
    text(
        columns,
        "dose_uid",
        "SOP instance UID of the RTDOSE, or key of the sum",
        row -> row.source.dose().uid());
    text(columns, "constraint_set", "Name of the set", DvhConstraintRow::constraintSet);
    text(columns, "structure", "Structure in the set", row -> row.constraint.structure());
    text(columns, "constraint", "Metric, bound and limit", row -> row.constraint.text());
    text(
        columns,
        "metric",
        "Metric in the grammar of TG-263",
        row -> row.constraint.metric().text());
    text(columns, "bound", "AT_MOST or AT_LEAST", row -> row.constraint.bound().name());
    columns.add(
        new Column<>(
            "limit",
            Column.Type.DOUBLE,
            "",
            "The limit, in the unit of the row",
            row -> row.constraint.limit()));
    columns.add(
        new Column<>(
            "value",
            Column.Type.DOUBLE,
            "",
            "The metric, in the unit of the row",
            row -> row.value.value()));
    text(columns, "unit", "Unit of value and limit", row -> row.value.unit());
    text(
        columns,
        "verdict",
        "PASS, FAIL or NOT_EVALUATED",
        row -> row.constraint.judge(row.value).name());
    text(columns, "endpoint", "What it protects from", row -> row.constraint.endpoint());
    text(columns, "source", "Where the limit is published", row -> row.constraint.source());
    text(columns, "reason", "Why there is no number", row -> row.value.reason());
    return columns;
  }

  private static void text(
      List<Column<DvhConstraintRow>> columns,
      String name,
      String meaning,
      Function<DvhConstraintRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.TEXT, "", meaning, value));
  }
}
