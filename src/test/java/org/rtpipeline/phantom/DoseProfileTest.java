package org.rtpipeline.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtpipeline.geometry.Point;

final class DoseProfileTest {

  /** 40 Gy at the origin, 1 Gy/mm, as in the published example of the DVH notes. */
  private static final DoseProfile RAMP =
      new DoseProfile(Axis.Z, List.of(new DoseProfile.Knot(-40, 0), new DoseProfile.Knot(40, 80)));

  private static final DoseProfile ROOF =
      new DoseProfile(
          Axis.X,
          List.of(
              new DoseProfile.Knot(-30, 2),
              new DoseProfile.Knot(0, 62),
              new DoseProfile.Knot(10, 60),
              new DoseProfile.Knot(45, 4)));

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @Test
  void sphereInARampHasItsPublishedValues() {
    Solid sphere = Solid.sphere(Point.ORIGIN, 12);
    assertThat(sphere.volumeMm3() / 1000).isCloseTo(7.238229, within(1e-6));
    assertThat(RAMP.meanGy(sphere)).isCloseTo(40, within(1e-12));
    assertThat(RAMP.doseAtVolumeGy(sphere, 99)).isCloseTo(29.413675, within(1e-6));
    assertThat(RAMP.doseAtVolumeGy(sphere, 95)).isCloseTo(31.248409, within(1e-6));
    assertThat(RAMP.doseAtVolumeGy(sphere, 2)).isCloseTo(49.983095, within(1e-6));
    assertThat(RAMP.lowestGy(sphere)).isCloseTo(28, within(1e-12));
    assertThat(RAMP.highestGy(sphere)).isCloseTo(52, within(1e-12));
  }

  @Test
  void cylindersInARampHaveTheirPublishedValues() {
    Point halfMm = new Point(12, 12, 12);
    Solid along = new Cylinder(Axis.Z, Point.ORIGIN, halfMm);
    Solid across = new Cylinder(Axis.X, Point.ORIGIN, halfMm);
    assertThat(RAMP.doseAtVolumeGy(along, 95)).isCloseTo(29.2, within(1e-6));
    assertThat(RAMP.doseAtVolumeGy(along, 2)).isCloseTo(51.52, within(1e-6));
    assertThat(RAMP.doseAtVolumeGy(across, 99)).isCloseTo(28.788004, within(1e-6));
    assertThat(RAMP.doseAtVolumeGy(across, 95)).isCloseTo(30.335396, within(1e-6));
  }

  @Test
  void conesInARampHaveTheirPublishedValues() {
    Solid up = new Cone(new Point(0, 0, -12), 12, 24, Cone.Apex.UP);
    assertThat(RAMP.meanGy(up)).isCloseTo(34, within(1e-12));
    assertThat(RAMP.doseAtVolumeGy(up, 95)).isCloseTo(28.406858, within(1e-6));
    assertThat(RAMP.doseAtVolumeGy(up, 2)).isCloseTo(45.485398, within(1e-6));
    DoseProfile sideways = new DoseProfile(Axis.Y, RAMP.knots());
    assertThat(sideways.doseAtVolumeGy(up, 95)).isCloseTo(32.295732, within(1e-6));
  }

  @Test
  void doseIsLinearBetweenKnotsAndConstantBeyond() {
    assertThat(ROOF.doseGy(new Point(-100, 5, 5))).isEqualTo(2);
    assertThat(ROOF.doseGy(new Point(-15, 0, 0))).isCloseTo(32, within(1e-12));
    assertThat(ROOF.doseGy(new Point(5, 9, 0))).isCloseTo(61, within(1e-12));
    assertThat(ROOF.doseGy(new Point(100, 0, 0))).isCloseTo(4, within(1e-12));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void statisticsAgreeWithManyThinSlicesAlongTheAxis(long seed) {
    Solid solid = SolidPropertyTest.solid(new SplittableRandom(seed));
    int slices = 20_000;
    double lowMm = solid.lowestMm(ROOF.axis());
    double stepMm = (solid.highestMm(ROOF.axis()) - lowMm) / slices;
    double thresholdGy = ROOF.doseAtVolumeGy(solid, 70);
    double sumGy = 0;
    double aboveThreshold = 0;
    for (int i = 0; i < slices; i++) {
      double share =
          solid.shareAbove(ROOF.axis(), lowMm + i * stepMm)
              - solid.shareAbove(ROOF.axis(), lowMm + (i + 1) * stepMm);
      double doseGy = ROOF.doseAtGy(lowMm + (i + 0.5) * stepMm);
      sumGy += share * doseGy;
      aboveThreshold += doseGy >= thresholdGy ? share : 0;
      if (share > 1e-12) {
        assertThat(doseGy).isBetween(ROOF.lowestGy(solid) - 1e-2, ROOF.highestGy(solid) + 1e-2);
      }
    }
    assertThat(ROOF.meanGy(solid)).isCloseTo(sumGy, within(1e-3));
    if (ROOF.highestGy(solid) - ROOF.lowestGy(solid) > 1 && !hasConstantPart(solid)) {
      assertThat(aboveThreshold).isCloseTo(0.7, within(1e-3));
    }
  }

  /** Beyond the outer knots a whole part of the volume has one dose, so D(V) has a step. */
  private static boolean hasConstantPart(Solid solid) {
    return solid.lowestMm(Axis.X) < -30 || solid.highestMm(Axis.X) > 45;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void doseAtVolumeNeverRisesWithTheVolume(long seed) {
    Solid solid = SolidPropertyTest.solid(new SplittableRandom(seed));
    double before = ROOF.highestGy(solid);
    for (int volumePct = 1; volumePct < 100; volumePct += 7) {
      double doseGy = ROOF.doseAtVolumeGy(solid, volumePct);
      assertThat(doseGy).isLessThanOrEqualTo(before + 1e-9);
      before = doseGy;
    }
    assertThat(before).isGreaterThanOrEqualTo(ROOF.lowestGy(solid) - 1e-9);
  }

  @Test
  void knotsThatDoNotIncreaseAreRefused() {
    DoseProfile.Knot knot = new DoseProfile.Knot(0, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DoseProfile(Axis.X, List.of(knot, knot)));
    assertThatIllegalArgumentException().isThrownBy(() -> new DoseProfile(Axis.X, List.of(knot)));
  }
}
