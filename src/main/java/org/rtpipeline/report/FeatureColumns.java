package org.rtpipeline.report;

import java.util.Comparator;
import java.util.List;
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
              "image_type",
              "feature_class",
              "feature")
          .with(Column.Type.INTEGER, "roi_number")
          .with(Column.Type.DOUBLE, "value");

  private static final String ORIGINAL = "original";

  /** Families in the order in which PyRadiomics writes them. */
  private static final List<String> FAMILIES =
      List.of("shape", "shape2D", "firstorder", "glcm", "gldm", "glrlm", "glszm", "ngtdm");

  private static final Comparator<List<String>> ORDER =
      Comparator.comparing((List<String> parts) -> !parts.get(0).equals(ORIGINAL))
          .thenComparing(parts -> parts.get(0))
          .thenComparing(parts -> FAMILIES.indexOf(parts.get(1)))
          .thenComparing(parts -> parts.get(2));

  private FeatureColumns() {}

  /**
   * Names in the manner of PyRadiomics: the original image first, then others by name.
   *
   * @param partitions width of the job
   */
  static List<String> names(JavaRDD<StoredRow> features, int partitions) {
    return features.map(FeatureColumns::parts).distinct(partitions).collect().stream()
        .sorted(ORDER)
        .map(parts -> String.join("_", parts))
        .toList();
  }

  /** Name of the column that a row of table {@code radiomics} fills. */
  static String name(StoredRow row) {
    return String.join("_", parts(row));
  }

  /** Whether a row holds a feature; one without says why its region has none. */
  static boolean isFeature(StoredRow row) {
    return LONG.cell(row, "feature") != null;
  }

  private static List<String> parts(StoredRow row) {
    return List.of(
        LONG.text(row, "image_type"), LONG.text(row, "feature_class"), LONG.text(row, "feature"));
  }
}
