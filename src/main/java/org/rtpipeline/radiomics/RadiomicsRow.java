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
 * @param aggregation how texture matrices became one number; empty for features without matrices
 * @param reason why the region has no features; null when it has
 */
public record RadiomicsRow(
    RowHead head,
    RoiOnImage region,
    @Nullable FeatureValue feature,
    String aggregation,
    @Nullable String reason)
    implements TableRecord {

  /** Whose habits are followed. */
  static final String MODE = "pyradiomics";

  /** The table of all features, one a row. */
  public static final TableSchema<RadiomicsRow> SCHEMA =
      new TableSchema<>(
          "radiomics",
          "Radiomics features of every region, one number a row, named as PyRadiomics names them",
          sortedBy(),
          columns());

  /**
   * The rows of a region with features.
   *
   * @param texture says how matrices became one number
   */
  public static List<RadiomicsRow> rows(
      RowHead head,
      RoiOnImage region,
      List<FeatureValue> features,
      RadiomicsOptions.Texture texture) {
    return features.stream()
        .map(
            value ->
                new RadiomicsRow(
                    head, region, value, aggregation(value.featureClass(), texture), null))
        .toList();
  }

  /** The row of a region without features. */
  public static RadiomicsRow without(RowHead head, RoiOnImage region, String reason) {
    return new RadiomicsRow(head, region, null, "", reason);
  }

  @Override
  public TableSchema<?> schema() {
    return SCHEMA;
  }

  /** The words of IBSI 1, chapter 3.6, and their ids. */
  private static String aggregation(FeatureClass family, RadiomicsOptions.Texture texture) {
    boolean inSpace = texture.plane() == TexturePlane.VOLUME;
    return switch (family) {
      case SHAPE, SHAPE2D, FIRSTORDER -> "";
      case GLCM, GLRLM -> ofDirections(texture.weighting(), inSpace);
      case GLSZM, GLDM, NGTDM -> inSpace ? "3D KOBO" : "2.5D 62GR";
    };
  }

  private static String ofDirections(@Nullable WeightingNorm weighting, boolean inSpace) {
    if (weighting == null) {
      return inSpace ? "3D_averaged ITBB" : "2.5D_direction_merged JJUI";
    }
    if (weighting == WeightingNorm.NO_WEIGHTING) {
      return inSpace ? "3D_merged IAZD" : "2.5D_merged ZW7Z";
    }
    return inSpace ? "3D_weighted" : "2.5D_weighted";
  }

  private static List<String> sortedBy() {
    List<String> names = new ArrayList<>(RoiOnImage.KEY);
    names.addAll(List.of("parameters", "image_type", "feature_class", "feature"));
    return names;
  }

  private static List<Column<RadiomicsRow>> columns() {
    List<Column<RadiomicsRow>> columns = new ArrayList<>(RowHead.columns(RadiomicsRow::head));
    columns.addAll(RoiOnImage.columns(RadiomicsRow::region));
    columns.add(
        RoiOnImage.text(
            "image_type",
            "Image that the feature was computed on, such as original or wavelet-HHL",
            r -> r.feature == null ? null : r.feature.imageType()));
    columns.add(
        RoiOnImage.text(
            "feature_class",
            "Family of the feature",
            r -> r.feature == null ? null : r.feature.featureClass().label()));
    columns.add(
        RoiOnImage.text(
            "feature",
            "Name of the feature in its family",
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
            r -> r.aggregation.isEmpty() ? null : r.aggregation));
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
