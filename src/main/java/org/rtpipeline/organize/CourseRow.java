package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One course: what it has, which CT and doses count, and why.
 *
 * @param head the course, and what became of it as a whole
 * @param course the course itself
 */
public record CourseRow(RowHead head, Course course) implements TableRecord {

  /** Table {@code courses}. */
  public static final TableSchema<CourseRow> SCHEMA =
      new TableSchema<>(
          "courses",
          "One row per course: what it has, which CT and doses count, and why",
          List.of("course_key"),
          columns());

  /** The row of a course whose stages ended in an outcome. */
  public static CourseRow of(Course course, String stageKey, Outcome.Kind outcome) {
    List<Finding.Code> codes = course.findings().stream().map(Finding::code).distinct().toList();
    return new CourseRow(
        new RowHead(course.id(), course.patientId(), course.label(), stageKey, outcome, codes),
        course);
  }

  @Override
  public TableSchema<CourseRow> schema() {
    return SCHEMA;
  }

  private static List<Column<CourseRow>> columns() {
    List<Column<CourseRow>> columns = new ArrayList<>(RowHead.columns(CourseRow::head));
    columns.add(text("planning_ct_series_uid", "Series of the planning CT", r -> series(r.course)));
    columns.add(
        count(
            "planning_ct_slices",
            "Images of the planning CT",
            r -> r.course.planningCt() == null ? 0 : r.course.planningCt().instances().size()));
    columns.add(
        texts(
            "structure_set_uids", "Structure sets", r -> uids(r.course.objects().structureSets())));
    columns.add(texts("plan_uids", "Plans", r -> uids(r.course.objects().plans())));
    columns.add(texts("dose_uids", "Doses", r -> uids(r.course.objects().doses())));
    columns.add(texts("record_uids", "Treatment records", r -> uids(r.course.objects().records())));
    columns.add(
        texts("registration_uids", "Registrations", r -> uids(r.course.objects().registrations())));
    columns.add(
        texts("segmentation_uids", "Segmentations", r -> uids(r.course.objects().segmentations())));
    columns.add(
        texts(
            "other_series_uids",
            "Further image series",
            r -> r.course.otherSeries().stream().map(ImageSeries::seriesUid).toList()));
    columns.add(
        texts(
            "has",
            "What the course has: CT, MR, PT, STRUCTURES, DOSE, PLAN, RECORDS, REGISTRATION,"
                + " SEGMENTATION",
            r -> has(r.course)));
    columns.add(
        text("dose_rule", "How the dose was chosen", r -> r.course.doseDecision().rule().name()));
    columns.add(
        text("dose_reason", "Evidence for the choice", r -> r.course.doseDecision().reason()));
    columns.add(
        texts(
            "chosen_dose_uids",
            "Doses that count; several are summed",
            r -> r.course.doseDecision().chosenUids()));
    columns.add(
        texts(
            "excluded_dose_uids",
            "Doses that do not count",
            r -> r.course.doseDecision().excludedUids()));
    columns.add(
        texts(
            "dose_evidence",
            "What spoke for a sum (+), a replan (-) or against both (!), with its weight",
            r -> r.course.doseDecision().evidence().stream().map(CourseRow::words).toList()));
    columns.add(
        text(
            "dose_confidence",
            "How much stands behind the choice: NONE, MODERATE or HIGH",
            r -> r.course.doseDecision().confidence().name()));
    columns.add(
        text(
            "dose_class_python",
            "The class that the Python rtpipeline has for such a choice",
            r -> r.course.doseDecision().rule().pythonClass()));
    return columns;
  }

  private static String words(DoseDecision.Evidence evidence) {
    String sign =
        switch (evidence.meaning()) {
          case SUM -> "+" + evidence.weight();
          case REPLAN -> "-" + evidence.weight();
          case SEPARATE -> "!";
          case NEUTRAL -> "0";
        };
    return sign + " " + evidence.kind() + ": " + evidence.text();
  }

  private static @Nullable String series(Course course) {
    ImageSeries ct = course.planningCt();
    return ct == null ? null : ct.seriesUid();
  }

  private static List<String> has(Course course) {
    Course.Objects objects = course.objects();
    Stream<String> images = course.series().map(ImageSeries::modality);
    Stream<String> others =
        Stream.of(
                objects.structureSets().isEmpty() ? "" : "STRUCTURES",
                objects.doses().isEmpty() ? "" : "DOSE",
                objects.plans().isEmpty() ? "" : "PLAN",
                objects.records().isEmpty() ? "" : "RECORDS",
                objects.registrations().isEmpty() ? "" : "REGISTRATION",
                objects.segmentations().isEmpty() ? "" : "SEGMENTATION")
            .filter(word -> !word.isEmpty());
    return Stream.concat(images.distinct().sorted(), others).toList();
  }

  private static List<String> uids(List<InstanceHeader> headers) {
    return headers.stream().map(InstanceHeader::sopInstanceUid).toList();
  }

  private static Column<CourseRow> text(
      String name, String meaning, Function<CourseRow, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT, "", meaning, value);
  }

  private static Column<CourseRow> texts(
      String name, String meaning, Function<CourseRow, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT_LIST, "", meaning, value);
  }

  private static Column<CourseRow> count(
      String name, String meaning, Function<CourseRow, @Nullable Object> value) {
    return new Column<>(name, Column.Type.INTEGER, "", meaning, value);
  }
}
