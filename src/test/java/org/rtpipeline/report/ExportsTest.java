package org.rtpipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.report.ExportOptions.Format;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.store.TableChange;
import org.rtpipeline.store.TableStore;

@ExtendWith(SharedSpark.class)
final class ExportsTest {

  @TempDir Path output;
  private final JavaSparkContext spark;

  ExportsTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  @Test
  void dvhMetricsHas146MeasuresAnd169ColumnsInTheOldOrderAndThreeOfOurOwn() {
    List<String> names = DvhMetrics.export().columns().stream().map(ExportColumn::name).toList();
    assertThat(names).hasSize(172).doesNotHaveDuplicates();
    assertThat(names.subList(2, names.indexOf("ROI_Number"))).hasSize(146);
    assertThat(names.subList(0, 30))
        .containsExactly(
            ("patient_id,course_id,DmeanGy,DmaxGy,DminGy,D95Gy,D98Gy,D2Gy,D50Gy,HI,SpreadGy,D1ccGy,"
                    + "D0.1ccGy,Dmean%,Dmax%,Dmin%,D95%,D98%,D2%,D50%,HI%,Spread%,Volume (cm³),"
                    + "IntegralDose_Gycm3,V95%Rx (cm³),V95%Rx (%),V100%Rx (cm³),V100%Rx (%),"
                    + "V1Gy (cm³),V2Gy (cm³)")
                .split(",", -1));
    assertThat(names.subList(169, 172))
        .containsExactly("segmentation_model", "roi_rx_gy", "roi_v95rx_pct");
    assertThat(names.subList(148, 169))
        .containsExactly(
            ("ROI_Number,ROI_Name,ROI_OriginalName,Segmentation_Source,structure_cropped,"
                    + "rtstruct_sop_instance_uid,rtstruct_path,rx_source,dose_resolution,"
                    + "dose_resolution_reason,dose_sop_instance_uid,dose_summation_type,"
                    + "source_dose_sop_instance_uids,source_dose_summation_types,"
                    + "source_plan_sop_instance_uids,rtstruct_resolution,"
                    + "rtstruct_resolution_reason,plan_referenced_rtstruct_sop_instance_uids,"
                    + "contrast_phase,image_modality,body_regions")
                .split(",", -1));
  }

  @Test
  void csvHasTheSameBytesForAnyPartitionsAndOrder() throws Exception {
    List<String> texts = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 7}) {
      Path folder = output.resolve("p" + partitions);
      List<TableRecord> rows = new ArrayList<>(rois(20));
      java.util.Collections.rotate(rows, partitions);
      write(folder, rows, partitions, ExportOptions.standard());
      texts.add(Files.readString(folder.resolve("_RESULTS/dvh_metrics.csv")));
    }
    assertThat(texts.get(0)).isEqualTo(texts.get(1)).isEqualTo(texts.get(2)).contains("2024-03");
  }

  @Test
  void percentOfPrescriptionIsMadeFromItAndEmptyWithoutIt() throws Exception {
    write(output, List.of(roi(1, "PTV", 50.0), roi(2, "Rectum", null)), 1, csvOnly());
    List<String> lines = lines();
    int at = Arrays.asList(lines.get(0).split(",", -1)).indexOf("Dmean%");
    assertThat(lines.get(1).split(",", -1)[at]).isEqualTo("50");
    assertThat(lines.get(2).split(",", -1)[at]).isEmpty();
  }

  @Test
  void regionThatTouchesTheBorderIsCalledPartial() throws Exception {
    write(output, List.of(roi(1, "PTV", 50.0), roi(2, "Body", null)), 1, csvOnly());
    assertThat(lines().get(2)).contains("Body__partial,Body");
  }

  @Test
  void reasonsOfEmptyCellsHaveTheirOwnFile() throws Exception {
    write(output, List.of(roi(1, "PTV", 50.0), roi(2, "Empty", null)), 1, csvOnly());
    assertThat(Files.readAllLines(output.resolve("_RESULTS/dvh_reasons.csv")))
        .hasSize(2)
        .last()
        .asString()
        .contains("Empty")
        .endsWith("has no contour");
  }

  @Test
  void rowOfAWholeCourseStaysInTheTables() throws Exception {
    write(output, List.of(roi(1, "PTV", 50.0), new DvhSample(null, "", null)), 1, csvOnly());
    assertThat(lines()).hasSize(2);
  }

  @Test
  void namesThatLookLikeFormulasAreTextEverywhere() throws Exception {
    write(output, List.of(roi(1, "=HYPERLINK(\"x\"),\n<b>", 50.0)), 1, ExportOptions.standard());
    assertThat(Files.readString(output.resolve("_RESULTS/dvh_metrics.csv")))
        .contains("\"'=HYPERLINK(\"\"x\"\"),\n<b>\"");
    try (ZipFile xlsx = new ZipFile(output.resolve("_RESULTS/dvh_metrics.xlsx").toFile())) {
      String sheet =
          new String(
              xlsx.getInputStream(xlsx.getEntry("xl/worksheets/sheet1.xml")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(sheet).doesNotContain("<f>").contains("t=\"s\"");
    }
    Row row = parquet();
    assertThat(row.<String>getAs("ROI_OriginalName")).startsWith("=HYPERLINK");
    assertThat(row.<Double>getAs("DmeanGy")).isEqualTo(25.0);
    assertThat(row.<String>getAs("source_dose_sop_instance_uids")).isEqualTo("1.2;3.4");
  }

  @Test
  void fullSheetIsFollowedByAnotherWithANotice() throws Exception {
    ExportOptions small = new ExportOptions(EnumSet.of(Format.XLSX), 4, 0);
    ExportSummary summary = write(output, rois(7), 1, small);
    assertThat(summary.notices())
        .contains("dvh_metrics.xlsx: a sheet holds 4 rows, so the table goes on over 3");
    try (ZipFile xlsx = new ZipFile(output.resolve("_RESULTS/dvh_metrics.xlsx").toFile())) {
      assertThat(xlsx.getEntry("xl/worksheets/sheet3.xml")).isNotNull();
      assertThat(xlsx.getEntry("xl/worksheets/sheet4.xml")).isNull();
    }
  }

  @Test
  void rowsAcrossASplitAreAllThereUnderTheSameHeader() throws Exception {
    ExportOptions small = new ExportOptions(EnumSet.of(Format.XLSX), 4, 0);
    write(output, rois(7), 2, small);
    List<Integer> rows = new ArrayList<>();
    try (ZipFile xlsx = new ZipFile(output.resolve("_RESULTS/dvh_metrics.xlsx").toFile())) {
      for (int sheet = 1; sheet <= 3; sheet++) {
        String text = part(xlsx, "xl/worksheets/sheet" + sheet + ".xml");
        rows.add(text.split("<row ", -1).length - 1);
      }
      String strings = part(xlsx, "xl/sharedStrings.xml");
      for (int roi = 0; roi < 7; roi++) {
        assertThat(strings).contains(">ROI " + roi + "<");
      }
    }
    assertThat(rows).as("rows with the header of each sheet").containsExactly(4, 4, 2);
  }

  private static String part(ZipFile xlsx, String name) throws Exception {
    return new String(
        xlsx.getInputStream(xlsx.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void w05DerivedRegionIsKeptThoughAnotherPatientHasADrawnOneOfItsName() throws Exception {
    List<TableRecord> rows = new ArrayList<>();
    for (String source : List.of("Custom", "Merged", "Manual")) {
      String key = "k" + (rows.size() + 1);
      rows.add(
          DvhRows.drawnBy(
              DvhRows.head(key, "P-" + source, Outcome.Kind.DONE, List.of()), source, "Rectum"));
    }
    TableStore store = new TableStore(spark, output.toString(), 2, PatientIds.kept());
    store.commit(
        new TableChange(DvhRow.SCHEMA, spark.parallelize(rows, 2), new TableChange.Everything()));
    Exports.write(spark, store, output.toString(), csvOnly());
    assertThat(lines()).hasSize(4);
    for (String source : List.of("Custom", "Merged", "Manual")) {
      assertThat(lines())
          .filteredOn(line -> line.startsWith("P-" + source + ","))
          .singleElement()
          .asString()
          .contains("Rectum,Rectum," + source + ",");
    }
  }

  @Test
  void textLongerThanACellIsCutWithANotice() throws Exception {
    ExportOptions xlsx = new ExportOptions(EnumSet.of(Format.XLSX), 10, 0);
    ExportSummary summary = write(output, List.of(roi(1, "x".repeat(40_000), 1.0)), 1, xlsx);
    assertThat(summary.notices())
        .contains("dvh_metrics.xlsx: 2 cells hold the first 32767 characters of their text");
  }

  @Test
  void folderWithoutTablesGetsHeadersOnly() throws Exception {
    TableStore store = new TableStore(spark, output.toString(), 1, PatientIds.kept());
    Exports.write(spark, store, output.toString(), csvOnly());
    assertThat(lines()).hasSize(1);
  }

  @Test
  void secondExportReplacesTheFirstAndLeavesNothingElse() throws Exception {
    write(output, rois(3), 1, ExportOptions.standard());
    ExportSummary summary = write(output, rois(5), 1, ExportOptions.standard());
    assertThat(lines()).hasSize(6);
    try (Stream<Path> files = Files.list(output.resolve("_RESULTS"))) {
      assertThat(files.map(Path::toString))
          .containsExactlyInAnyOrderElementsOf(
              summary.files().stream().map(file -> file.replace("file:", "")).toList());
    }
  }

  @Test
  void optionsThatNoSheetCanHoldAreRefused() {
    EnumSet<Format> none = EnumSet.noneOf(Format.class);
    assertThatThrownBy(() -> new ExportOptions(none, 1, 0)).hasMessageContaining("not 1");
    assertThatThrownBy(() -> new ExportOptions(none, 1_048_577, 0)).hasMessageContaining("1048577");
    assertThatThrownBy(() -> new ExportOptions(none, 10, -1)).hasMessageContaining("-1");
  }

  private ExportSummary write(
      Path folder, List<TableRecord> rows, int partitions, ExportOptions options) throws Exception {
    TableStore store = new TableStore(spark, folder.toString(), partitions, PatientIds.kept());
    store.commit(
        new TableChange(
            DvhSample.SCHEMA, spark.parallelize(rows, partitions), new TableChange.Everything()));
    return Exports.write(spark, store, folder.toString(), options);
  }

  private List<String> lines() throws Exception {
    return Files.readAllLines(output.resolve("_RESULTS/dvh_metrics.csv"));
  }

  private Row parquet() {
    return SparkSession.builder()
        .sparkContext(spark.sc())
        .getOrCreate()
        .read()
        .parquet(output.resolve("_RESULTS/dvh_metrics.parquet").toString())
        .first();
  }

  private static ExportOptions csvOnly() {
    return new ExportOptions(EnumSet.of(Format.CSV), 100, 0);
  }

  private static TableRecord roi(
      int number, String name, @org.jspecify.annotations.Nullable Double rxGy) {
    return new DvhSample(number, name, rxGy);
  }

  private static List<TableRecord> rois(int count) {
    List<TableRecord> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(roi(i, "ROI " + i, 50.0));
    }
    return rows;
  }
}
