package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.CsvTable;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.phantom.CourseTruth;
import org.rtpipeline.phantom.MixedCohort;

/** Metadata and checks of the mixed cohort. */
@ExtendWith(SharedSpark.class)
final class MixedQcRunTest {

  @TempDir static Path cohort;
  @TempDir static Path output;
  private static List<CourseTruth> truth = List.of();

  @BeforeAll
  static void run(JavaSparkContext context) throws Exception {
    truth = MixedCohort.write(cohort, 11);
    CohortRun.run(Runs.engine(context, 3), Runs.withPeople(cohort, output), Runs.SILENT);
  }

  @Test
  void checksCountTheFractionsThatTheTableOfFractionsHas() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    truth.forEach(t -> t.fractions().forEach((plan, n) -> expected.put(plan, n + " recorded")));
    Map<String, String> found = new TreeMap<>();
    for (CsvTable.Row row : CsvTable.rows(output.resolve("_RESULTS/qc.csv"))) {
      if (row.text("check").equals("FRACTION_COUNT")
          && !row.text("level").equals("NOT_EVALUATED")) {
        found.put(row.text("subject"), row.text("value"));
      }
    }

    assertThat(found).isEqualTo(expected);
  }
}
