package org.rtpipeline.structures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StandardName;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * What one region of the input is called.
 *
 * @param head what every row begins with
 * @param structureSetUid its structure set or segmentation
 * @param segmentationSource what kind of object that is: Manual or SEG
 * @param roiNumber its ROI number
 * @param roiName as it stands
 * @param standardName null when no name map knows it
 */
public record StructureNameRow(
    RowHead head,
    String structureSetUid,
    String segmentationSource,
    int roiNumber,
    String roiName,
    @Nullable StandardName standardName)
    implements TableRecord {

  /** Table {@code structure_names}. */
  public static final TableSchema<StructureNameRow> SCHEMA =
      new TableSchema<>(
          "structure_names",
          "What every region of the input is called, and its standard name; made by the stage qc",
          List.of("course_key", "structure_set_uid", "roi_number"),
          columns());

  /**
   * The rows of a structure set whose regions have their standard names.
   *
   * @param source what the column {@code segmentation_source} says
   */
  public static List<StructureNameRow> of(RowHead head, String source, StructureSet set) {
    List<StructureNameRow> rows = new ArrayList<>();
    for (Roi roi : set.rois()) {
      rows.add(
          new StructureNameRow(
              head, set.sopInstanceUid(), source, roi.number(), roi.name(), roi.standardName()));
    }
    return rows;
  }

  @Override
  public TableSchema<StructureNameRow> schema() {
    return SCHEMA;
  }

  private static List<Column<StructureNameRow>> columns() {
    List<Column<StructureNameRow>> columns =
        new ArrayList<>(RowHead.columns(StructureNameRow::head));
    text(
        columns,
        "structure_set_uid",
        "SOP instance UID of the RTSTRUCT or segmentation",
        StructureNameRow::structureSetUid);
    text(
        columns,
        "segmentation_source",
        "Manual for regions of an RTSTRUCT, SEG for segments",
        StructureNameRow::segmentationSource);
    columns.add(
        new Column<>(
            "roi_number",
            Column.Type.INTEGER,
            "",
            "ROI number (3006,0022)",
            StructureNameRow::roiNumber));
    text(columns, "roi_name", "ROI name (3006,0026) as it stands", StructureNameRow::roiName);
    columns.addAll(StandardName.columns(StructureNameRow::standardName));
    return columns;
  }

  private static void text(
      List<Column<StructureNameRow>> columns,
      String name,
      String meaning,
      Function<StructureNameRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.TEXT, "", meaning, value));
  }
}
