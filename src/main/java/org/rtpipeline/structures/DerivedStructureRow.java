package org.rtpipeline.structures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StandardName;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;
import org.rtpipeline.structures.Derivation.Derived;

/**
 * What became of one derived structure of a course.
 *
 * @param head what every row begins with
 * @param structureSetUid structure set that holds it; null when it was not made
 * @param roiNumber its ROI number there; null when it was not made
 * @param derived the structure
 * @param volumeCm3 volume of its voxels; null when it was not made
 * @param standardName null when it was not made or no name map knows it
 */
public record DerivedStructureRow(
    RowHead head,
    @Nullable String structureSetUid,
    @Nullable Integer roiNumber,
    Derived derived,
    @Nullable Double volumeCm3,
    @Nullable StandardName standardName)
    implements TableRecord {

  /** Table {@code derived_structures}. */
  public static final TableSchema<DerivedStructureRow> SCHEMA =
      new TableSchema<>(
          "derived_structures",
          "Structures made of others by rules: what they are made of, and what is missing",
          List.of("course_key", "structure"),
          columns());

  /** Volume of a mask, cm³. */
  public static double volumeCm3(VoxelGrid grid, VoxelMask mask) {
    double mm3 = 0;
    int size = mask.count(0) * mask.count(1);
    for (int k = 0; k < mask.count(2); k++) {
      int voxels = 0;
      for (int i = k * size; i < (k + 1) * size; i++) {
        voxels += mask.inside()[i];
      }
      mm3 += voxels * FineGrid.voxelMm3(grid, mask.first(2) + k);
    }
    return mm3 / 1000;
  }

  @Override
  public TableSchema<DerivedStructureRow> schema() {
    return SCHEMA;
  }

  private static List<Column<DerivedStructureRow>> columns() {
    List<Column<DerivedStructureRow>> columns =
        new ArrayList<>(RowHead.columns(DerivedStructureRow::head));
    text(columns, "structure", "Name in the definitions", row -> row.derived.structure().name());
    text(
        columns,
        "operation",
        "How the sources are put together",
        row -> row.derived.structure().rule().name().toLowerCase(Locale.ROOT));
    columns.add(
        new Column<>(
            "sources",
            Column.Type.TEXT_LIST,
            "",
            "What it is made of",
            row -> row.derived.structure().sources()));
    columns.add(
        new Column<>(
            "missing_sources",
            Column.Type.TEXT_LIST,
            "",
            "Sources that the course does not have",
            row -> row.derived.missing()));
    text(
        columns,
        "completeness",
        "COMPLETE, or PARTIAL when a source is missing or the image cuts it",
        row -> row.derived.completeness().name());
    text(
        columns,
        "structure_set_uid",
        "SOP instance UID of the structure set that holds it",
        DerivedStructureRow::structureSetUid);
    columns.add(
        new Column<>(
            "roi_number",
            Column.Type.INTEGER,
            "",
            "ROI number (3006,0022) there",
            DerivedStructureRow::roiNumber));
    columns.addAll(StandardName.columns(DerivedStructureRow::standardName));
    columns.add(
        new Column<>(
            "volume_cm3", Column.Type.DOUBLE, "cm3", "Volume", DerivedStructureRow::volumeCm3));
    text(
        columns,
        "reason",
        "Why it is partial, small, or not made; empty for nothing to say",
        row -> row.derived.reason());
    return columns;
  }

  private static void text(
      List<Column<DerivedStructureRow>> columns,
      String name,
      String meaning,
      Function<DerivedStructureRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.TEXT, "", meaning, value));
  }
}
