package org.rtpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.JobSource;
import org.rtpipeline.config.Sections;
import org.rtpipeline.config.Setting;
import org.rtpipeline.spark.RunSummary;

final class RunEndTextTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void reasonsAreBoundedAndTheRestIsNamed() throws Exception {
    List<RunSummary.Reason> reasons =
        IntStream.range(0, 13)
            .mapToObj(
                i -> new RunSummary.Reason(RunSummary.What.FILE, "C" + i, 20 - i, "f" + i, "why"))
            .toList();
    print(end(1, reasons, List.of("/o/_RESULTS/findings.csv")), job("*", "false"));
    assertThat(err.toString())
        .contains("  20 files   C0: why (as f0)")
        .contains("C9")
        .doesNotContain("C10")
        .contains("  … 3 more in findings.csv");
  }

  @Test
  void aRunWithoutAnythingToSaySaysLittle() throws Exception {
    print(end(1, List.of(), List.of()), job("*", "false"));
    assertThat(err.toString()).doesNotContain("stage").doesNotContain("left out");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "*, false, USAGE, error: the input holds no course",
    "k7*, false, USAGE, 'error: no course has a key, a label or a patient id like k7*'",
    "*, true, DONE, nothing to do: every course that is asked for has finished before"
  })
  void noCourseIsExplained(String glob, String onlyFailed, ExitCode exitCode, String line)
      throws Exception {
    RunSummary none = end(0, List.of(), List.of());
    Job job = job(glob, onlyFailed);
    print(none, job);
    assertThat(err.toString().lines()).contains(line);
    assertThat(RunEndText.exitCode(none, job)).isEqualTo(exitCode);
  }

  @Test
  void aFolderThatNobodyCouldLookIntoIsNoCleanEnd() throws Exception {
    RunSummary end =
        end(
            1,
            List.of(
                new RunSummary.Reason(
                    RunSummary.What.FILE,
                    "FOLDER_UNREADABLE",
                    1,
                    "file:/in/a",
                    "cannot be listed")),
            List.of());
    assertThat(RunEndText.exitCode(end, job("*", "false"))).isEqualTo(ExitCode.PARTIAL);
    assertThat(RunEndText.exitCode(end(1, List.of(), List.of()), job("*", "false")))
        .isEqualTo(ExitCode.DONE);
  }

  private void print(RunSummary end, Job job) {
    RunEndText.print(
        end, List.of(), job, new Console(new PrintWriter(out, true), new PrintWriter(err, true)));
  }

  private static RunSummary end(
      long courses, List<RunSummary.Reason> reasons, List<String> results) {
    return new RunSummary(
        "r1",
        new RunSummary.Files(1, 0, 0, 1, 0),
        new RunSummary.Courses(courses, 0, 0, courses),
        reasons,
        List.of(),
        results,
        List.of(),
        "",
        1);
  }

  private static Job job(String glob, String onlyFailed) throws ConfigurationException {
    return Sections.job(
        new JobSource(
            null,
            List.of(
                new Setting("course", glob, "--course"),
                new Setting("only-failed", onlyFailed, "--only-failed")),
            Set.of()));
  }
}
