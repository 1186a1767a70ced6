package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;

/** Regions of the body in a whole run with quality control and automatic structures. */
@ExtendWith(SharedSpark.class)
final class RegionsRunTest {

  @TempDir static Path folder;
  private final JavaSparkContext context;

  RegionsRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void run() throws Exception {
    Path input = folder.resolve("dicom");
    Phantoms.write(input, 3);
    CohortRun.run(
        Runs.engine(SharedSpark.context(), 2),
        Runs.withChecks(input, folder.resolve("results")),
        Runs.SILENT);
  }

  private List<String> rows(String... columns) {
    return Runs.rows(context, folder.resolve("results"), "body_regions", columns);
  }

  private static List<String> column(String file, String name) throws IOException {
    List<String> lines =
        Files.readAllLines(folder.resolve("results/_RESULTS").resolve(file + ".csv"));
    int at = List.of(lines.get(0).split(",", -1)).indexOf(name);
    List<String> cells = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] all = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
      cells.add(all[at]);
    }
    return cells;
  }

  @Test
  void everyCourseHasARowOverItsOwnStructuresAndOneOverAutomaticOnesAsWell() {
    assertThat(rows("structures")).hasSize(6).filteredOn(r -> r.contains("AUTOMATIC")).hasSize(3);
    assertThat(rows("image_modality")).allMatch(row -> row.contains("=CT"));
  }

  @Test
  void thePelvisOfAProstateCourseIsKnownByItsStructures() {
    assertThat(rows("contains_pelvis", "pelvis_basis", "pelvis_vertebrae"))
        .contains("{contains_pelvis=true, pelvis_basis=STRUCTURES, pelvis_vertebrae=1}");
  }

  @Test
  void everyRegionHasBoundsOrSaysThatALandmarkIsMissing() {
    List<String> rows =
        Runs.rows(context, folder.resolve("results"), "crop_bounds", "region", "quality", "flags");
    assertThat(rows).hasSize(30);
    assertThat(rows)
        .filteredOn(row -> row.contains("quality=MISSING"))
        .allMatch(row -> row.contains("MISSING_LANDMARK"));
  }

  @Test
  void exportsOfDosesNameRegionsAndModalityOfTheirCourse() throws IOException {
    assertThat(column("dvh_metrics", "image_modality")).isNotEmpty().containsOnly("CT");
    assertThat(column("dvh_metrics", "body_regions")).doesNotContain("unknown", "");
    assertThat(column("dvh_metrics", "contrast_phase")).doesNotContain("");
  }

  @Test
  void qcReportsHoldEveryRegionWithItsConfidence() throws IOException {
    assertThat(column("qc_reports", "contains_pelvis")).hasSize(3).contains("true");
    assertThat(column("qc_reports", "pelvis_confidence")).contains("1");
    assertThat(column("qc_reports", "contains_head_neck")).contains("true");
  }
}
