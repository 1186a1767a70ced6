package org.rtpipeline.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtpipeline.model.ControlPoint;
import org.rtpipeline.model.PlannedBeam;

/** Scores of apertures that can be worked out by hand (McNiven 2010, Masi 2013). */
final class ModulationComplexityTest {

  private static final double EXACT = 1e-12;

  private static ModulationComplexity.Score score(PlannedBeam beam) {
    BeamApertures.Complexity complexity = BeamApertures.of(beam);
    return Objects.requireNonNull(complexity.score(), complexity.reason());
  }

  private static PlannedBeam atRest(List<Double> first, List<Double> second) {
    return MadeBeams.planned(
        1,
        100,
        List.of(
            MadeBeams.point(0, 0, "NONE", first, second),
            MadeBeams.point(1, 0, "NONE", first, second)));
  }

  @Test
  void openFieldWithAllLeavesAlignedHasScoreOne() {
    ModulationComplexity.Score score = score(MadeBeams.openField(1, 100));
    assertThat(score.score()).isEqualTo(1, within(EXACT));
    assertThat(score.leafSequenceVariability()).isEqualTo(1, within(EXACT));
    assertThat(score.apertureAreaVariability()).isEqualTo(1, within(EXACT));
  }

  @Test
  void leavesThatJumpFromEndToEndHaveLeafSequenceVariabilityNought() {
    ModulationComplexity.Score score =
        score(atRest(List.of(-50.0, -10.0, -50.0, -10.0), MadeBeams.aligned(4, 50)));
    assertThat(score.leafSequenceVariability()).isEqualTo(0, within(EXACT));
    assertThat(score.score()).isEqualTo(0, within(EXACT));
  }

  @Test
  void evenStaircaseOfFiveLeavesLosesAQuarterPerBank() {
    // range 40 mm in 4 steps of 10 mm: 1 - 40 / (4 * 40) = 3/4 per bank
    List<Double> stairs = List.of(-50.0, -40.0, -30.0, -20.0, -10.0);
    List<Double> mirrored = List.of(50.0, 40.0, 30.0, 20.0, 10.0);
    assertThat(score(atRest(stairs, mirrored)).leafSequenceVariability())
        .isEqualTo(0.5625, within(EXACT));
    assertThat(score(atRest(stairs, MadeBeams.aligned(5, 50))).leafSequenceVariability())
        .isEqualTo(0.75, within(EXACT));
  }

  @Test
  void twoStaticSegmentsAreWeightedWithTheirMeterset() {
    // McNiven: 100 mm for 3/4 of the meterset, then 50 mm of the same leaves
    List<Double> left = MadeBeams.aligned(10, -50);
    List<Double> wide = MadeBeams.aligned(10, 50);
    List<Double> half = MadeBeams.aligned(10, 0);
    PlannedBeam beam =
        MadeBeams.planned(
            1,
            100,
            List.of(
                MadeBeams.point(0, 0, "NONE", left, wide),
                MadeBeams.point(0.75, 0, "NONE", left, wide),
                MadeBeams.point(0.75, 0, "NONE", left, half),
                MadeBeams.point(1, 0, "NONE", left, half)));
    assertThat(score(beam).score()).isEqualTo(0.75 + 0.25 * 0.5, within(EXACT));
    assertThat(BeamApertures.of(beam).apertures()).isEqualTo(2);
  }

  @Test
  void movingApertureCountsAsTheMeanOfBothEndsOfTheInterval() {
    // Masi: area 1 at the first, 1/2 at the second control point; the leaves stay aligned
    PlannedBeam beam =
        MadeBeams.planned(
            1,
            100,
            List.of(
                MadeBeams.point(0, 0, "CW", MadeBeams.aligned(10, -50), MadeBeams.aligned(10, 50)),
                MadeBeams.point(
                    1, 10, "CW", MadeBeams.aligned(10, -25), MadeBeams.aligned(10, 25))));
    assertThat(score(beam).score()).isEqualTo(0.75, within(EXACT));
  }

  @Test
  void leavesUnderTheJawsDoNotCount() {
    List<Double> first = List.of(-10.0, -50.0, -50.0, -10.0);
    List<Double> second = List.of(10.0, 50.0, 50.0, 10.0);
    List<ControlPoint> points = new ArrayList<>();
    for (double weight : new double[] {0, 1}) {
      ControlPoint open = MadeBeams.point(weight, 0, "NONE", first, second);
      points.add(
          new ControlPoint(
              weight,
              6.0,
              0.0,
              "NONE",
              0.0,
              0.0,
              List.of(
                  new ControlPoint.Positions("ASYMY", List.of(-10.0, 10.0)),
                  open.devices().get(1))));
    }
    assertThat(score(MadeBeams.planned(1, 100, points)).score()).isEqualTo(1, within(EXACT));
    assertThat(score(atRest(first, second)).score()).isLessThan(1);
  }

  @Test
  void controlPointsWithoutMetersetDoNotCount() {
    List<Double> left = MadeBeams.aligned(10, -50);
    List<Double> right = MadeBeams.aligned(10, 50);
    PlannedBeam beam =
        MadeBeams.planned(
            1,
            100,
            List.of(
                MadeBeams.point(0, 0, "NONE", left, right),
                MadeBeams.point(1, 0, "NONE", left, right),
                MadeBeams.point(1, 0, "NONE", left, MadeBeams.aligned(10, 90))));
    assertThat(score(beam).score()).isEqualTo(1, within(EXACT));
  }

  static List<Long> seeds() {
    return new Random(20261125).longs(200).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void scoreLiesBetweenNoughtAndOneAndDoesNotChangeWithTheUnitOrASidewaysShift(long seed) {
    Random random = new Random(seed);
    int points = 2 + random.nextInt(6);
    int pairs = 1 + random.nextInt(8);
    double[] cumulative = new double[points];
    double[][] first = new double[points][pairs];
    double[][] second = new double[points][pairs];
    double[][] firstMoved = new double[points][pairs];
    double[][] secondMoved = new double[points][pairs];
    boolean[][] open = new boolean[points][pairs];
    double[] scaled = new double[points];
    for (int i = 0; i < points; i++) {
      cumulative[i] = i == 0 ? 0 : cumulative[i - 1] + random.nextDouble() + 0.01;
      scaled[i] = 137 * cumulative[i];
      for (int pair = 0; pair < pairs; pair++) {
        first[i][pair] = -100 * random.nextDouble();
        second[i][pair] = 100 * random.nextDouble();
        firstMoved[i][pair] = first[i][pair] + 17;
        secondMoved[i][pair] = second[i][pair] + 17;
        open[i][pair] = pair == 0 || random.nextBoolean();
      }
    }
    double score = ModulationComplexity.of(cumulative, first, second, open).score();
    assertThat(score).isBetween(0.0, 1.0);
    assertThat(ModulationComplexity.of(scaled, firstMoved, secondMoved, open).score())
        .isEqualTo(score, within(1e-9));
  }

  @Test
  void whatHasNoScoreSaysWhy() {
    PlannedBeam field = MadeBeams.openField(1, 100);
    List<ControlPoint> points = field.controlPoints();
    assertThat(reason(new PlannedBeam(field.beam(), 1.0, List.of(), points)))
        .contains("no multileaf collimator");
    assertThat(
            reason(
                new PlannedBeam(
                    field.beam(),
                    1.0,
                    List.of(
                        new PlannedBeam.Device("MLCX1", List.of()),
                        new PlannedBeam.Device("MLCX2", List.of())),
                    points)))
        .contains("2 layers");
    assertThat(reason(new PlannedBeam(field.beam(), 1.0, field.devices(), points.subList(0, 1))))
        .contains("1 control points");
    assertThat(
            reason(
                new PlannedBeam(
                    field.beam(), 1.0, field.devices(), List.of(points.get(1), points.get(0)))))
        .contains("missing or go down");
    assertThat(
            reason(
                new PlannedBeam(
                    field.beam(),
                    1.0,
                    List.of(new PlannedBeam.Device("MLCX", List.of(0.0, 10.0))),
                    points)))
        .contains("do not fit");
    assertThat(reason(atRest(MadeBeams.aligned(4, 0), MadeBeams.aligned(4, 0))))
        .contains("through open leaves");
  }

  private static String reason(PlannedBeam beam) {
    BeamApertures.Complexity complexity = BeamApertures.of(beam);
    assertThat(complexity.score()).isNull();
    return complexity.reason();
  }

  @Test
  void shapesThatDifferAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ModulationComplexity.of(
                    new double[2], new double[1][1], new double[2][1], new boolean[2][1]))
        .withMessageContaining("cumulative metersets 2, control points 1");
  }
}
