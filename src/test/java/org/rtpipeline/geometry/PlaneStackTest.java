package org.rtpipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PlaneStackTest {

  private static final PlaneFrame AXIAL =
      PlaneFrame.around(Point.ORIGIN, new Point(0, 0, 2), new Point(1, 0, 0));

  @Test
  void contoursWithinTheToleranceShareAPlane() {
    PlaneStack stack =
        PlaneStack.of(List.of(square(3.009), square(0), square(3), square(6)), AXIAL);
    assertThat(stack.planes()).hasSize(3);
    assertThat(stack.planes().get(1).polygonsMm()).hasSize(2);
    assertThat(stack.planes().get(1).offsetMm()).isCloseTo(3.0045, within(1e-9));
    assertThat(stack.gapsMm()).containsExactly(new double[] {3.0045, 2.9955}, within(1e-9));
    assertThat(stack.medianGapMm()).isCloseTo(3, within(1e-9));
    assertThat(stack.largestSpreadMm()).isZero();
  }

  @Test
  void onePlaneHasNoGap() {
    assertThat(PlaneStack.of(List.of(square(1)), AXIAL).medianGapMm()).isNaN();
  }

  @Test
  void medianOfThreeGapsIsTheMiddleOne() {
    PlaneStack stack = PlaneStack.of(List.of(square(0), square(2), square(5), square(15)), AXIAL);
    assertThat(stack.medianGapMm()).isCloseTo(3, within(1e-9));
  }

  @Test
  void areaVectorPointsAlongTheNormal() {
    Point area = PlaneStack.areaVector(square(7));
    assertThat(area.zMm()).isCloseTo(4, within(1e-12));
    assertThat(Math.hypot(area.xMm(), area.yMm())).isZero();
  }

  @Test
  void spreadIsMeasuredAlongADirection() {
    assertThat(PlaneStack.spreadAlongMm(List.of(square(0)), new Point(1, 0, 0))).isEqualTo(2);
    assertThat(PlaneStack.spreadAlongMm(List.of(square(0)), new Point(0, 0, 1))).isZero();
  }

  @Test
  void frameFindsAnInPlaneDirectionWhenItsOwnIsTheNormal() {
    for (Point normal : List.of(new Point(1, 0, 0), new Point(0, 1, 0))) {
      PlaneFrame frame = PlaneFrame.around(Point.ORIGIN, normal, normal);
      assertThat(frame.u().dot(frame.w())).isCloseTo(0, within(1e-12));
      assertThat(frame.v().length()).isCloseTo(1, within(1e-12));
      assertThat(frame.toPatientMm(1, 2, 3))
          .isEqualTo(frame.u().plus(frame.v().times(2)).plus(frame.w().times(3)));
    }
  }

  private static double[] square(double z) {
    return new double[] {0, 0, z, 2, 0, z, 2, 2, z, 0, 2, z};
  }
}
