package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class NormalisationTest {

  private static final boolean[] EVERYWHERE = {};
  private static final Offset<Float> CLOSE = within(1e-6f);

  @Test
  void aWindowClampsThenScales() {
    float[] values = {-2000, 0, 50, 2000};
    new Normalisation.Window(-1000, 1000, 100, 50).apply(values, EVERYWHERE);
    assertThat(values).containsExactly(-22, -2, -1, 18);
  }

  @Test
  void aWindowWithoutWidthDoesNotDivideByZero() {
    float[] values = {1};
    new Normalisation.Window(0, 1, 1, 0).apply(values, EVERYWHERE);
    assertThat(values).containsExactly(0);
  }

  @Test
  void scoresHaveMeanZeroAndDeviationOne() {
    float[] values = {1, 2, 3, 4};
    new Normalisation.ZScore(Normalisation.ZScore.Over.IMAGE).apply(values, EVERYWHERE);
    assertThat(values[0]).isCloseTo(-1.3416408f, CLOSE);
    assertThat(values[3]).isCloseTo(1.3416408f, CLOSE);
  }

  @Test
  void scoresOfARegionLeaveTheRestAlone() {
    float[] values = {0, 2, 4, 0};
    Normalisation scheme = new Normalisation.ZScore(Normalisation.ZScore.Over.NONZERO);
    scheme.apply(values, new boolean[] {false, true, true, false});
    assertThat(values).containsExactly(0, -1, 1, 0);
    assertThat(scheme.looksInside()).isTrue();
    assertThat(new Normalisation.None().looksInside()).isFalse();
    assertThat(new Normalisation.ZScore(Normalisation.ZScore.Over.IMAGE).looksInside()).isFalse();
  }

  @Test
  void theUnitRangeGoesFromTheLeastToTheGreatest() {
    float[] values = {-3, 1, 5};
    new Normalisation.Unit().apply(values, EVERYWHERE);
    assertThat(values).containsExactly(0, 0.5f, 1);
  }

  @Test
  void quantilesHoldOutliersBack() {
    float[] values = new float[101];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 - i;
    }
    values[0] = 1e6f;
    new Normalisation.Quantiles(0.05, 0.95).apply(values, EVERYWHERE);
    assertThat(values[0]).isEqualTo(1);
    assertThat(values[100]).isZero();
    assertThat(values[50]).isCloseTo(0.5f, CLOSE);
  }

  @Test
  void quantilesRise() {
    assertThatThrownBy(() -> new Normalisation.Quantiles(0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.5");
    assertThatThrownBy(() -> new Normalisation.Quantiles(-1, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Normalisation.Quantiles(0, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noneLeavesValuesAlone() {
    float[] values = {1, -2};
    new Normalisation.None().apply(values, EVERYWHERE);
    assertThat(values).containsExactly(1, -2);
  }
}
