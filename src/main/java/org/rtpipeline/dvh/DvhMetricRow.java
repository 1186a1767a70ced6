package org.rtpipeline.dvh;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One metric of one region.
 *
 * @param head what every row begins with
 * @param roi the region
 * @param source objects behind the number
 * @param metric the metric in its one written form
 * @param value what it came to
 */
public record DvhMetricRow(
    RowHead head, RoiName roi, DvhSource source, String metric, MetricValue value)
    implements TableRecord {

  /** The table of these rows. */
  public static final TableSchema<DvhMetricRow> SCHEMA =
      new TableSchema<>(
          "dvh_user_metrics",
          "Metrics that the job asks for by name, one per row",
          List.of("course_key", "structure_set_uid", "dose_uid", "roi_number", "metric"),
          columns());

  /** The row of a metric. */
  public static DvhMetricRow of(
      RowHead head, RoiName roi, DvhSource source, DvhMetric metric, MetricSource from) {
    return new DvhMetricRow(head, roi, source, metric.text(), metric.of(from));
  }

  /** The row of a metric of a region that was not computed. */
  static DvhMetricRow notComputed(
      RowHead head, RoiName roi, DvhSource source, DvhMetric metric, String reason) {
    return new DvhMetricRow(head, roi, source, metric.text(), metric.missing(reason));
  }

  @Override
  public TableSchema<DvhMetricRow> schema() {
    return SCHEMA;
  }

  private static List<Column<DvhMetricRow>> columns() {
    List<Column<DvhMetricRow>> columns = new ArrayList<>(RowHead.columns(DvhMetricRow::head));
    columns.add(
        new Column<>(
            "structure_set_uid",
            Column.Type.TEXT,
            "",
            "SOP instance UID of the RTSTRUCT",
            row -> row.source.structures().uid()));
    columns.add(
        new Column<>(
            "roi_number",
            Column.Type.INTEGER,
            "",
            "ROI number (3006,0022)",
            row -> row.roi.number()));
    columns.add(
        new Column<>(
            "roi_name",
            Column.Type.TEXT,
            "",
            "ROI name (3006,0026) as it stands",
            row -> row.roi.name()));
    columns.add(
        new Column<>(
            "dose_uid",
            Column.Type.TEXT,
            "",
            "SOP instance UID of the RTDOSE, or key of the sum",
            row -> row.source.dose().uid()));
    columns.add(
        new Column<>(
            "metric",
            Column.Type.TEXT,
            "",
            "Metric in the grammar of TG-263",
            DvhMetricRow::metric));
    columns.add(
        new Column<>(
            "value",
            Column.Type.DOUBLE,
            "",
            "The number, in the unit of the row",
            row -> row.value.value()));
    columns.add(
        new Column<>("unit", Column.Type.TEXT, "", "Unit of the number", row -> row.value.unit()));
    columns.add(
        new Column<>(
            "reason", Column.Type.TEXT, "", "Why there is no number", row -> row.value.reason()));
    return columns;
  }
}
