package org.rtpipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CellTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-PTV", "@SUM(A1)", "\tx", "\rx"})
  void textThatLooksLikeAFormulaIsGuarded(String text) {
    assertThat(CellText.csv(text)).isEqualTo("'" + text);
    assertThat(CellText.csv(List.of(text, "b"))).startsWith("'");
  }

  @Test
  void numbersAreNeverGuarded() {
    assertThat(CellText.csv(-1.5)).isEqualTo("-1.5");
    assertThat(CellText.csv(-3)).isEqualTo("-3");
    assertThat(CellText.csv(true)).isEqualTo("true");
  }

  @Test
  void emptyCellIsEmptyAndListsAreJoined() {
    assertThat(CellText.csv(null)).isEmpty();
    assertThat(CellText.csv("")).isEmpty();
    assertThat(CellText.csv(List.of("a", "b"))).isEqualTo("a;b");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyNumberReadsBackAsItself(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(CellText.number(value))).isEqualTo(value);
      }
    }
  }

  @Test
  void wholeNumbersHaveNoFraction() {
    assertThat(CellText.number(12)).isEqualTo("12");
    assertThat(CellText.number(0.1)).isEqualTo("0.1");
    assertThat(CellText.number(2.0E-3)).isIn("0.002", "0.0020");
  }
}
