package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecimalFormatterTest {
  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyTextFitsAndReadsBackToNineDigits(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-300, 300));
      String text = DecimalFormatter.text(value);
      assertThat(text.length()).as(text).isLessThanOrEqualTo(DecimalFormatter.MAX_LENGTH);
      assertThat(DecimalParser.numbers(text.getBytes(US_ASCII))[0])
          .isCloseTo(value, Offset.offset(Math.abs(value) * 1e-8));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-0.0,0", "5,5", "-12.5,-12.5", "0.1,0.1", "1e-7,0.0000001", "3e20,3E20"})
  void shortNumbersStandAsTheyAre(double value, String text) {
    assertThat(DecimalFormatter.text(value)).isEqualTo(text);
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    assertThatThrownBy(() -> DecimalFormatter.text(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
