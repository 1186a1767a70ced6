package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartialNameTest {

  @Test
  void theMarkStandsBehindTheNameAndComesOffAgain() {
    assertThat(PartialName.of("Rectum")).isEqualTo("Rectum__partial");
    assertThat(PartialName.whole("Rectum__partial")).isEqualTo("Rectum");
    assertThat(PartialName.whole("Rectum")).isEqualTo("Rectum");
  }

  @Test
  void aLongNameIsCutForTheMark() {
    assertThat(PartialName.of("x".repeat(64), 64)).isEqualTo("x".repeat(55) + "__partial");
    assertThat(PartialName.of("x".repeat(55), 64)).isEqualTo("x".repeat(55) + "__partial");
  }
}
