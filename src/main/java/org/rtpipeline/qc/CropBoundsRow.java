package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * Where one region of a course begins and ends by its landmarks.
 *
 * @param head what every row begins with
 * @param structures whose structures were looked at
 * @param bounds the bounds
 */
public record CropBoundsRow(RowHead head, BodyRegionRow.Structures structures, CropBounds bounds)
    implements TableRecord {

  /** Table {@code crop_bounds}. */
  public static final TableSchema<CropBoundsRow> SCHEMA =
      new TableSchema<>(
          "crop_bounds",
          "One row per course and region: where the region begins and ends by anatomical landmarks;"
              + " one more once structures have been found automatically",
          List.of("course_key", "structures", "region"),
          columns());

  @Override
  public TableSchema<CropBoundsRow> schema() {
    return SCHEMA;
  }

  private static List<Column<CropBoundsRow>> columns() {
    List<Column<CropBoundsRow>> columns = new ArrayList<>(RowHead.columns(CropBoundsRow::head));
    text(
        columns,
        "structures",
        "CLINICAL, or AUTOMATIC when those that the run has found count as well",
        row -> row.structures.name());
    text(
        columns,
        "region",
        "PELVIS, THORAX, ABDOMEN, HEAD_NECK or BRAIN",
        row -> row.bounds.region().name());
    text(
        columns,
        "quality",
        "GOOD, FLAGGED, or MISSING when a bound has no landmark and is open",
        row -> row.bounds.quality().name());
    columns.add(
        new Column<>(
            "flags",
            Column.Type.TEXT_LIST,
            "",
            "What a reader must know of the landmarks",
            row -> row.bounds.flags().stream().map(Enum::name).toList()));
    bound(columns, "superior", "upper", row -> row.bounds.superior());
    number(
        columns,
        "superior_applied_mm",
        "The upper bound within the scan",
        row -> row.bounds.superiorMm());
    bound(columns, "inferior", "lower", row -> row.bounds.inferior());
    number(
        columns,
        "inferior_applied_mm",
        "The lower bound within the scan",
        row -> row.bounds.inferiorMm());
    number(
        columns,
        "scan_superior_mm",
        "Upper end of the planning CT",
        row -> scan(row, AxialExtent::highMm));
    number(
        columns,
        "scan_inferior_mm",
        "Lower end of the planning CT",
        row -> scan(row, AxialExtent::lowMm));
    return columns;
  }

  private static @Nullable Double scan(CropBoundsRow row, Function<AxialExtent, Double> end) {
    AxialExtent scan = row.bounds.scan();
    return scan == null ? null : end.apply(scan);
  }

  private static void bound(
      List<Column<CropBoundsRow>> columns,
      String name,
      String which,
      Function<CropBoundsRow, CropBounds.@Nullable Bound> bound) {
    text(
        columns,
        name + "_landmark",
        "Structures that the " + which + " bound rests on; empty when it is open",
        row -> {
          CropBounds.Bound found = bound.apply(row);
          return found == null ? null : found.landmark();
        });
    number(
        columns,
        name + "_requested_mm",
        "The " + which + " bound: z of the landmark, patient coordinates, and margin",
        row -> {
          CropBounds.Bound found = bound.apply(row);
          return found == null ? null : (Double) found.requestedMm();
        });
  }

  private static void number(
      List<Column<CropBoundsRow>> columns,
      String name,
      String meaning,
      Function<CropBoundsRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.DOUBLE, "mm", meaning, value));
  }

  private static void text(
      List<Column<CropBoundsRow>> columns,
      String name,
      String meaning,
      Function<CropBoundsRow, @Nullable Object> value) {
    columns.add(new Column<>(name, Column.Type.TEXT, "", meaning, value));
  }
}
