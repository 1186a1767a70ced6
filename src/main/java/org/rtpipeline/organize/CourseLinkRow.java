package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.SeriesClass;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * Why one object or image series is in its course.
 *
 * @param head the course
 * @param link why
 */
public record CourseLinkRow(RowHead head, CourseLink link) implements TableRecord {

  /** Table {@code course_links}. */
  public static final TableSchema<CourseLinkRow> SCHEMA =
      new TableSchema<>(
          "course_links",
          "One row per radiotherapy object and image series of a course: the rule that linked it",
          List.of("course_key", "subject", "uid"),
          columns());

  @Override
  public TableSchema<CourseLinkRow> schema() {
    return SCHEMA;
  }

  private static List<Column<CourseLinkRow>> columns() {
    List<Column<CourseLinkRow>> columns = new ArrayList<>(RowHead.columns(CourseLinkRow::head));
    columns.add(
        text(
            "subject",
            "STRUCTURE_SET, DOSE, PLAN, RECORD, REGISTRATION, SEGMENTATION or IMAGE_SERIES",
            r -> r.link.subject().name()));
    columns.add(text("uid", "SOP instance, or series instance of images", r -> r.link.uid()));
    columns.add(text("link_rule", "What led to the course", r -> r.link.rule().name()));
    columns.add(
        text(
            "through_uid",
            "Object, study or frame of reference that led there; empty when it makes the course",
            r -> r.link.through()));
    columns.add(
        text(
            "series_class",
            "What images are for; empty for other objects",
            r -> name(r.link.seriesClass())));
    columns.add(
        text("note", "What decided the class, or the choice of course", r -> r.link.note()));
    return columns;
  }

  private static @Nullable String name(@Nullable SeriesClass seriesClass) {
    return seriesClass == null ? null : seriesClass.name();
  }

  private static Column<CourseLinkRow> text(
      String name, String meaning, Function<CourseLinkRow, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT, "", meaning, value);
  }
}
