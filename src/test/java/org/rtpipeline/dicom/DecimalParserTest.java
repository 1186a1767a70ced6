package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalParserTest {
  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static double[] numbers(String text) {
    return DecimalParser.numbers(text.getBytes(US_ASCII));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyNumberEqualsTheOneOfTheJdk(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      String text = text(random);
      assertThat(numbers(text)).as(text).containsExactly(Double.parseDouble(text.strip()));
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    text.append(" ".repeat(random.nextInt(3)))
        .append(new String[] {"", "-", "+"}[random.nextInt(3)]);
    int whole = random.nextInt(20);
    for (int i = 0; i < whole; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    if (whole == 0 || random.nextInt(2) == 0) {
      text.append('.');
      int fraction = random.nextInt(18) + (whole == 0 ? 1 : 0);
      for (int i = 0; i < fraction; i++) {
        text.append((char) ('0' + random.nextInt(10)));
      }
    }
    if (random.nextInt(3) == 0) {
      text.append(random.nextInt(2) == 0 ? 'e' : 'E')
          .append(new String[] {"", "-", "+"}[random.nextInt(3)])
          .append(random.nextInt(random.nextInt(2) == 0 ? 30 : 400));
    }
    return text.append(" ".repeat(random.nextInt(3))).toString();
  }

  @Test
  void componentsAreSeparatedByBackslashes() {
    assertThat(numbers("1\\-2.5\\ 3e2 ")).containsExactly(1, -2.5, 300);
  }

  @Test
  void emptyComponentsAreNoNumbers() {
    assertThat(numbers("1\\\\3\\")).containsExactly(1, Double.NaN, 3, Double.NaN);
  }

  @Test
  void blankTextHoldsNoNumbers() {
    assertThat(numbers("  \0")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "1,5", "--1", "1.2.3", "1e", "1e+", "NaN", "Infinity", "0x10", "1 2", "."})
  void whatIsNoDecimalStringIsNoNumber(String text) {
    assertThat(numbers(text)).containsExactly(Double.NaN);
  }

  @Test
  void hugeExponentsEndInInfinityAsInTheJdk() {
    assertThat(numbers("1e99999")).containsExactly(Double.POSITIVE_INFINITY);
  }
}
