package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts.Image;
import org.rtpipeline.model.ObjectFacts.PlanFacts;
import org.rtpipeline.model.ObjectFacts.Structures;
import org.rtpipeline.model.Reference.Role;
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
    facts(columns);
    columns.add(
        new Column<>(
            "message", Column.Type.TEXT, "", "Why the file is in no course", InstanceRow::message));
    return columns;
  }

  private static void facts(List<Column<InstanceRow>> columns) {
    String unless = "; empty unless privacy.personal-data = keep";
    columns.add(
        fact(
            "series_number",
            Column.Type.INTEGER,
            "Series number (0020,0011) of images",
            h -> h.facts() instanceof Image image ? image.seriesNumber() : null));
    columns.add(
        fact(
            "instance_number",
            Column.Type.INTEGER,
            "Instance number (0020,0013) of images",
            h -> h.facts() instanceof Image image ? image.instanceNumber() : null));
    columns.add(
        fact(
            "label",
            Column.Type.TEXT,
            "RT plan label (300A,0002) or structure set label (3006,0002)",
            h -> of(h, PlanFacts::label, Structures::label)));
    columns.add(
        fact(
            "date",
            Column.Type.TEXT,
            "RT plan date (300A,0006) or structure set date (3006,0008)",
            h -> of(h, PlanFacts::date, Structures::date)));
    columns.add(
        fact(
            "approval_status",
            Column.Type.TEXT,
            "Approval status (300E,0002) of plans and structure sets",
            h -> of(h, PlanFacts::approvalStatus, Structures::approvalStatus)));
    columns.add(
        fact(
            "dose_references",
            Column.Type.TEXT_LIST,
            "Dose reference descriptions (300A,0016) of plans",
            h ->
                h.facts() instanceof PlanFacts plan
                    ? plan.prescriptions().stream()
                        .flatMap(p -> Stream.ofNullable(p.description()))
                        .toList()
                    : null));
    columns.add(
        fact(
            "plan_uids",
            Column.Type.TEXT_LIST,
            "Plans that a dose or a treatment record refers to",
            h -> h.facts() instanceof PlanFacts ? null : h.referenced(Role.PLAN).toList()));
    columns.add(
        fact(
            "roi_names",
            Column.Type.TEXT_LIST,
            "ROI names (3006,0026) of structure sets",
            h -> h.facts() instanceof Structures structures ? structures.roiNames() : null));
    columns.add(
        fact(
            "patient_sex",
            Column.Type.TEXT,
            "Sex (0010,0040) as plans say",
            h -> h.facts() instanceof PlanFacts plan ? plan.person().sex() : null));
    columns.add(
        fact(
            "patient_birth_date",
            Column.Type.TEXT,
            "Birth date (0010,0030) as plans say" + unless,
            h -> h.facts() instanceof PlanFacts plan ? shown(plan.person().birthDate()) : null));
    columns.add(
        fact(
            "other_patient_ids",
            Column.Type.TEXT_LIST,
            "Other patient IDs (0010,1000) as plans say" + unless,
            h -> h.facts() instanceof PlanFacts plan ? plan.person().otherIds() : null));
  }

  /** What plans and structure sets both have, as text. */
  private static @Nullable String of(
      InstanceHeader header,
      Function<PlanFacts, @Nullable Object> ofPlan,
      Function<Structures, @Nullable Object> ofStructures) {
    if (header.facts() instanceof PlanFacts plan) {
      return shown(ofPlan.apply(plan));
    }
    return header.facts() instanceof Structures structures
        ? shown(ofStructures.apply(structures))
        : null;
  }

  private static @Nullable String shown(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static Column<InstanceRow> fact(
      String name,
      Column.Type type,
      String meaning,
      Function<InstanceHeader, @Nullable Object> value) {
    return new Column<>(
        name, type, "", meaning, row -> row.header == null ? null : value.apply(row.header));
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
