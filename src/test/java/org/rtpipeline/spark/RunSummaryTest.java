package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunSummaryTest {

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0", "3, 0, 0, 3", "1, 2, 4, 7"})
  void whatAddsUpIsTaken(long one, long two, long three, long all) {
    assertThat(new RunSummary.Files(one, two, three, all, 0).seen()).isEqualTo(all);
    assertThat(new RunSummary.Courses(one, two, three, all).found()).isEqualTo(all);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0, 1", "1, 2, 4, 8", "1, 2, 4, 6"})
  void whatHasVanishedStopsTheRun(long one, long two, long three, long all) {
    assertThatThrownBy(() -> new RunSummary.Files(one, two, three, all, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "files seen "
                + all
                + ", but used "
                + one
                + " + ignored "
                + two
                + " + rejected "
                + three);
    assertThatThrownBy(() -> new RunSummary.Courses(one, two, three, all))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "courses found "
                + all
                + ", but done "
                + one
                + " + skipped "
                + two
                + " + failed "
                + three);
  }

  @Test
  void theSummaryForProgramsNamesNoExample() {
    RunSummary.Files files = new RunSummary.Files(1, 2, 4, 7, 5);
    RunSummary.Courses courses = new RunSummary.Courses(1, 0, 1, 2);
    RunSummary summary =
        new RunSummary(
            "r1",
            files,
            courses,
            List.of(
                new RunSummary.Reason(
                    RunSummary.What.FILE, "NOT_DICOM", 2, "secret-name", "secret-text")),
            List.of(new StageUse(StageName.DVH, 3, 2, 0.5, 1.5)),
            List.of("out/report.html"),
            List.of("a notice"),
            "1 executor(s)",
            2.5);

    assertThat(summary.json(new RunRow("r1", "start", "end", "1.2", "sha", files, courses, 3)))
        .contains("\"what\" : \"file\"", "\"code\" : \"NOT_DICOM\"", "\"stage\" : \"dvh\"")
        .contains(
            "\"productVersion\" : \"1.2\"", "\"rejected\" : 4", "\"failed\" : 1", "out/report.html")
        .doesNotContain("secret")
        .endsWith("}\n");
  }
}
