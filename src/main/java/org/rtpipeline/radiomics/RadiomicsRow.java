package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One radiomics feature of one region, or the reason why a region has none.
 *
 * @param head course, outcome and findings
 * @param source the region and the image it was seen on
 * @param parameters name of the parameter set
 * @param feature the number; null when the region has none
 * @param reason why the region has no features; null when it has
 */
public record RadiomicsRow(
    RowHead head,
    Source source,
    String parameters,
    @Nullable FeatureValue feature,
    RoiFeatures.@Nullable Reason reason)
    implements TableRecord {

  /**
   * Which region of which image.
   *
   * @param structureSetUid SOP Instance UID of the structure set
   * @param roiNumber number of the region in it
   * @param roiName name of the region
   * @param seriesUid Series Instance UID of the image
   * @param modality of the image
   * @param voxels of the mask on the image
   */
  public record Source(
      String structureSetUid,
      int roiNumber,
      String roiName,
      String seriesUid,
      String modality,
      int voxels)
      implements java.io.Serializable {}

  /** The table of all features, one a row. */
  public static final TableSchema<RadiomicsRow> SCHEMA =
      new TableSchema<>(
          "radiomics",
          "Radiomics features of every region, one number a row, named as PyRadiomics names them",
          List.of(
              "course_key",
              "series_uid",
              "structure_set_uid",
              "roi_number",
              "parameters",
              "image_type",
              "feature_class",
              "feature"),
          columns());

  /** The rows of one region: one per feature, or a single one with the reason. */
  public static List<RadiomicsRow> rows(
      RowHead head, Source source, String parameters, RoiFeatures features) {
    if (features.values().isEmpty()) {
      return List.of(new RadiomicsRow(head, source, parameters, null, features.reason()));
    }
    return features.values().stream()
        .map(value -> new RadiomicsRow(head, source, parameters, value, null))
        .toList();
  }

  @Override
  public TableSchema<?> schema() {
    return SCHEMA;
  }

  private static List<Column<RadiomicsRow>> columns() {
    List<Column<RadiomicsRow>> columns = new ArrayList<>(RowHead.columns(RadiomicsRow::head));
    columns.add(
        text(
            "structure_set_uid",
            "SOP Instance UID of the RTSTRUCT",
            r -> r.source.structureSetUid));
    columns.add(
        new Column<>(
            "roi_number",
            Column.Type.INTEGER,
            "",
            "ROI number (3006,0022)",
            r -> r.source.roiNumber));
    columns.add(text("roi_name", "ROI name (3006,0026)", r -> r.source.roiName));
    columns.add(text("series_uid", "Series Instance UID of the image", r -> r.source.seriesUid));
    columns.add(text("modality", "Modality of the image", r -> r.source.modality));
    columns.add(
        new Column<>(
            "roi_voxels",
            Column.Type.INTEGER,
            "",
            "Voxels of the mask on the grid of the image",
            r -> r.source.voxels));
    columns.add(text("parameters", "Name of the parameter set", RadiomicsRow::parameters));
    columns.add(
        text(
            "image_type",
            "Image that the feature was computed on, such as original or wavelet-HHL",
            r -> r.feature == null ? null : r.feature.imageType()));
    columns.add(
        text(
            "feature_class",
            "Family of the feature",
            r -> r.feature == null ? null : r.feature.featureClass().label()));
    columns.add(
        text(
            "feature",
            "Name of the feature in its family",
            r -> r.feature == null ? null : r.feature.feature()));
    columns.add(
        text(
            "ibsi_id",
            "Id of the IBSI reference manual; empty where that knows no such feature",
            r -> r.feature == null ? null : r.feature.ibsiId()));
    columns.add(
        new Column<>(
            "value",
            Column.Type.DOUBLE,
            "",
            "The feature; empty when it is not defined for the region",
            r -> r.feature == null || Double.isNaN(r.feature.value()) ? null : r.feature.value()));
    columns.add(
        text(
            "reason",
            "Why the region has no features",
            r -> r.reason == null ? null : r.reason.name()));
    return columns;
  }

  private static Column<RadiomicsRow> text(
      String name,
      String meaning,
      java.util.function.Function<RadiomicsRow, @Nullable Object> cell) {
    return new Column<>(name, Column.Type.TEXT, "", meaning, cell);
  }
}
