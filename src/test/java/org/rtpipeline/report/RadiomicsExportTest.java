package org.rtpipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;
import org.rtpipeline.radiomics.FeatureClass;
import org.rtpipeline.radiomics.FeatureValue;
import org.rtpipeline.radiomics.RadiomicsDiagnosticsRow;
import org.rtpipeline.radiomics.RadiomicsMode;
import org.rtpipeline.radiomics.RadiomicsOptions;
import org.rtpipeline.radiomics.RadiomicsRow;
import org.rtpipeline.radiomics.RoiFeatures;
import org.rtpipeline.radiomics.RoiOnImage;
import org.rtpipeline.radiomics.TableFeature;
import org.rtpipeline.report.ExportOptions.Format;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.store.StoredTable.StoredColumn;
import org.rtpipeline.store.TableChange;
import org.rtpipeline.store.TableStore;

@ExtendWith(SharedSpark.class)
final class RadiomicsExportTest {

  private static final FeatureValue VOLUME = feature("original", FeatureClass.SHAPE, "MeshVolume");
  private static final FeatureValue MEAN = feature("original", FeatureClass.FIRSTORDER, "Mean");
  private static final FeatureValue CONTRAST = feature("original", FeatureClass.GLCM, "Contrast");
  private static final FeatureValue WAVELET = feature("wavelet-HHL", FeatureClass.GLCM, "MCC");
  private static final FeatureValue LOG =
      feature("log-sigma-1-0-mm-3D", FeatureClass.FIRSTORDER, "Mean");

  @TempDir Path output;
  private final JavaSparkContext spark;
  private final List<TableRecord> features = new ArrayList<>();
  private final List<TableRecord> regions = new ArrayList<>();

  RadiomicsExportTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  @Test
  void columnsAreThoseOfThePythonPipeline() throws Exception {
    add("CT", 1, false, null, WAVELET, LOG, CONTRAST, MEAN, VOLUME);
    write(2);
    assertThat(header("radiomics_ct"))
        .containsExactly(
            "patient_id",
            "course_id",
            "modality",
            "segmentation_source",
            "roi_name",
            "roi_original_name",
            "series_uid",
            "course_dir",
            "structure_cropped",
            "diagnostics_Configuration_Settings",
            "diagnostics_Image-original_Spacing",
            "diagnostics_Image-original_Size",
            "diagnostics_Mask-original_BoundingBox",
            "diagnostics_Mask-original_VoxelNum",
            "diagnostics_Image-interpolated_Spacing",
            "diagnostics_Image-interpolated_Size",
            "diagnostics_Mask-interpolated_BoundingBox",
            "diagnostics_Mask-interpolated_VoxelNum",
            "original_shape_MeshVolume",
            "original_firstorder_Mean",
            "original_glcm_Contrast",
            "log-sigma-1-0-mm-3D_firstorder_Mean",
            "wavelet-HHL_glcm_MCC",
            "contrast_phase",
            "image_modality",
            "body_regions");
  }

  @Test
  void everyRegionIsOneRowWithItsNumbers() throws Exception {
    add("CT", 2, true, null, MEAN, value(CONTRAST, Double.NaN));
    add("CT", 1, false, null, value(MEAN, 7.5), CONTRAST);
    add("CT", 3, false, "the mask holds one voxel only");
    write(2);
    assertThat(cells("radiomics_ct", "roi_name"))
        .containsExactly("ROI 1", "ROI 2__partial", "ROI 3");
    assertThat(cells("radiomics_ct", "roi_original_name"))
        .containsExactly("ROI 1", "ROI 2", "ROI 3");
    assertThat(cells("radiomics_ct", "original_firstorder_Mean")).containsExactly("7.5", "1", "");
    assertThat(cells("radiomics_ct", "original_glcm_Contrast")).containsExactly("1", "", "");
    assertThat(cells("radiomics_ct", "diagnostics_Configuration_Settings"))
        .containsExactly("\"ct", "\"ct", "");
    assertThat(Files.readAllLines(file("radiomics_reasons")))
        .hasSize(2)
        .last()
        .asString()
        .contains("ROI 3")
        .endsWith("the mask holds one voxel only");
  }

  @Test
  void magneticResonanceHasItsOwnFile() throws Exception {
    add("CT", 1, false, null, MEAN);
    add("MR", 1, null, null, VOLUME);
    write(1);
    assertThat(header("radiomics_ct")).contains(MEAN.name()).doesNotContain(VOLUME.name());
    assertThat(header("radiomics_mr"))
        .contains("series_dir", "nifti_path", VOLUME.name())
        .doesNotContain("course_dir", "structure_cropped", MEAN.name());
    assertThat(cells("radiomics_mr", "image_modality")).containsExactly("MR");
    assertThat(cells("radiomics_ct", "image_modality")).containsExactly("unknown");
  }

  @Test
  void filesHaveTheSameBytesForAnyPartitions() throws Exception {
    for (int number = 1; number < 12; number++) {
      add("CT", number, false, null, value(MEAN, number), CONTRAST, LOG);
    }
    write(1);
    String one = Files.readString(file("radiomics_ct"));
    write(5);
    assertThat(Files.readString(file("radiomics_ct"))).isEqualTo(one);
  }

  @Test
  void nothingIsExportedWhereRadiomicsWasNeverAskedFor() throws Exception {
    TableStore store = new TableStore(spark, output.toString(), 2, PatientIds.kept());
    Exports.write(spark, store, output.toString(), new ExportOptions(EnumSet.of(Format.CSV), 9, 0));
    assertThat(file("radiomics_ct")).doesNotExist();
  }

  @Test
  void theReportSaysWhatBecameOfTheRegions() throws Exception {
    add("CT", 1, false, null, MEAN);
    add("CT", 2, false, null, MEAN);
    add("CT", 3, false, "the name is on the skip list");
    write(1);
    Document page = Jsoup.parse(Files.readString(output.resolve("_RESULTS/report.html")));
    assertThat(page.select("#radiomics tbody tr").eachText())
        .containsExactly("CT ct 2 computed", "CT ct 1 none: the name is on the skip list");
  }

  @Test
  void columnsThatAreReadAreThoseOfTheTables() {
    assertThat(columns(RadiomicsRow.SCHEMA)).containsAll(FeatureColumns.LONG.columns());
    assertThat(columns(RadiomicsDiagnosticsRow.SCHEMA))
        .containsAll(RadiomicsExport.REGION.columns())
        .containsAll(SummaryReading.RADIOMICS.columns());
    assertThat(RadiomicsRow.SCHEMA.name()).isEqualTo(RadiomicsExport.FEATURES);
    assertThat(RadiomicsDiagnosticsRow.SCHEMA.name()).isEqualTo(RadiomicsExport.REGIONS);
  }

  private static List<StoredColumn> columns(TableSchema<?> schema) {
    return schema.columns().stream().map(c -> new StoredColumn(c.name(), c.type())).toList();
  }

  private void add(
      String modality,
      int number,
      @Nullable Boolean partial,
      @Nullable String reason,
      FeatureValue... values) {
    RowHead head =
        new RowHead(
            new CourseId("k"),
            "P1",
            "2024-03",
            "key",
            reason == null ? Outcome.Kind.DONE : Outcome.Kind.SKIPPED,
            reason == null ? List.of() : List.of(Finding.Code.ROI_TOO_SMALL));
    RoiOnImage region =
        new RoiOnImage(
            "1.2",
            "Manual",
            number,
            "ROI " + number,
            "1.3." + modality,
            modality,
            RadiomicsMode.PYRADIOMICS,
            "ct");
    if (reason == null) {
      features.addAll(
          RadiomicsRow.rows(
              head,
              region,
              TableFeature.of(List.of(values), RadiomicsOptions.pyradiomics().texture())));
    } else {
      features.add(RadiomicsRow.without(head, region, reason));
    }
    regions.add(
        new RadiomicsDiagnosticsRow(
            head,
            region,
            reason == null ? "abc" : "",
            new RadiomicsDiagnosticsRow.Ends(partial, false),
            RoiFeatures.empty().facts(),
            values.length,
            reason));
  }

  @Test
  void regionsOfTheModeIbsiHaveAFileOfTheirOwn() throws Exception {
    add("CT", 1, false, null, MEAN);
    RowHead head =
        new RowHead(new CourseId("i"), "P2", "2024-03", "key", Outcome.Kind.DONE, List.of());
    RoiOnImage region =
        new RoiOnImage("1.2", "Manual", 1, "PTV", "1.3", "CT", RadiomicsMode.IBSI, "ct");
    features.addAll(
        RadiomicsRow.rows(
            head,
            region,
            List.of(
                new TableFeature("mean-3", "intensity_statistics", "stat_mean", "Q4LE", "", 5),
                new TableFeature("original", "glcm", "cm_contrast", "ACUI", "2.5D_merged ZW7Z", 4),
                new TableFeature("original", "glcm", "cm_contrast", "ACUI", "3D_merged IAZD", 6),
                new TableFeature("original", "morphology", "morph_volume", "RNU0", "", 3))));
    regions.add(
        new RadiomicsDiagnosticsRow(
            head,
            region,
            "abc",
            new RadiomicsDiagnosticsRow.Ends(false, false),
            RoiFeatures.empty().facts(),
            4,
            null));
    write(2);

    assertThat(header("radiomics_ct_ibsi"))
        .containsSubsequence(
            "morph_volume", "cm_contrast_2_5d_merged", "cm_contrast_3d_merged", "mean-3_stat_mean")
        .doesNotContain(MEAN.name());
    assertThat(cells("radiomics_ct_ibsi", "cm_contrast_3d_merged")).containsExactly("6");
    assertThat(header("radiomics_ct")).contains(MEAN.name()).doesNotContain("morph_volume");
    assertThat(cells("radiomics_ct", "patient_id")).containsExactly("P1");
    assertThat(file("radiomics_mr_ibsi")).doesNotExist();
  }

  private void write(int partitions) throws Exception {
    TableStore store = new TableStore(spark, output.toString(), partitions, PatientIds.kept());
    commit(store, RadiomicsRow.SCHEMA, features, partitions);
    commit(store, RadiomicsDiagnosticsRow.SCHEMA, regions, partitions);
    Exports.write(
        spark,
        store,
        output.toString(),
        new ExportOptions(EnumSet.of(Format.CSV, Format.HTML), 100, 0));
  }

  private void commit(
      TableStore store, TableSchema<?> schema, List<TableRecord> rows, int partitions) {
    store.commit(
        new TableChange(schema, spark.parallelize(rows, partitions), new TableChange.Everything()));
  }

  private Path file(String name) {
    return output.resolve("_RESULTS/" + name + ".csv");
  }

  private List<String> header(String file) throws Exception {
    return Arrays.asList(Files.readAllLines(file(file)).get(0).split(",", -1));
  }

  private List<String> cells(String file, String column) throws Exception {
    int at = header(file).indexOf(column);
    return Files.readAllLines(file(file)).stream()
        .skip(1)
        .map(line -> line.replace(", ", "; ").split(",", -1)[at].split(";", -1)[0])
        .toList();
  }

  private static FeatureValue feature(String image, FeatureClass family, String name) {
    return new FeatureValue(image, family, name, 1, null);
  }

  private static FeatureValue value(FeatureValue like, double value) {
    return new FeatureValue(like.imageType(), like.featureClass(), like.feature(), value, null);
  }
}
