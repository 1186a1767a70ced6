package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;

/** LINEAR on solids that its blending function was not made for; 1 Gy/mm, bars of A3. */
final class BlendedSolidsTest {

  private static final DvhOptions LINEAR =
      DvhOptions.DEFAULT.withBetweenPlanes(DvhOptions.BetweenPlanes.LINEAR);
  private static final int CORNERS = 360;

  /** D95% and D1% of a ball in units of its radius from the centre, along any direction. */
  private static final double U95 = (31.248409 - 40) / 12;

  @ParameterizedTest(name = "slices {0} mm")
  @ValueSource(doubles = {1, 2, 3})
  void ellipsoid(double sliceMm) {
    double a = 12;
    double b = 7;
    double c = 10;
    for (double shiftMm : new double[] {0, 0.3 * sliceMm, 0.7 * sliceMm}) {
      List<Contour> contours = new ArrayList<>();
      for (double z = -c + shiftMm; z < c; z += sliceMm) {
        double section = Math.sqrt(Math.max(0, 1 - z * z / (c * c)));
        if (section > 0.01) {
          contours.add(Shapes.contour(ellipse(a * section, b * section), z));
        }
      }
      RoiDoseVolume volume = volume(contours, new Point(1, 0, 0));
      double trueCm3 = 4.0 / 3000 * Math.PI * a * b * c;
      assertThat(volume.volumeCm3()).isCloseTo(trueCm3, within(0.005 * trueCm3));
      assertThat(volume.meanGy().orElseThrow()).isCloseTo(40, within(0.05));
      assertThat(volume.doseAtVolumePct(95).orElseThrow()).isCloseTo(40 + a * U95, within(0.3));
      RoiDoseVolume along = volume(contours, new Point(0, 0, 1));
      assertThat(along.doseAtVolumePct(95).orElseThrow()).isCloseTo(40 + c * U95, within(0.3));
    }
  }

  @ParameterizedTest(name = "slices {0} mm")
  @ValueSource(doubles = {1, 2})
  void lyingRing(double sliceMm) {
    double ring = 11;
    double tube = 5;
    List<Contour> contours = new ArrayList<>();
    for (double z = -tube + sliceMm / 2; z < tube; z += sliceMm) {
      double half = Math.sqrt(tube * tube - z * z);
      contours.add(Shapes.contour(Shapes.circle(ring + half, 0, 0), z));
      contours.add(Shapes.contour(Shapes.circle(ring - half, 0, 0), z));
    }
    RoiDoseVolume volume = volume(contours, new Point(0, 0, 1));
    double trueCm3 = 2 * Math.PI * Math.PI * ring * tube * tube / 1000;
    assertThat(volume.volumeCm3()).isCloseTo(trueCm3, within(0.005 * trueCm3));
    assertThat(volume.meanGy().orElseThrow()).isCloseTo(40, within(0.02));
  }

  @ParameterizedTest(name = "slices {0} mm")
  @ValueSource(doubles = {1, 2, 3})
  void coneOffTheAxisOfItsContours(double sliceMm) {
    List<Contour> contours = new ArrayList<>();
    for (double z : Shapes.planes(12, sliceMm)) {
      double radius = (12 - z) / 2;
      contours.add(Shapes.contour(Shapes.circle(radius, 0.25 * z, -0.15 * z), z));
    }
    RoiDoseVolume volume = volume(contours, new Point(0, 0, 1));
    double trueCm3 = Math.PI * 144 * 24 / 3 / 1000;
    assertThat(volume.volumeCm3()).isCloseTo(trueCm3, within(0.005 * trueCm3));
    assertThat(volume.meanGy().orElseThrow()).isCloseTo(34, within(0.05));
    assertThat(volume.doseAtVolumePct(95).orElseThrow()).isCloseTo(28.406858, within(0.3));
  }

  @Test
  void extremesLieOnARasterOfTheSurface() {
    for (Point direction :
        List.of(new Point(0, 1, 0), new Point(0, 0, 1), new Point(0.6, 0, 0.8))) {
      for (double sliceMm : new double[] {1, 2, 3}) {
        RoiDoseVolume ball = volume(Shapes.sphere(12, sliceMm, new Point(0, 0, 0)), direction);
        assertThat(ball.minGy().orElseThrow()).isCloseTo(28, within(0.3));
        assertThat(ball.maxGy().orElseThrow()).isCloseTo(52, within(0.3));
      }
    }
  }

  @Test
  void endThatDoesNotCloseReachesHalfWay() {
    RoiDoseVolume box = volume(Shapes.box(10, 10, 12, 3), new Point(0, 0, 1));
    assertThat(box.volumeCm3()).isCloseTo(1.2, within(0.006));
    assertThat(box.maxGy().orElseThrow()).isCloseTo(46, within(0.01));
  }

  private static double[] ellipse(double a, double b) {
    double[] circle = Shapes.circle(1, 0, 0);
    for (int corner = 0; corner < CORNERS; corner++) {
      circle[2 * corner] *= a;
      circle[2 * corner + 1] *= b;
    }
    return circle;
  }

  private static RoiDoseVolume volume(List<Contour> contours, Point direction) {
    DoseGrid dose = Shapes.linearDose(direction, 2);
    return new DoseVolumeCalculator(dose, LINEAR).of(Shapes.named("solid", contours), 1);
  }
}
