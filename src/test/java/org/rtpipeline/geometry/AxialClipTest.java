package org.rtpipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AxialClipTest {

  /** A square of 10 mm in the plane of y and z, from z = 0 to 10. */
  private static final double[] UPRIGHT = {5, 0, 0, 5, 10, 0, 5, 10, 10, 5, 0, 10};

  private static double[] across(double zMm) {
    return new double[] {0, 0, zMm, 10, 0, zMm, 10, 10, zMm};
  }

  private static double areaMm2(double[] polygonMm) {
    return PlaneStack.areaVector(polygonMm).length();
  }

  @Test
  void aPolygonBetweenTheHeightsIsTheSameArray() {
    double[] polygon = across(5);
    assertThat(AxialClip.clipped(polygon, 0, 10)).isSameAs(polygon);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 10, 10.009, -0.009})
  void aPolygonOnAHeightIsKept(double zMm) {
    double[] polygon = across(zMm);
    assertThat(AxialClip.clipped(polygon, 0, 10)).isSameAs(polygon);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 10.1})
  void aPolygonAcrossThePatientBeyondAHeightIsGone(double zMm) {
    assertThat(AxialClip.clipped(across(zMm), 0, 10)).isEmpty();
  }

  @Test
  void aPolygonAlongThePatientIsCutExactly() {
    double[] cut = AxialClip.clipped(UPRIGHT, 2.5, 6);
    assertThat(areaMm2(cut)).isCloseTo(35, within(1e-9));
    assertThat(areaMm2(AxialClip.clipped(UPRIGHT, -5, 4))).isCloseTo(40, within(1e-9));
    assertThat(areaMm2(AxialClip.clipped(UPRIGHT, 4, 50))).isCloseTo(60, within(1e-9));
  }

  @Test
  void anOutlineThatTheCutPartsKeepsTheAreaOfBothParts() {
    double[] fork = {0, 0, 0, 0, 9, 0, 0, 9, 10, 0, 6, 10, 0, 6, 4, 0, 3, 4, 0, 3, 10, 0, 0, 10};
    assertThat(areaMm2(AxialClip.clipped(fork, 5, 10))).isCloseTo(30, within(1e-9));
  }

  @Test
  void theParallelPartsOfACutAddUpToTheWhole() {
    double whole = areaMm2(UPRIGHT);
    double parts = 0;
    for (double[] slab : List.of(new double[] {-1, 3}, new double[] {3, 7}, new double[] {7, 11})) {
      parts += areaMm2(AxialClip.clipped(UPRIGHT, slab[0], slab[1]));
    }
    assertThat(parts).isCloseTo(whole, within(1e-9));
  }

  @Test
  void whatIsNoPolygonOrNoRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AxialClip.clipped(new double[4], 0, 1))
        .withMessageContaining("threes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AxialClip.clipped(across(0), 2, 1))
        .withMessageContaining("lower height 2.0 mm");
  }
}
