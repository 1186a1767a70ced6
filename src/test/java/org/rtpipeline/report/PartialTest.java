package org.rtpipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartialTest {

  @Test
  void aRegionIsPartialWhenTheImageOrABoundCutsIt() {
    assertThat(Partial.of(true, false)).isTrue();
    assertThat(Partial.of(false, true)).isTrue();
    assertThat(Partial.of(null, true)).isTrue();
    assertThat(Partial.of(false, false)).isFalse();
  }

  @Test
  void itIsNotKnownWithoutAnImage() {
    assertThat(Partial.of(null, false)).isNull();
    assertThat(Partial.of(null, null)).isNull();
  }

  @Test
  void onlyThenTheNameIsMarked() {
    assertThat(Partial.marked("Rectum", true)).isEqualTo("Rectum__partial");
    assertThat(Partial.marked(null, true)).isEqualTo("__partial");
    assertThat(Partial.marked("Rectum", false)).isEqualTo("Rectum");
    assertThat(Partial.marked("Rectum", null)).isEqualTo("Rectum");
  }
}
