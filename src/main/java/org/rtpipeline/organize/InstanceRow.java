package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One file that the scan saw, and where it ended.
 *
 * @param head its course, or the place of files in no course
 * @param use what the scan made of it
 * @param file the file
 * @param header its header; null unless used
 * @param message why it is in no course; null when it is in one
 */
public record InstanceRow(
    RowHead head,
    ScannedFile.Use use,
    FileRef file,
    @Nullable InstanceHeader header,
    @Nullable String message)
    implements TableRecord {

  /** Table {@code instances}. */
  public static final TableSchema<InstanceRow> SCHEMA =
      new TableSchema<>(
          "instances",
          "One row per file of the input: the catalogue of instances",
          List.of("course_key", "uri"),
          columns());

  @Override
  public TableSchema<InstanceRow> schema() {
    return SCHEMA;
  }

  private static List<Column<InstanceRow>> columns() {
    List<Column<InstanceRow>> columns = new ArrayList<>(RowHead.columns(InstanceRow::head));
    columns.add(
        new Column<>(
            "file_use",
            Column.Type.TEXT,
            "",
            "USED, IGNORED or REJECTED by the scan",
            r -> r.use.name()));
    columns.add(
        new Column<>("uri", Column.Type.TEXT, "", "Where the file lies", r -> r.file.uri()));
    columns.add(
        new Column<>(
            "size_bytes", Column.Type.LONG, "byte", "Length of the file", r -> r.file.sizeBytes()));
    columns.add(
        new Column<>(
            "modified_ms",
            Column.Type.LONG,
            "ms",
            "Modification time since 1970-01-01 UTC",
            r -> r.file.modifiedMillis()));
    columns.add(text("sop_class_uid", "SOP class (0008,0016)", InstanceHeader::sopClassUid));
    columns.add(
        text("sop_instance_uid", "SOP instance (0008,0018)", InstanceHeader::sopInstanceUid));
    columns.add(text("modality", "Modality (0008,0060)", InstanceHeader::modality));
    columns.add(text("study_uid", "Study (0020,000D)", InstanceHeader::studyUid));
    columns.add(text("series_uid", "Series (0020,000E)", InstanceHeader::seriesUid));
    columns.add(
        text(
            "frame_of_reference_uid",
            "Frame of reference (0020,0052)",
            InstanceHeader::frameOfReferenceUid));
    columns.add(
        new Column<>(
            "message", Column.Type.TEXT, "", "Why the file is in no course", InstanceRow::message));
    return columns;
  }

  private static Column<InstanceRow> text(String name, String meaning, HeaderText value) {
    return new Column<>(
        name,
        Column.Type.TEXT,
        "",
        meaning,
        row -> row.header == null ? null : value.of(row.header));
  }

  /** One text of a header. */
  private interface HeaderText {
    @Nullable String of(InstanceHeader header);
  }
}
