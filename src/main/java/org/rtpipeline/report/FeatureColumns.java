package org.rtpipeline.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredRow;

/** The feature columns of the wide radiomics exports: which there are, and their order. */
final class FeatureColumns {

  /** Columns of table {@code radiomics} that are read. */
  static final ReadColumns LONG =
      ReadColumns.texts(
              "course_key",
              "series_uid",
              "structure_set_uid",
              "modality",
              "mode",
              "image_type",
              "feature_class",
              "feature",
              "aggregation")
          .with(Column.Type.INTEGER, "roi_number")
          .with(Column.Type.DOUBLE, "value");

  /**
   * The mode whose columns are tags of the IBSI, aggregation last, such as cm_contrast_3d_merged.
   */
  static final String IBSI = "ibsi";

  private static final String ORIGINAL = "original";

  /** Families in the order in which PyRadiomics, then the manual of the IBSI, writes them. */
  private static final List<String> FAMILIES =
      List.of(
          "shape",
          "shape2D",
          "firstorder",
          "morphology",
          "local_intensity",
          "intensity_statistics",
          "intensity_histogram",
          "intensity_volume_histogram",
          "glcm",
          "gldm",
          "glrlm",
          "glszm",
          "gldzm",
          "ngtdm",
          "ngldm");

  private static final Comparator<List<String>> ORDER =
      Comparator.comparing((List<String> parts) -> !parts.get(0).equals(ORIGINAL))
          .thenComparing(parts -> parts.get(0))
          .thenComparing(parts -> FAMILIES.indexOf(parts.get(1)))
          .thenComparing(parts -> parts.get(2));

  private FeatureColumns() {}

  /**
   * Names in the manner of a mode: the original image first, then others by name.
   *
   * @param mode of all the rows
   * @param partitions width of the job
   */
  static List<String> names(JavaRDD<StoredRow> features, String mode, int partitions) {
    return features.map(FeatureColumns::parts).distinct(partitions).collect().stream()
        .sorted(ORDER)
        .map(parts -> joined(parts, mode))
        .toList();
  }

  /** Name of the column that a row of table {@code radiomics} fills. */
  static String name(StoredRow row) {
    return joined(parts(row), LONG.text(row, "mode"));
  }

  /** Whether a row holds a feature; one without says why its region has none. */
  static boolean isFeature(StoredRow row) {
    return LONG.cell(row, "feature") != null;
  }

  /** Image, family and name as the mode has them in names of columns. */
  private static List<String> parts(StoredRow row) {
    String feature = LONG.text(row, "feature");
    return List.of(
        LONG.text(row, "image_type"),
        LONG.text(row, "feature_class"),
        LONG.text(row, "mode").equals(IBSI) ? feature + suffix(row) : feature);
  }

  /** An aggregation such as "2.5D_merged ZW7Z" as _2_5d_merged. */
  private static String suffix(StoredRow row) {
    String label = LONG.text(row, "aggregation").split(" ", 2)[0];
    return label.isEmpty() ? "" : "_" + label.replace('.', '_').toLowerCase(Locale.ROOT);
  }

  private static String joined(List<String> parts, String mode) {
    if (!mode.equals(IBSI)) {
      return String.join("_", parts);
    }
    return parts.get(0).equals(ORIGINAL) ? parts.get(2) : parts.get(0) + "_" + parts.get(2);
  }
}
