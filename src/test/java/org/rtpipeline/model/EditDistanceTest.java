package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "abc, abc, 0",
    "abc, acb, 1",
    "abc, ab, 1",
    "ab, abc, 1",
    "abc, xbc, 1",
    "kitten, sitting, 3"
  })
  void editsCountTypingErrors(String a, String b, int edits) {
    assertThat(EditDistance.between(a, b)).isEqualTo(edits);
  }
}
