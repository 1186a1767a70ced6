package org.rtpipeline.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable;
import org.rtpipeline.store.StoredTable.StoredColumn;
import org.rtpipeline.store.TableStore;
import scala.Tuple2;

/**
 * The exports {@code radiomics_ct}, {@code radiomics_mr} and {@code radiomics_pet}: one row per
 * region and image, one column per feature, under the names that users of the Python rtpipeline
 * know; the same with the ending {@code _ibsi}, where regions were computed in the mode ibsi, under
 * the tags of the IBSI; and {@code radiomics_reasons}, which says why a region has no features.
 */
final class RadiomicsExport {

  static final String REGIONS = "radiomics_diagnostics";
  static final String FEATURES = "radiomics";

  /** File of the features on CT. */
  static final String CT_FILE = "radiomics_ct";

  /** Columns of table {@code radiomics_diagnostics} that are read, in the order of the sort. */
  static final ReadColumns REGION =
      ReadColumns.texts(
              "patient_id", "course_label", "course_key", "series_uid", "structure_set_uid")
          .with(Column.Type.INTEGER, "roi_number")
          .with(Column.Type.BOOLEAN, "touches_image_border", "clipped")
          .with(
              Column.Type.TEXT,
              "modality",
              "mode",
              "segmentation_source",
              "roi_name",
              "parameters",
              "parameters_sha256",
              "image_spacing",
              "image_size",
              "mask_bounding_box",
              "used_spacing",
              "used_size",
              "used_bounding_box")
          .with(Column.Type.INTEGER, "mask_voxels", "used_voxels");

  private static final ReadColumns REASON =
      ReadColumns.texts(
              "patient_id", "course_label", "course_key", "series_uid", "structure_set_uid")
          .with(Column.Type.INTEGER, "roi_number")
          .with(Column.Type.TEXT, "roi_name", "modality", "parameters", "outcome")
          .with(Column.Type.TEXT_LIST, "findings")
          .with(Column.Type.TEXT, "reason");

  private static final String UNKNOWN = "unknown";

  /** The file of each modality. */
  private static final Map<String, String> FILES =
      new TreeMap<>(Map.of("CT", CT_FILE, "MR", "radiomics_mr", "PT", "radiomics_pet"));

  private static final String PYRADIOMICS = "pyradiomics";

  private RadiomicsExport() {}

  /**
   * Which regions a file holds.
   *
   * @param modality of the image
   * @param mode whose habits were followed
   */
  record Kind(String modality, String mode) implements Serializable {
    String file() {
      String file = Objects.requireNonNull(FILES.get(modality));
      return mode.equals(PYRADIOMICS) ? file : file + "_" + mode;
    }

    private boolean isOf(StoredRow region) {
      return REGION.text(region, "modality").equals(modality)
          && REGION.text(region, "mode").equals(mode);
    }

    private boolean hasFeature(StoredRow row) {
      return FeatureColumns.LONG.text(row, "modality").equals(modality)
          && FeatureColumns.LONG.text(row, "mode").equals(mode)
          && FeatureColumns.isFeature(row);
    }
  }

  /** An export with the rows it is made from. */
  record Wide(ExportTable table, JavaRDD<StoredRow> rows) {}

  /** Every export of radiomics; none when no run has asked for radiomics. */
  static List<Wide> of(JavaSparkContext spark, TableStore store) {
    Optional<StoredTable> regions = store.stored(REGIONS);
    Optional<StoredTable> features = store.stored(FEATURES);
    if (regions.isEmpty() || features.isEmpty()) {
      return List.of();
    }
    List<Wide> all = new ArrayList<>();
    for (String modality : FILES.keySet()) {
      all.add(wide(spark, store, regions.get(), features.get(), new Kind(modality, PYRADIOMICS)));
      Kind ibsi = new Kind(modality, FeatureColumns.IBSI);
      if (!regions.get().rows(REGION.columns()).filter(ibsi::isOf).isEmpty()) {
        all.add(wide(spark, store, regions.get(), features.get(), ibsi));
      }
    }
    List<StoredColumn> reasons = reasons().sources();
    all.add(
        new Wide(
            reasons(),
            regions
                .get()
                .rows(reasons)
                .union(CourseReasons.of(spark, store, "radiomics", reasons))));
    return all;
  }

  private static ExportTable reasons() {
    ExportTable plain = ExportTable.plain("radiomics_reasons", REASON.columns());
    return new ExportTable(
        plain.file(), plain.sources(), plain.sources().size() - 1, plain.columns());
  }

  private static Wide wide(
      JavaSparkContext spark,
      TableStore store,
      StoredTable regions,
      StoredTable features,
      Kind kind) {
    JavaRDD<StoredRow> ofKind =
        features.rows(FeatureColumns.LONG.columns()).filter(kind::hasFeature);
    int partitions = store.partitions();
    List<String> names = FeatureColumns.names(ofKind, kind.mode(), partitions);
    Map<String, Integer> index = new HashMap<>();
    names.forEach(name -> index.put(name, index.size()));
    Broadcast<Map<String, Integer>> places = spark.broadcast(index);
    JavaPairRDD<String, double[]> numbers =
        ofKind
            .mapToPair(row -> new Tuple2<>(key(FeatureColumns.LONG, row), row))
            .aggregateByKey(
                new double[0],
                partitions,
                (all, row) -> filled(all, row, places.value()),
                RadiomicsExport::joined);
    JavaRDD<StoredRow> rows =
        regions
            .rows(REGION.columns())
            .filter(kind::isOf)
            .mapToPair(row -> new Tuple2<>(key(REGION, row), row))
            .leftOuterJoin(numbers, partitions)
            .values()
            .map(row -> row(row._1(), row._2().orElse(new double[0]), places.value().size()));
    return new Wide(table(kind, names), rows);
  }

  /** What makes a region of an image unique, in either table. */
  private static String key(ReadColumns columns, StoredRow row) {
    return String.join(
        "\n",
        columns.text(row, "course_key"),
        columns.text(row, "series_uid"),
        columns.text(row, "structure_set_uid"),
        columns.text(row, "roi_number"));
  }

  private static double[] filled(double[] all, StoredRow row, Map<String, Integer> places) {
    double[] numbers = all.length == 0 ? empty(places.size()) : all;
    if (FeatureColumns.LONG.cell(row, "value") instanceof Double value) {
      numbers[Objects.requireNonNull(places.get(FeatureColumns.name(row)))] = value;
    }
    return numbers;
  }

  private static double[] empty(int columns) {
    double[] numbers = new double[columns];
    Arrays.fill(numbers, Double.NaN);
    return numbers;
  }

  private static double[] joined(double[] one, double[] other) {
    if (one.length == 0 || other.length == 0) {
      return one.length == 0 ? other : one;
    }
    for (int i = 0; i < one.length; i++) {
      one[i] = Double.isNaN(one[i]) ? other[i] : one[i];
    }
    return one;
  }

  private static StoredRow row(StoredRow region, double[] numbers, int columns) {
    @Nullable Object[] cells = new @Nullable Object[region.width() + columns];
    for (int i = 0; i < region.width(); i++) {
      cells[i] = region.cell(i);
    }
    for (int i = 0; i < numbers.length; i++) {
      cells[region.width() + i] = Double.isNaN(numbers[i]) ? null : numbers[i];
    }
    return new StoredRow(cells);
  }

  /** The file of a kind; features follow what says which region they are of. */
  static ExportTable table(Kind kind, List<String> features) {
    String modality = kind.modality();
    List<ExportColumn> columns = new ArrayList<>();
    copy(columns, "patient_id", "patient_id", Column.Type.TEXT);
    copy(columns, "course_id", "course_label", Column.Type.TEXT);
    copy(columns, "modality", "modality", Column.Type.TEXT);
    copy(columns, "segmentation_source", "segmentation_source", Column.Type.TEXT);
    columns.add(new ExportColumn("roi_name", Column.Type.TEXT, RadiomicsExport::roiName));
    copy(columns, "roi_original_name", "roi_name", Column.Type.TEXT);
    copy(columns, "series_uid", "series_uid", Column.Type.TEXT);
    if (modality.equals("CT")) {
      columns.add(new ExportColumn("course_dir", Column.Type.TEXT, row -> null));
      columns.add(
          new ExportColumn("structure_cropped", Column.Type.BOOLEAN, RadiomicsExport::isPartial));
    } else {
      columns.add(new ExportColumn("series_dir", Column.Type.TEXT, row -> null));
      columns.add(new ExportColumn("nifti_path", Column.Type.TEXT, row -> null));
    }
    diagnostics(columns);
    List<StoredColumn> sources = new ArrayList<>(REGION.columns());
    for (String feature : features) {
      int at = sources.size();
      sources.add(new StoredColumn(feature, Column.Type.DOUBLE));
      columns.add(new ExportColumn(feature, Column.Type.DOUBLE, row -> row.cell(at)));
    }
    cohort(columns, modality);
    return new ExportTable(kind.file(), sources, -1, columns);
  }

  private static void diagnostics(List<ExportColumn> columns) {
    columns.add(
        new ExportColumn(
            "diagnostics_Configuration_Settings", Column.Type.TEXT, RadiomicsExport::settings));
    text(columns, "diagnostics_Image-original_Spacing", "image_spacing");
    text(columns, "diagnostics_Image-original_Size", "image_size");
    text(columns, "diagnostics_Mask-original_BoundingBox", "mask_bounding_box");
    copy(columns, "diagnostics_Mask-original_VoxelNum", "mask_voxels", Column.Type.INTEGER);
    text(columns, "diagnostics_Image-interpolated_Spacing", "used_spacing");
    text(columns, "diagnostics_Image-interpolated_Size", "used_size");
    text(columns, "diagnostics_Mask-interpolated_BoundingBox", "used_bounding_box");
    copy(columns, "diagnostics_Mask-interpolated_VoxelNum", "used_voxels", Column.Type.INTEGER);
  }

  private static void cohort(List<ExportColumn> columns, String modality) {
    columns.add(new ExportColumn("contrast_phase", Column.Type.TEXT, row -> UNKNOWN));
    String image = modality.equals("CT") ? UNKNOWN : modality;
    columns.add(new ExportColumn("image_modality", Column.Type.TEXT, row -> image));
    columns.add(new ExportColumn("body_regions", Column.Type.TEXT, row -> UNKNOWN));
  }

  private static void text(List<ExportColumn> columns, String old, String ours) {
    copy(columns, old, ours, Column.Type.TEXT);
  }

  private static void copy(List<ExportColumn> columns, String old, String ours, Column.Type type) {
    columns.add(new ExportColumn(old, type, row -> REGION.cell(row, ours)));
  }

  private static @Nullable Object roiName(StoredRow row) {
    return Partial.marked(REGION.text(row, "roi_name"), isPartial(row));
  }

  private static @Nullable Boolean isPartial(StoredRow row) {
    return Partial.of(REGION.cell(row, "touches_image_border"), REGION.cell(row, "clipped"));
  }

  private static @Nullable Object settings(StoredRow row) {
    String digest = REGION.text(row, "parameters_sha256");
    return digest.isEmpty() ? null : REGION.text(row, "parameters") + ", sha256 " + digest;
  }
}
