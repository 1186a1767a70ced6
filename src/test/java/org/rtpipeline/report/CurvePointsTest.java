package org.rtpipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CurvePointsTest {

  @ParameterizedTest
  @CsvSource({"62, 0.1", "70, 0.1", "80, 0.1", "81, 0.2", "3, 0.005", "1000, 2", "0, 1", "NaN, 1"})
  void stepIsRoundAndCutsTheRangeIntoAtMost800(double highestGy, double stepGy) {
    assertThat(CurvePoints.stepGy(highestGy)).isEqualTo(stepGy);
  }

  @Test
  void pointsLieOnTheLinesBetweenThoseOfTheCurve() {
    assertThat(CurvePoints.json(List.of(1.0, 3.0), List.of(8.0, 0.0), 0.5))
        .isEqualTo("[100,100,100,75,50,25,0]");
  }

  @Test
  void homogeneousDoseFallsAtOnce() {
    assertThat(CurvePoints.json(List.of(2.0), List.of(5.0), 1)).isEqualTo("[100,100,100,0]");
  }

  @Test
  void emptyCurveHasNoPoints() {
    assertThat(CurvePoints.json(List.of(), List.of(), 1)).isEqualTo("[]");
    assertThat(CurvePoints.json(List.of(1.0), List.of(0.0), 1)).isEqualTo("[0]");
  }

  @Test
  void listsOfDifferentLengthsAreRefused() {
    assertThatThrownBy(() -> CurvePoints.json(List.of(1.0), List.of(), 1))
        .hasMessage("curve has 1 doses, 0 volumes");
  }
}
