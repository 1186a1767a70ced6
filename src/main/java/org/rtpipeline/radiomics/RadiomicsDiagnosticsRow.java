package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * What became of one region of one image, and what its features rest on.
 *
 * @param head course, outcome and findings
 * @param region the region and the image it was seen on
 * @param parametersSha256 digest of the options; empty when nothing was computed
 * @param ends what the region may lack
 * @param facts voxels of the region
 * @param features how many were computed
 * @param reason why the region has no features; null when it has
 */
public record RadiomicsDiagnosticsRow(
    RowHead head,
    RoiOnImage region,
    String parametersSha256,
    Ends ends,
    RoiFeatures.Facts facts,
    int features,
    @Nullable String reason)
    implements TableRecord {

  /**
   * Where a region may go on beyond what was computed.
   *
   * @param touchesImageBorder whether contours reach the border of the image; null when not known
   * @param isClipped whether it is what bounds along the patient have left of a region
   */
  public record Ends(@Nullable Boolean touchesImageBorder, boolean isClipped)
      implements Serializable {}

  /** The table of these rows. */
  public static final TableSchema<RadiomicsDiagnosticsRow> SCHEMA =
      new TableSchema<>(
          "radiomics_diagnostics",
          "What became of every region of every image, and what its features rest on",
          RoiOnImage.KEY,
          columns());

  @Override
  public TableSchema<?> schema() {
    return SCHEMA;
  }

  private static List<Column<RadiomicsDiagnosticsRow>> columns() {
    List<Column<RadiomicsDiagnosticsRow>> columns =
        new ArrayList<>(RowHead.columns(RadiomicsDiagnosticsRow::head));
    columns.addAll(RoiOnImage.columns(RadiomicsDiagnosticsRow::region));
    columns.add(
        RoiOnImage.text(
            "parameters_sha256",
            "Digest of the parameters; empty when nothing was computed",
            r -> r.parametersSha256.isEmpty() ? null : r.parametersSha256));
    columns.add(
        new Column<>(
            "touches_image_border",
            Column.Type.BOOLEAN,
            "",
            "Whether contours reach the border of the planning CT",
            r -> r.ends.touchesImageBorder()));
    columns.add(
        new Column<>(
            "clipped",
            Column.Type.BOOLEAN,
            "",
            "The region is what bounds along the patient have left of one (section cropping)",
            r -> r.ends.isClipped()));
    columns.addAll(extent("image", "the image as read", "mask", r -> r.facts.mask()));
    columns.addAll(
        extent(
            "used",
            "what textures were computed on, after resampling and re-segmentation",
            "used",
            r -> r.facts.used()));
    columns.add(
        new Column<>(
            "image_types_left_out",
            Column.Type.TEXT_LIST,
            "",
            "Images that could not be made or have too many grey levels; in mode ibsi also features"
                + " that the region is too large for",
            r -> r.facts.left()));
    columns.add(
        new Column<>(
            "feature_count",
            Column.Type.INTEGER,
            "",
            "Features that were computed",
            RadiomicsDiagnosticsRow::features));
    columns.add(
        RoiOnImage.text(
            "reason", "Why the region has no features", RadiomicsDiagnosticsRow::reason));
    return columns;
  }

  private static List<Column<RadiomicsDiagnosticsRow>> extent(
      String grid,
      String meaning,
      String mask,
      Function<RadiomicsDiagnosticsRow, RoiFeatures.@Nullable Extent> of) {
    return List.of(
        RoiOnImage.text(
            grid + "_size",
            "Columns, rows and planes of " + meaning,
            r -> shown(of.apply(r), RadiomicsDiagnosticsRow::size)),
        RoiOnImage.text(
            grid + "_spacing",
            "Distances of voxels along x, y and z, mm, of " + meaning,
            r -> shown(of.apply(r), RadiomicsDiagnosticsRow::spacing)),
        RoiOnImage.text(
            mask + "_bounding_box",
            "First column, row and plane, and columns, rows and planes of the region in " + meaning,
            r -> shown(of.apply(r), RadiomicsDiagnosticsRow::box)),
        new Column<>(
            mask + "_voxels",
            Column.Type.INTEGER,
            "",
            "Voxels of the region in " + meaning,
            r -> shown(of.apply(r), RoiFeatures.Extent::voxels)));
  }

  private static @Nullable Object shown(
      RoiFeatures.@Nullable Extent extent, Function<RoiFeatures.Extent, Object> cell) {
    return extent == null ? null : cell.apply(extent);
  }

  private static String size(RoiFeatures.Extent extent) {
    GridSize grid = extent.grid();
    return String.format(Locale.ROOT, "(%d, %d, %d)", grid.nx(), grid.ny(), grid.nz());
  }

  private static String spacing(RoiFeatures.Extent extent) {
    GridSize grid = extent.grid();
    return "(" + grid.dxMm() + ", " + grid.dyMm() + ", " + grid.dzMm() + ")";
  }

  private static String box(RoiFeatures.Extent extent) {
    IndexBox box = extent.box();
    return String.format(
        Locale.ROOT,
        "(%d, %d, %d, %d, %d, %d)",
        box.x0(),
        box.y0(),
        box.z0(),
        box.nx(),
        box.ny(),
        box.nz());
  }
}
