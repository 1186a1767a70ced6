package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StandardName;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * How much of one structure of a course lies between the bounds of the region that is asked for.
 *
 * @param head what every row begins with
 * @param structure which structure
 * @param bounds the bounds
 * @param share what they leave of it; null when nothing was cut
 * @param reason why nothing was cut; null when it was
 */
public record CroppedStructureRow(
    RowHead head,
    Structure structure,
    CropBounds bounds,
    CroppedRoi.@Nullable Share share,
    @Nullable String reason)
    implements TableRecord {

  /**
   * A structure, and where its cut copy is.
   *
   * @param setUid its structure set
   * @param croppedSetUid structure set of the cut copies; null when there is none
   * @param source what the column {@code segmentation_source} says of it
   * @param number ROI number, in both sets
   * @param name ROI name
   * @param standardName null when no map knows the name
   */
  public record Structure(
      String setUid,
      @Nullable String croppedSetUid,
      String source,
      int number,
      String name,
      @Nullable StandardName standardName)
      implements Serializable {

    /** A region of a set. */
    public static Structure of(
        Roi roi, String setUid, @Nullable String croppedSetUid, String source) {
      return new Structure(
          setUid, croppedSetUid, source, roi.number(), roi.name(), roi.standardName());
    }
  }

  /** Table {@code cropped_structures}. */
  public static final TableSchema<CroppedStructureRow> SCHEMA =
      new TableSchema<>(
          "cropped_structures",
          "One row per structure of a course where cropping is enabled: how much of it lies between"
              + " the bounds of the region",
          List.of("course_key", "structure_set_uid", "roi_number"),
          columns());

  @Override
  public TableSchema<CroppedStructureRow> schema() {
    return SCHEMA;
  }

  private static List<Column<CroppedStructureRow>> columns() {
    List<Column<CroppedStructureRow>> columns =
        new ArrayList<>(RowHead.columns(CroppedStructureRow::head));
    text(columns, "structure_set_uid", "Its structure set", row -> row.structure.setUid());
    columns.add(
        new Column<>(
            "roi_number",
            Column.Type.INTEGER,
            "",
            "ROI number, the same in both structure sets",
            row -> row.structure.number()));
    text(columns, "roi_name", "ROI name as it stands", row -> row.structure.name());
    columns.addAll(StandardName.columns(row -> row.structure.standardName()));
    text(
        columns,
        "segmentation_source",
        "Where its contours come from; rows of the cut copy have the word Cropped: before it",
        row -> row.structure.source());
    text(
        columns,
        "cropped_structure_set_uid",
        "Structure set of the cut copies; empty when there is none",
        row -> row.structure.croppedSetUid());
    text(columns, "region", "The region that is asked for", row -> row.bounds.region().name());
    text(
        columns,
        "bounds_quality",
        "GOOD, FLAGGED or MISSING, as in crop_bounds",
        row -> row.bounds.quality().name());
    number(columns, "superior_mm", "mm", "The upper bound, z", row -> row.bounds.superiorMm());
    number(columns, "inferior_mm", "mm", "The lower bound, z", row -> row.bounds.inferiorMm());
    text(
        columns,
        "extent",
        "WHOLE, CLIPPED, or OUTSIDE when nothing is left",
        row -> row.share == null ? null : row.share.extent().name());
    number(
        columns,
        "volume_cm3",
        "cm3",
        "Volume of the structure, areas of its planes by their distance",
        row -> row.share == null ? null : (Double) row.share.wholeCm3());
    number(
        columns,
        "cropped_volume_cm3",
        "cm3",
        "The same between the bounds",
        row -> row.share == null ? null : (Double) row.share.keptCm3());
    number(
        columns,
        "lost_cm3",
        "cm3",
        "Volume beyond the bounds",
        row -> row.share == null ? null : (Double) (row.share.wholeCm3() - row.share.keptCm3()));
    number(
        columns,
        "lost_pct",
        "%",
        "Part of the volume that is beyond the bounds",
        row -> row.share == null ? null : (Double) row.share.lostPct());
    text(columns, "reason", "Why nothing was cut", CroppedStructureRow::reason);
    return columns;
  }

  private static void number(
      List<Column<CroppedStructureRow>> columns,
      String name,
      String unit,
      String meaning,
      Function<CroppedStructureRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.DOUBLE, unit, meaning, value));
  }

  private static void text(
      List<Column<CroppedStructureRow>> columns,
      String name,
      String meaning,
      Function<CroppedStructureRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.TEXT, "", meaning, value));
  }
}
