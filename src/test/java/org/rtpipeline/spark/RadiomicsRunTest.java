package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;

/** Whole runs with radiomics over phantoms. */
@ExtendWith(SharedSpark.class)
final class RadiomicsRunTest {

  @TempDir static Path cohort;
  @TempDir Path folder;

  private final JavaSparkContext context;

  RadiomicsRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void writePhantoms() throws Exception {
    Phantoms.write(cohort, 2);
  }

  @Test
  void everyRegionHasARowOfAllFeaturesAndTheVolumeOfItsContours() throws Exception {
    RunSummary summary = run(folder, 3);

    assertThat(summary.courses()).isEqualTo(new RunSummary.Courses(2, 0, 0, 2));
    List<Map<String, String>> rows = table("radiomics_ct");
    assertThat(rows).hasSameSizeAs(table("dvh_metrics"));
    Map<String, Double> volumesCm3 = new TreeMap<>();
    table("dvh_metrics")
        .forEach(
            row ->
                volumesCm3.put(
                    row.get("patient_id") + row.get("ROI_OriginalName"),
                    Double.valueOf(row.get("Volume (cm³)"))));
    int computed = 0;
    for (Map<String, String> row : rows) {
      String mm3 = row.get("original_shape_VoxelVolume");
      double cm3 = volumesCm3.get(row.get("patient_id") + row.get("roi_original_name"));
      if (!mm3.isEmpty()) {
        computed++;
        assertThat(row.entrySet().stream().filter(e -> e.getKey().startsWith("original_")))
            .hasSize(107)
            .noneMatch(e -> e.getValue().isEmpty());
        if (cm3 > 5) {
          assertThat(Double.parseDouble(mm3) / 1000)
              .as(row.get("roi_original_name"))
              .isCloseTo(cm3, Percentage.withPercentage(8));
        }
      }
    }
    assertThat(computed).isGreaterThan(10);
    assertThat(table("radiomics_reasons"))
        .hasSize(rows.size() - computed)
        .allSatisfy(row -> assertThat(row.get("reason")).isNotBlank());
  }

  @Test
  void rowsAreTheSameForAnyNumberOfPartitions() throws Exception {
    List<String> texts = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 7}) {
      Path output = folder.resolve("p" + partitions);
      run(output, partitions);
      texts.add(
          String.join("\n", Runs.rows(context, output, "radiomics"))
              + Runs.rows(context, output, "radiomics_diagnostics")
              + Runs.rows(context, output, "outcomes")
              + Files.readString(output.resolve("_RESULTS/radiomics_ct.csv")));
    }
    assertThat(texts.get(0)).isEqualTo(texts.get(1)).isEqualTo(texts.get(2)).contains("PTV");
  }

  private RunSummary run(Path output, int partitions) throws Exception {
    return CohortRun.run(
        Runs.engine(context, partitions), Runs.withRadiomics(cohort, output), Runs.SILENT);
  }

  /** Rows of an exported file by the names of its columns; no cell of these holds a comma. */
  private List<Map<String, String>> table(String name) throws Exception {
    List<String> lines = Files.readAllLines(folder.resolve("_RESULTS/" + name + ".csv"));
    List<String> header = Arrays.asList(lines.get(0).split(",", -1));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.replaceAll("\"[^\"]*\"", "text").split(",", -1);
      Map<String, String> row = new TreeMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(header.get(i), cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
