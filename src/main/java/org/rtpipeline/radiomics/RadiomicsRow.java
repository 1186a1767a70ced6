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
 * @param region the region and the image it was seen on
 * @param feature the number; null when the region has none
 * @param reason why the region has no features; null when it has
 */
public record RadiomicsRow(
    RowHead head, RoiOnImage region, @Nullable TableFeature feature, @Nullable String reason)
    implements TableRecord {

  /** The table of all features, one a row. */
  public static final TableSchema<RadiomicsRow> SCHEMA =
      new TableSchema<>(
          "radiomics",
          "Radiomics features of every region, one number a row, named as PyRadiomics or the IBSI"
              + " name them",
          sortedBy(),
          columns());

  /** The rows of a region with features. */
  public static List<RadiomicsRow> rows(
      RowHead head, RoiOnImage region, List<TableFeature> features) {
    return features.stream().map(value -> new RadiomicsRow(head, region, value, null)).toList();
  }

  /** The row of a region without features. */
  public static RadiomicsRow without(RowHead head, RoiOnImage region, String reason) {
    return new RadiomicsRow(head, region, null, reason);
  }

  @Override
  public TableSchema<?> schema() {
    return SCHEMA;
  }

  private static List<String> sortedBy() {
    List<String> names = new ArrayList<>(RoiOnImage.KEY);
    names.addAll(List.of("parameters", "image_type", "feature_class", "feature", "aggregation"));
    return names;
  }

  private static List<Column<RadiomicsRow>> columns() {
    List<Column<RadiomicsRow>> columns = new ArrayList<>(RowHead.columns(RadiomicsRow::head));
    columns.addAll(RoiOnImage.columns(RadiomicsRow::region));
    columns.add(
        RoiOnImage.text(
            "image_type",
            "Image that the feature was computed on, such as original or wavelet-HHL; in mode ibsi"
                + " original, or the name that the parameters give to a filter",
            r -> r.feature == null ? null : r.feature.imageType()));
    columns.add(
        RoiOnImage.text(
            "feature_class",
            "Family of the feature",
            r -> r.feature == null ? null : r.feature.family()));
    columns.add(
        RoiOnImage.text(
            "feature",
            "Name of the feature in its family; in mode ibsi its tag, such as cm_joint_max",
            r -> r.feature == null ? null : r.feature.feature()));
    columns.add(
        RoiOnImage.text(
            "ibsi_id",
            "Id of the IBSI reference manual; empty where that knows no such feature",
            r -> r.feature == null ? null : r.feature.ibsiId()));
    columns.add(
        RoiOnImage.text(
            "aggregation",
            "How texture matrices became one number, in the words of the IBSI with its id",
            r ->
                r.feature == null || r.feature.aggregation().isEmpty()
                    ? null
                    : r.feature.aggregation()));
    columns.add(
        new Column<>(
            "value",
            Column.Type.DOUBLE,
            "",
            "The feature; empty when it is not defined for the region",
            r ->
                r.feature == null || !Double.isFinite(r.feature.value())
                    ? null
                    : r.feature.value()));
    columns.add(RoiOnImage.text("reason", "Why the region has no features", RadiomicsRow::reason));
    return columns;
  }
}
