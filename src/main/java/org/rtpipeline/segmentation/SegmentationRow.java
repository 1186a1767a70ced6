package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StructureCode;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * Size and density of one structure that was looked for.
 *
 * @param head what every row begins with
 * @param made what made the structure
 * @param structure the structure; null in the row of a course that was not segmented
 * @param measure its numbers; null in the row of a course that was not segmented
 * @param reason one sentence when a cell is missing; null when none is
 */
public record SegmentationRow(
    RowHead head,
    Made made,
    @Nullable LabelledStructure structure,
    @Nullable StructureMeasure measure,
    @Nullable String reason)
    implements TableRecord {

  /** The table of these rows. */
  public static final TableSchema<SegmentationRow> SCHEMA =
      new TableSchema<>(
          "structures",
          "Size and density of the structures found by segmentation",
          List.of("course_key", "series_uid", "back_end", "roi_number"),
          columns());

  /**
   * What made the structures of a course.
   *
   * @param seriesUid image series (0020,000E)
   * @param structureSetUid SOP instance UID of the structure set; null when none was written
   * @param backEnd name of the back end
   * @param version of its method or model
   * @param device kind of device it ran on
   */
  public record Made(
      String seriesUid,
      @Nullable String structureSetUid,
      String backEnd,
      String version,
      Device.Kind device)
      implements java.io.Serializable {}

  /**
   * The rows of a segmented image, one for each structure, found or not.
   *
   * @param imageValues HU for CT, on the grid of the labels
   */
  public static List<SegmentationRow> of(
      RowHead head, Made made, LabelMap labels, float[] imageValues) {
    List<SegmentationRow> rows = new ArrayList<>();
    for (LabelledStructure structure : labels.structures()) {
      StructureMeasure measure = StructureMeasure.of(labels, structure, imageValues);
      rows.add(
          new SegmentationRow(
              head,
              made,
              structure,
              measure,
              measure.voxels() == 0 ? "the structure was not found in the image" : null));
    }
    return rows;
  }

  /** The row of a course that was not segmented. */
  public static SegmentationRow notComputed(RowHead head, Made made, String reason) {
    return new SegmentationRow(head, made, null, null, reason);
  }

  /** Name of the structure if it was found. */
  public Optional<String> foundName() {
    return structure == null || measure == null || measure.voxels() == 0
        ? Optional.empty()
        : Optional.of(structure.name());
  }

  @Override
  public TableSchema<SegmentationRow> schema() {
    return SCHEMA;
  }

  private static List<Column<SegmentationRow>> columns() {
    List<Column<SegmentationRow>> columns = new ArrayList<>(RowHead.columns(SegmentationRow::head));
    text(columns, "series_uid", "Image series (0020,000E)", row -> row.made.seriesUid());
    text(
        columns,
        "structure_set_uid",
        "SOP instance UID of the RTSTRUCT made of the labels",
        row -> row.made.structureSetUid());
    text(columns, "back_end", "What made the labels", row -> row.made.backEnd());
    text(columns, "back_end_version", "Version of its method or model", row -> row.made.version());
    text(columns, "device", "CPU or GPU", row -> row.made.device().name());
    add(
        columns,
        Column.Type.INTEGER,
        "roi_number",
        "",
        "Number of the structure, and its ROI number (3006,0022)",
        ofStructure(LabelledStructure::number));
    text(columns, "roi_name", "Name of the structure", ofStructure(LabelledStructure::name));
    text(
        columns,
        "description",
        "How it was found and what it is not",
        ofStructure(LabelledStructure::description));
    text(
        columns,
        "code_value",
        "Code value (0008,0100) of what it is, SNOMED CT unless the scheme says otherwise",
        ofStructure(structure -> structure.code().type().value()));
    text(
        columns,
        "code_meaning",
        "Code meaning (0008,0104), with the side where it has one",
        ofStructure(structure -> meaning(structure.code())));
    add(
        columns,
        Column.Type.LONG,
        "voxels",
        "",
        "Voxels of the structure",
        ofMeasure(StructureMeasure::voxels));
    add(
        columns,
        Column.Type.DOUBLE,
        "volume_cm3",
        "cm3",
        "Volume of its voxels",
        ofMeasure(StructureMeasure::volumeCm3));
    add(
        columns,
        Column.Type.DOUBLE,
        "mean_hu",
        "HU",
        "Mean of the image over its voxels; values of the modality for MR",
        ofMeasure(StructureMeasure::meanHu));
    add(
        columns,
        Column.Type.BOOLEAN,
        "touches_image_border",
        "",
        "The structure reaches the border of the image and may be cut off",
        ofMeasure(StructureMeasure::touchesBorder));
    text(columns, "reason", "Why a cell is missing", SegmentationRow::reason);
    return columns;
  }

  private static String meaning(StructureCode code) {
    return code.laterality() == null
        ? code.type().meaning()
        : code.type().meaning() + ", " + code.laterality().meaning();
  }

  private static Function<SegmentationRow, @Nullable Object> ofStructure(
      Function<LabelledStructure, @Nullable Object> value) {
    return row -> row.structure == null ? null : value.apply(row.structure);
  }

  private static Function<SegmentationRow, @Nullable Object> ofMeasure(
      Function<StructureMeasure, @Nullable Object> value) {
    return row -> row.measure == null ? null : value.apply(row.measure);
  }

  private static void text(
      List<Column<SegmentationRow>> columns,
      String name,
      String meaning,
      Function<SegmentationRow, @Nullable Object> value) {
    add(columns, Column.Type.TEXT, name, "", meaning, value);
  }

  private static void add(
      List<Column<SegmentationRow>> columns,
      Column.Type type,
      String name,
      String unit,
      String meaning,
      Function<SegmentationRow, @Nullable Object> value) {
    columns.add(new Column<>(name, type, unit, meaning, value));
  }
}
