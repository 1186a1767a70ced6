package org.rtpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultLinesTest {
  @Test
  void theReportComesFirstThenOneLinePerTable() {
    assertThat(
            ResultLines.of(
                List.of(
                    "file:/o/_RESULTS/courses.csv",
                    "file:/o/_RESULTS/dvh_metrics.csv",
                    "file:/o/_RESULTS/dvh_metrics.parquet",
                    "file:/o/_RESULTS/dvh_metrics.xlsx",
                    "file:/o/_RESULTS/report.html")))
        .containsExactly(
            "results in /o/_RESULTS",
            "  report.html      open this first",
            "  courses          csv",
            "  dvh_metrics      csv xlsx parquet");
  }

  @Test
  void otherFilesAreNamedToo() {
    assertThat(
            ResultLines.of(List.of("hdfs://h/o/README", "hdfs://h/o/a.json", "hdfs://h/o/a.csv")))
        .containsExactly("results in hdfs://h/o", "  README", "  a                csv json");
  }

  @Test
  void nothingIsSaidOfNothing() {
    assertThat(ResultLines.of(List.of())).isEmpty();
  }
}
