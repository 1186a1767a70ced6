package org.rtpipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EvenOddRegionTest {

  private static final double[] SQUARE = {0, 0, 10, 0, 10, 10, 0, 10};

  private static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @Test
  void nothingHasNoAreaAndNoBounds() {
    EvenOddRegion region = EvenOddRegion.of(List.of());
    assertThat(region.areaMm2()).isZero();
    assertThat(region.boundsMm()).isEmpty();
    assertThat(region.pieces()).isZero();
  }

  @Test
  void lineHasNoArea() {
    EvenOddRegion region = EvenOddRegion.of(List.of(new double[] {0, 0, 5, 0, 9, 0}));
    assertThat(region.areaMm2()).isZero();
  }

  @Test
  void squareIsItselfInBothDirections() {
    EvenOddRegion region = EvenOddRegion.of(List.of(SQUARE));
    assertThat(region.areaMm2()).isCloseTo(100, within(1e-12));
    assertThat(region.boundsMm()).containsExactly(0, 0, 10, 10);
    assertThat(region.levelEndsMm()).containsExactly(0, 10, 0, 0, 10, 10);
    double[] backwards = {0, 10, 10, 10, 10, 0, 0, 0};
    assertThat(EvenOddRegion.of(List.of(backwards)).areaMm2()).isCloseTo(100, within(1e-12));
    assertThat(region.isSelfCrossing()).isFalse();
    assertThat(region.isMutualCrossing()).isFalse();
  }

  @Test
  void holeIslandAndNestAlternate() {
    double[] hole = {2, 2, 8, 2, 8, 8, 2, 8};
    double[] island = {4, 4, 6, 4, 6, 6, 4, 6};
    EvenOddRegion region = EvenOddRegion.of(List.of(SQUARE, hole, island));
    assertThat(region.areaMm2()).isCloseTo(100 - 36 + 4, within(1e-12));
    assertThat(region.isMutualCrossing()).isFalse();
  }

  @Test
  void bridgeBetweenTwoIslandsBoundsNothing() {
    double[] dumbbell = {
      0, 0, 4, 0, 4, 2, 10, 2, 10, 0, 14, 0, 14, 4, 10, 4, 10, 2, 4, 2, 4, 4, 0, 4
    };
    EvenOddRegion region = EvenOddRegion.of(List.of(dumbbell));
    assertThat(region.areaMm2()).isCloseTo(32, within(1e-12));
    for (int at = 0; at < region.levelEndsMm().length; at += 3) {
      assertThat(region.levelEndsMm()[at + 2]).isNotEqualTo(2);
    }
  }

  @Test
  void slantedBridgeBoundsNothing() {
    double[] dumbbell = {
      0, 0, 4, 0, 4, 2, 10, 3, 10, 0, 14, 0, 14, 4, 10, 4, 10, 3, 4, 2, 4, 4, 0, 4
    };
    EvenOddRegion region = EvenOddRegion.of(List.of(dumbbell));
    assertThat(region.areaMm2()).isCloseTo(32, within(1e-9));
    for (int piece = 0; piece < region.pieces(); piece++) {
      double low = region.endsMm()[4 * piece];
      double high = region.endsMm()[4 * piece + 2];
      assertThat(Math.max(low, high) <= 4 || Math.min(low, high) >= 10).isTrue();
    }
  }

  @Test
  void polygonGivenTwiceCancels() {
    assertThat(EvenOddRegion.of(List.of(SQUARE, SQUARE)).areaMm2()).isZero();
    assertThat(EvenOddRegion.of(List.of(SQUARE, SQUARE, SQUARE)).areaMm2())
        .isCloseTo(100, within(1e-12));
  }

  @Test
  void neighboursThatShareAnEdgeAddUpWithoutAFlag() {
    double[] right = {10, 0, 20, 0, 20, 10, 10, 10};
    EvenOddRegion region = EvenOddRegion.of(List.of(SQUARE, right));
    assertThat(region.areaMm2()).isCloseTo(200, within(1e-12));
    assertThat(region.isMutualCrossing()).isFalse();
  }

  @Test
  void crossOfTwoBarsIsFlagged() {
    double[] wide = {-10, -1, 10, -1, 10, 1, -10, 1};
    double[] tall = {-1, -10, 1, -10, 1, 10, -1, 10};
    EvenOddRegion region = EvenOddRegion.of(List.of(wide, tall));
    assertThat(region.areaMm2()).isCloseTo(40 + 40 - 8, within(1e-12));
    assertThat(region.isMutualCrossing()).isTrue();
    assertThat(region.isSelfCrossing()).isFalse();
  }

  @Test
  void turnedCrossIsFlagged() {
    double[] one = {-10, -9, -9, -10, 10, 9, 9, 10};
    double[] other = {-10, 9, -9, 10, 10, -9, 9, -10};
    EvenOddRegion region = EvenOddRegion.of(List.of(one, other));
    assertThat(region.areaMm2()).isCloseTo(2 * 38 - 2 * 2, within(1e-9));
    assertThat(region.isMutualCrossing()).isTrue();
  }

  @Test
  void selfCrossingAlongALevelIsFlagged() {
    double[] loop = {0, 0, 10, 0, 10, 4, 5, 4, 5, -4, 0, -4};
    EvenOddRegion region = EvenOddRegion.of(List.of(loop));
    assertThat(region.isSelfCrossing()).isTrue();
    assertThat(region.areaMm2()).isCloseTo(20 + 20, within(1e-9));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void areaIsThatOfManySampledLines(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> polygons = new ArrayList<>();
    for (int p = 0; p < 1 + seed % 4; p++) {
      double[] xy = new double[2 * (3 + random.nextInt(9))];
      for (int c = 0; c < xy.length; c++) {
        xy[c] = random.nextInt(4) == 0 ? random.nextInt(20) : 20 * random.nextDouble();
      }
      polygons.add(xy);
    }
    double expected = sampledArea(polygons);
    EvenOddRegion region = EvenOddRegion.of(polygons);
    assertThat(region.areaMm2()).isCloseTo(expected, within(0.02));
    CellCoverage coverage = new CellCoverage(7, 9);
    coverage.cover(region, -1, -1, 22.0 / 7, 22.0 / 9);
    double covered = 0;
    for (double share : coverage.share()) {
      assertThat(share).isBetween(0.0, 1.0);
      covered += share;
    }
    assertThat(covered * 22 / 7 * 22 / 9).isCloseTo(region.areaMm2(), within(1e-6));
  }

  private static double sampledArea(List<double[]> polygons) {
    int lines = 40_000;
    double sum = 0;
    for (int line = 0; line < lines; line++) {
      double y = 20.0 * (line + 0.5) / lines;
      List<Double> crossings = new ArrayList<>();
      for (double[] at : polygons) {
        int n = at.length / 2;
        for (int a = n - 1, b = 0; b < n; a = b++) {
          double ya = at[2 * a + 1];
          double yb = at[2 * b + 1];
          if ((ya > y) != (yb > y)) {
            crossings.add(at[2 * a] + (at[2 * b] - at[2 * a]) * (y - ya) / (yb - ya));
          }
        }
      }
      crossings.sort(null);
      for (int c = 0; c + 1 < crossings.size(); c += 2) {
        sum += crossings.get(c + 1) - crossings.get(c);
      }
    }
    return sum * 20 / lines;
  }
}
