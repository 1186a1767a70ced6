package org.rtpipeline.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rtpipeline.model.Column;
import org.rtpipeline.report.CourseSection.Chart;
import org.rtpipeline.report.CourseSection.Fact;
import org.rtpipeline.report.CourseSection.Region;
import org.rtpipeline.store.StoredRow;

/** Makes the part of the report about one course from its rows of {@code dvh} and its curves. */
final class CourseSections {

  /** Columns of table {@code dvh} that the report reads. */
  static final ReadColumns DVH =
      ReadColumns.texts(
              "patient_id",
              "course_label",
              "course_key",
              "structure_set_uid",
              "dose_uid",
              "structure_set_label",
              "segmentation_source",
              "structure_rule",
              "structure_reason",
              "dose_rule",
              "dose_reason",
              "dose_summation_type",
              "rx_source",
              "end_caps",
              "between_planes",
              "roi_name",
              "roi_type",
              "reason")
          .with(Column.Type.INTEGER, "roi_number")
          .with(Column.Type.TEXT_LIST, "findings")
          .with(Column.Type.DOUBLE, "rx_gy")
          .with(Column.Type.DOUBLE, ReportMeasure.ALL.stream().map(ReportMeasure::column).toList());

  /** Columns of table {@code dvh_curves} that the report reads. */
  static final ReadColumns CURVES =
      ReadColumns.texts("course_key", "structure_set_uid", "dose_uid")
          .with(Column.Type.INTEGER, "roi_number")
          .with(Column.Type.DOUBLE_LIST, "dose_gy", "volume_cm3");

  private static final Comparator<StoredRow> BY_NUMBER =
      Comparator.comparing((StoredRow row) -> number(DVH, row)).thenComparing(new RowOrder());

  private CourseSections() {}

  /** Names of the course that a row of table {@code dvh} is about. */
  static CoursePlace place(StoredRow row) {
    return new CoursePlace(
        DVH.text(row, "patient_id"), DVH.text(row, "course_label"), DVH.text(row, "course_key"));
  }

  /** Whether a row of table {@code dvh} is about a region. */
  static boolean isOfRegion(StoredRow row) {
    return DVH.cell(row, "roi_number") != null;
  }

  /** The section of a course; rows in any order. */
  static CourseSection of(
      CoursePlace place,
      Iterable<StoredRow> rows,
      Iterable<StoredRow> curves,
      Iterable<StoredRow> constraints) {
    Map<String, List<StoredRow>> charts = new TreeMap<>();
    for (StoredRow row : rows) {
      charts.computeIfAbsent(chartKey(DVH, row), key -> new ArrayList<>()).add(row);
    }
    Map<String, StoredRow> curveOf = new HashMap<>();
    for (StoredRow curve : curves) {
      curveOf.put(chartKey(CURVES, curve) + "\n" + number(CURVES, curve), curve);
    }
    Map<String, List<StoredRow>> judged = new HashMap<>();
    for (StoredRow row : constraints) {
      judged
          .computeIfAbsent(chartKey(ConstraintVerdicts.COLUMNS, row), key -> new ArrayList<>())
          .add(row);
    }
    return new CourseSection(
        place,
        charts.entrySet().stream()
            .map(
                chart ->
                    chart(
                        chart.getKey(),
                        chart.getValue(),
                        curveOf,
                        judged.getOrDefault(chart.getKey(), List.of())))
            .toList());
  }

  private static Chart chart(
      String key,
      List<StoredRow> rows,
      Map<String, StoredRow> curveOf,
      List<StoredRow> constraints) {
    List<StoredRow> ordered = rows.stream().sorted(BY_NUMBER).toList();
    List<Region> regions = new ArrayList<>();
    List<StoredRow> curves = new ArrayList<>();
    for (StoredRow row : ordered) {
      regions.add(region(row, regions.size()));
      StoredRow none = new StoredRow(new Object[] {null, null, null, null, null, null});
      curves.add(curveOf.getOrDefault(key + "\n" + number(DVH, row), none));
    }
    return new Chart(
        facts(ordered.get(0)), regions, ConstraintVerdicts.of(constraints), dataJson(curves));
  }

  private static Region region(StoredRow row, int index) {
    return new Region(
        DVH.text(row, "roi_name"),
        DVH.text(row, "roi_type"),
        LineStyle.of(index),
        ReportMeasure.ALL.stream().map(m -> m.text(DVH.cell(row, m.column()))).toList(),
        note(row));
  }

  private static String note(StoredRow row) {
    Stream<String> codes = DVH.list(row, "findings").stream().map(String::valueOf);
    return String.join(
        "; ",
        Stream.concat(Stream.of(DVH.text(row, "reason")), codes)
            .filter(text -> !text.isBlank())
            .toList());
  }

  private static List<Fact> facts(StoredRow row) {
    String rx = DVH.text(row, "rx_gy");
    return Stream.of(
            new Fact(
                "Structure set",
                joined(
                    DVH.text(row, "structure_set_label"),
                    DVH.text(row, "segmentation_source"),
                    DVH.text(row, "structure_reason"))),
            new Fact(
                "Dose", joined(DVH.text(row, "dose_summation_type"), DVH.text(row, "dose_reason"))),
            new Fact(
                "Prescription", joined(rx.isBlank() ? "" : rx + " Gy", DVH.text(row, "rx_source"))),
            assumed(row, "Ends", "end_caps"),
            assumed(row, "Between planes", "between_planes"))
        .filter(fact -> !fact.text().isBlank())
        .toList();
  }

  private static Fact assumed(StoredRow row, String name, String column) {
    return new Fact(name, Assumption.withWord(column, DVH.text(row, column)));
  }

  private static String joined(String... parts) {
    return String.join(", ", Stream.of(parts).filter(part -> !part.isBlank()).toList());
  }

  private static String dataJson(List<StoredRow> curves) {
    double highestGy =
        curves.stream()
            .flatMap(curve -> CURVES.list(curve, "dose_gy").stream())
            .mapToDouble(dose -> ((Number) dose).doubleValue())
            .max()
            .orElse(0);
    double stepGy = CurvePoints.stepGy(highestGy);
    return "{\"stepGy\":"
        + CellText.number(stepGy)
        + ",\"volumePct\":["
        + String.join(
            ",",
            curves.stream()
                .map(
                    curve ->
                        CurvePoints.json(
                            CURVES.list(curve, "dose_gy"),
                            CURVES.list(curve, "volume_cm3"),
                            stepGy))
                .toList())
        + "]}";
  }

  private static String chartKey(ReadColumns columns, StoredRow row) {
    return columns.text(row, "structure_set_uid") + "\n" + columns.text(row, "dose_uid");
  }

  private static int number(ReadColumns columns, StoredRow row) {
    return columns.cell(row, "roi_number") instanceof Integer number ? number : -1;
  }
}
