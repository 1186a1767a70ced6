package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.config.Selection;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.fixture.SparkTasks;

@ExtendWith(SharedSpark.class)
final class CohortRunTest {

  @TempDir static Path cohort;
  @TempDir Path folder;

  private final JavaSparkContext context;

  CohortRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void writePhantoms() throws Exception {
    Phantoms.write(cohort, 4);
  }

  @Test
  void aWholeRunIsNeverWiderThanTheUsableCoresAndItsPartitionsAreThoseOfTheRule() throws Exception {
    Parallelism rule = Parallelism.of(context, OptionalInt.empty(), Duration.ofSeconds(10));
    assertThat(rule.partitions()).isEqualTo(3);

    for (Path output : List.of(folder, folder)) {
      RunSummary summary;
      try (SparkTasks tasks = new SparkTasks(context)) {
        summary =
            CohortRun.run(SparkEngine.on(context, rule), Runs.request(cohort, output), Runs.SILENT);

        assertThat(tasks.atOnce(job -> !job.equals("scan"))).isLessThanOrEqualTo(3);
        assertThat(tasks.atOnce(job -> job.equals("scan"))).isLessThanOrEqualTo(4);
        assertNoStageIsWiderThan(3, tasks.stages());
      }

      assertThat(summary.stages())
          .extracting(use -> use.stage() + " " + use.partitions())
          .containsExactly("SCAN 6", "ORGANIZE 3", "DVH 3", "COMMIT 3");
      assertThat(summary.stages())
          .allSatisfy(
              use ->
                  assertThat(use.tasksAtOnce())
                      .isBetween(1, use.stage() == StageName.SCAN ? 4 : 3));
    }
  }

  @Test
  void oneUsableCoreIsOnePartitionAndOneTaskAtOnce() throws Exception {
    for (Path output : List.of(folder, folder)) {
      try (SparkTasks tasks = new SparkTasks(context)) {
        RunSummary summary =
            CohortRun.run(Runs.engine(context, 1), Runs.request(cohort, output), Runs.SILENT);

        assertThat(summary.stages())
            .extracting(use -> use.stage() + " " + use.partitions())
            .containsExactly("SCAN 2", "ORGANIZE 1", "DVH 1", "COMMIT 1");
        assertThat(tasks.atOnce(job -> !job.equals("scan"))).isEqualTo(1);
        assertNoStageIsWiderThan(1, tasks.stages());
      }
    }
  }

  private static void assertNoStageIsWiderThan(
      int partitions, Map<String, List<SparkTasks.Stage>> stages) {
    assertThat(stages).containsKeys("scan", "organize", "dvh", "commit");
    stages.forEach(
        (job, each) ->
            assertThat(each)
                .as(job)
                .allSatisfy(
                    stage ->
                        assertThat(stage.tasks())
                            .isLessThanOrEqualTo(
                                job.equals("scan") ? 2 * partitions : partitions)));
  }

  @Test
  void filesHaveTheSameBytesForAnyPartitionsAndOrderOfFiles() throws Exception {
    Path renamed = folder.resolve("renamed");
    flatten(cohort, renamed);

    String one = results(cohort, 1);

    assertThat(one).contains("PTV");
    assertThat(results(renamed, 2)).isEqualTo(one);
    assertThat(results(cohort, 7)).isEqualTo(one);
  }

  @Test
  void aSecondRunLeavesTheSameRowsAndOneMoreRun() throws Exception {
    SparkEngine engine = Runs.engine(context, 3);
    CohortRun.run(engine, Runs.request(cohort, folder), Runs.SILENT);
    List<String> first = Runs.rows(context, folder, "dvh");

    RunSummary second = CohortRun.run(engine, Runs.request(cohort, folder), Runs.SILENT);

    assertThat(second.courses()).isEqualTo(new RunSummary.Courses(4, 0, 0, 4));
    assertThat(Runs.rows(context, folder, "dvh")).isEqualTo(first);
    assertThat(Runs.rows(context, folder, "runs")).hasSize(2);
    RunSummary third =
        CohortRun.run(
            engine, Runs.request(cohort, folder, "*", Selection.Which.ONLY_FAILED), Runs.SILENT);
    assertThat(third.courses()).isEqualTo(new RunSummary.Courses(0, 0, 0, 0));
    assertThat(Runs.rows(context, folder, "dvh")).isEqualTo(first);
  }

  @Test
  void aRunOfSomeCoursesLeavesTheRowsOfTheOthers() throws Exception {
    SparkEngine engine = Runs.engine(context, 2);
    CohortRun.run(engine, Runs.request(cohort, folder), Runs.SILENT);
    List<String> all = Runs.rows(context, folder, "dvh");
    List<String> courses = Runs.rows(context, folder, "courses", "course_key");
    String key = courses.get(0).replaceAll(".*=|}", "");

    RunSummary one =
        CohortRun.run(engine, Runs.request(cohort, folder, key, Selection.Which.ALL), Runs.SILENT);

    assertThat(one.courses().found()).isEqualTo(1);
    assertThat(Runs.rows(context, folder, "dvh")).isEqualTo(all);
  }

  @Test
  void anEclipseExportWithoutPlanAndCtIsOneCourseWithHistograms() throws Exception {
    Path input = SharedData.require("rt/slicerrt-eclipse-prostate");

    RunSummary summary =
        CohortRun.run(Runs.engine(context, 2), Runs.request(input, folder), Runs.SILENT);

    assertThat(summary.courses()).isEqualTo(new RunSummary.Courses(1, 0, 0, 1));
    assertThat(Runs.rows(context, folder, "dvh", "roi_name")).isNotEmpty();
  }

  private String results(Path input, int usableCores) throws Exception {
    Path output = folder.resolve("results-" + usableCores);
    CohortRun.run(Runs.engine(context, usableCores), Runs.request(input, output), Runs.SILENT);
    List<String> texts = new ArrayList<>();
    for (String file : List.of("dvh_metrics", "outcomes", "courses")) {
      Path csv = output.resolve("_RESULTS").resolve(file + ".csv");
      texts.add(Files.readString(csv, StandardCharsets.UTF_8));
    }
    texts.addAll(Runs.rows(context, output, "dvh"));
    texts.addAll(Runs.rows(context, output, "dvh_curves"));
    return String.join("\n", texts);
  }

  /** Copies every DICOM file into one folder under a name that sorts the other way round. */
  private static void flatten(Path from, Path to) throws Exception {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.walk(from)) {
      List<Path> sorted =
          files
              .filter(path -> path.toString().endsWith(".dcm"))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (int i = 0; i < sorted.size(); i++) {
        Files.copy(sorted.get(i), to.resolve(String.format(Locale.ROOT, "%05d", i)));
      }
    }
  }
}
