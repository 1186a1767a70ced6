package org.rtpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressLineTest {
  private final StringWriter printed = new StringWriter();
  private Instant now = Instant.EPOCH;

  @Test
  void aFileGetsOneLineEachPace() {
    ProgressLine progress = progress(ProgressLine.Display.PLAIN);
    for (int second = 0; second <= 90; second++) {
      now = Instant.ofEpochSecond(second);
      progress.show("dvh", second, 0, 90 - second);
    }
    assertThat(printed.toString().lines())
        .containsExactly(
            "dvh: 30 done, 0 failed, 60 left, 60.0/min, 1:00 to go",
            "dvh: 60 done, 0 failed, 30 left, 60.0/min, 0:30 to go",
            "dvh: 90 done, 0 failed, 0 left, 60.0/min");
  }

  @Test
  void aTerminalSeesOneLineDrawnAgain() {
    ProgressLine progress = progress(ProgressLine.Display.TERMINAL);
    for (int second = 1; second <= 3; second++) {
      now = Instant.ofEpochSecond(second);
      progress.show("dvh", second, 1, 10 - second);
    }
    progress.finish();
    assertThat(printed.toString())
        .doesNotContain("\n")
        .startsWith("\r\u001b[Kdvh: 1 done, 1 failed");
    assertThat(printed.toString()).endsWith("\r\u001b[K");
  }

  @Test
  void aTerminalIsNotDrawnMoreOftenThanPeopleSee() {
    ProgressLine progress = progress(ProgressLine.Display.TERMINAL);
    for (int millis = 1; millis <= 1000; millis++) {
      now = Instant.ofEpochMilli(millis);
      progress.show("scan", millis, 0, 1000 - millis);
    }
    assertThat(printed.toString().split("\r", -1)).hasSize(6);
  }

  @Test
  void nothingIsSaidOfTheTimeLeftBeforeTheFirstResult() {
    ProgressLine progress = progress(ProgressLine.Display.PLAIN);
    now = Instant.ofEpochSecond(30);
    progress.show("scan", 0, 0, 5);
    assertThat(printed.toString()).isEqualToIgnoringNewLines("scan: 0 done, 0 failed, 5 left");
  }

  @Test
  void theRateCountsFromTheFirstNewsAndNotFromTheStart() {
    ProgressLine progress = progress(ProgressLine.Display.PLAIN);
    now = Instant.ofEpochSecond(20);
    progress.show("courses", 0, 0, 5);
    now = Instant.ofEpochSecond(50);
    progress.show("courses", 1, 0, 4);
    assertThat(printed.toString())
        .isEqualToIgnoringNewLines("courses: 1 done, 0 failed, 4 left, 2.0/min, 2:00 to go");
  }

  @Test
  void nothingIsClearedWhereNothingWasDrawn() {
    progress(ProgressLine.Display.TERMINAL).finish();
    assertThat(printed.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "65, 1:05", "3599, 59:59", "3661, 1:01:01"})
  void timeReadsAsOnAClock(long seconds, String clock) {
    assertThat(ProgressLine.clock(seconds)).isEqualTo(clock);
  }

  private ProgressLine progress(ProgressLine.Display display) {
    return new ProgressLine(
        new PrintWriter(printed, true), display, Duration.ofSeconds(30), () -> now);
  }
}
