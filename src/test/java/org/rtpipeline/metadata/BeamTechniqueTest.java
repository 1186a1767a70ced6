package org.rtpipeline.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.ControlPoint;
import org.rtpipeline.model.PlannedBeam;

final class BeamTechniqueTest {

  private static BeamTechnique technique(PlannedBeam beam) {
    return BeamTechnique.of(beam, BeamApertures.of(beam));
  }

  private static ControlPoint gantry(double weight, double gantryDeg, String rotation) {
    return MadeBeams.point(
        weight, gantryDeg, rotation, MadeBeams.aligned(4, -20), MadeBeams.aligned(4, 20));
  }

  @Test
  void fieldAtRestWithOneApertureIsStatic() {
    assertThat(technique(MadeBeams.openField(1, 100)).technique()).isEqualTo(Technique.STATIC);
  }

  @Test
  void fieldAtRestWithManyAperturesIsImrt() {
    List<ControlPoint> points = new ArrayList<>();
    for (int i = 0; i <= 10; i++) {
      points.add(
          MadeBeams.point(
              i / 10.0, 0, "NONE", MadeBeams.aligned(4, -20), MadeBeams.aligned(4, 10.0 + i)));
    }
    BeamTechnique technique = technique(MadeBeams.planned(1, 100, points));
    assertThat(technique.technique()).isEqualTo(Technique.IMRT);
    assertThat(technique.basis()).contains("gantry at rest, 11 apertures");
  }

  @Test
  void arcWithMovingLeavesAndChangingMetersetPerDegreeIsVmat() {
    BeamTechnique technique = technique(MadeBeams.arc(1, 400, 180));
    assertThat(technique.technique()).isEqualTo(Technique.VMAT);
    assertThat(technique.gantrySpanDeg()).isEqualTo(359.0, within(1e-9));
    assertThat(technique.basis()).contains("turns 359 degrees").contains("changes");
  }

  @Test
  void arcOfOneApertureAtConstantMetersetIsAnArc() {
    BeamTechnique technique =
        technique(
            MadeBeams.planned(
                1, 100, List.of(gantry(0, 0, "CW"), gantry(0.5, 45, "CW"), gantry(1, 90, "NONE"))));
    assertThat(technique.technique()).isEqualTo(Technique.ARC);
    assertThat(technique.basis()).contains("constant");
  }

  @Test
  void conformalArcWhoseAnglesAreWrittenToATenthOfADegreeIsAnArc() {
    assertThat(technique(arc(178, i -> i / 177.0)).technique()).isEqualTo(Technique.ARC);
    assertThat(technique(arc(178, i -> Math.pow(i / 177.0, 1.2))).technique())
        .isEqualTo(Technique.VMAT);
  }

  /** Moving leaves, and angles rounded as planning systems write them. */
  private static PlannedBeam arc(int points, IntToDoubleFunction weight) {
    List<ControlPoint> all = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      double deg = Math.rint(10 * (181 + 358.0 * i / (points - 1)) % 3600) / 10;
      all.add(
          MadeBeams.point(
              weight.applyAsDouble(i),
              deg,
              "CW",
              MadeBeams.aligned(4, -20),
              MadeBeams.aligned(4, 10.0 + i / 10.0)));
    }
    return MadeBeams.planned(1, 100, all);
  }

  @Test
  void theWayOfTheGantryFollowsItsDirection() {
    assertThat(spanDeg("CW", 181, 179)).isEqualTo(358.0, within(1e-9));
    assertThat(spanDeg("CC", 181, 179)).isEqualTo(2.0, within(1e-9));
    assertThat(spanDeg("CC", 10, 350)).isEqualTo(20.0, within(1e-9));
    assertThat(spanDeg("NONE", 10, 350)).isEqualTo(20.0, within(1e-9));
    assertThat(spanDeg("CC", 90, 90)).isEqualTo(0.0, within(1e-9));
  }

  private static double spanDeg(String rotation, double startDeg, double endDeg) {
    Double spanDeg =
        technique(
                MadeBeams.planned(
                    1, 100, List.of(gantry(0, startDeg, rotation), gantry(1, endDeg, "NONE"))))
            .gantrySpanDeg();
    return spanDeg == null ? Double.NaN : spanDeg;
  }

  @Test
  void particlesAndElectronsAreNamedByTheirRadiation() {
    List<ControlPoint> points = MadeBeams.openField(1, 1).controlPoints();
    for (String radiation : List.of("ELECTRON", "PROTON", "ION")) {
      assertThat(
              technique(MadeBeams.planned(MadeBeams.beam(1, radiation, 1, 2), points)).technique())
          .isEqualTo(radiation.equals("ELECTRON") ? Technique.ELECTRON : Technique.ION);
    }
  }

  @Test
  void beamWithoutControlPointsIsUnknown() {
    BeamTechnique technique =
        technique(MadeBeams.planned(MadeBeams.beam(1, "PHOTON", 1, 0), List.of()));
    assertThat(technique.technique()).isEqualTo(Technique.UNKNOWN);
    assertThat(technique.gantrySpanDeg()).isNull();
  }

  @Test
  void arcWithoutMetersetWeightsIsNoVmat() {
    List<ControlPoint> points =
        MadeBeams.arc(1, 100, 20).controlPoints().stream()
            .map(
                p ->
                    new ControlPoint(
                        null,
                        p.energyMv(),
                        p.gantryDeg(),
                        p.gantryRotation(),
                        p.collimatorDeg(),
                        p.couchDeg(),
                        p.devices()))
            .toList();
    assertThat(technique(MadeBeams.planned(1, 100, points)).technique()).isEqualTo(Technique.ARC);
  }

  @Test
  void anglesAreAveragedAsDirections() {
    Angles angles = new Angles(List.of(359.0, 1.0));
    assertThat(angles.mean()).isEqualTo(0.0, within(1e-9));
    assertThat(angles.deviation()).isEqualTo(1.0, within(1e-4));
    assertThat(angles.unique()).containsExactly(1.0, 359.0);
    assertThat(new Angles(List.of(0.0, 180.0)).mean()).isNull();
    assertThat(new Angles(List.of(0.0, 180.0)).deviation()).isNull();
    assertThat(new Angles(List.of()).mean()).isNull();
    assertThat(new Angles(List.of(359.98)).unique()).containsExactly(0.0);
  }
}
