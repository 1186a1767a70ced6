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

final class SignedDistanceTest {

  private static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @Test
  void distanceInAndAroundASquare() {
    EvenOddRegion square = EvenOddRegion.of(List.of(new double[] {2, 2, 8, 2, 8, 8, 2, 8}));
    double[] mm = SignedDistance.of(square, 0, 0, 1, 1, 11, 11).valuesMm();
    assertThat(mm[5 * 11 + 5]).isCloseTo(3, within(1e-12));
    assertThat(mm[5 * 11]).isCloseTo(-2, within(1e-12));
    assertThat(mm[0]).isCloseTo(-Math.sqrt(8), within(1e-12));
  }

  @Test
  void emptyRegionIsInfinitelyFar() {
    double[] mm = SignedDistance.of(EvenOddRegion.of(List.of()), 0, 0, 1, 1, 3, 3).valuesMm();
    assertThat(mm).containsOnly(Double.NEGATIVE_INFINITY);
  }

  @Test
  void domeOfADiscIsAParaboloid() {
    int corners = 720;
    double[] disc = new double[2 * corners];
    for (int c = 0; c < corners; c++) {
      disc[2 * c] = 10 * Math.cos(2 * Math.PI * c / corners);
      disc[2 * c + 1] = 10 * Math.sin(2 * Math.PI * c / corners);
    }
    double[] dome =
        SignedDistance.of(EvenOddRegion.of(List.of(disc)), -15, -15, 0.5, 0.5, 61, 61).domeMm2();
    for (int y = 0; y < 61; y++) {
      for (int x = 0; x < 61; x++) {
        double q2 = Math.pow(x * 0.5 - 15, 2) + Math.pow(y * 0.5 - 15, 2);
        if (q2 < 150) {
          assertThat(dome[y * 61 + x]).isCloseTo(100 - q2, within(0.3));
        }
      }
    }
  }

  @Test
  void eachPartHasItsOwnDome() {
    List<double[]> parts = new ArrayList<>();
    for (int p = 0; p < 9; p++) {
      parts.add(new double[] {6 * p, 0, 6 * p + 4, 0, 6 * p + 4, 40, 6 * p, 40});
    }
    parts.add(new double[] {0, -0.4, 0.1, -0.4, 0.1, -0.3, 0, -0.3});
    double[] dome = SignedDistance.of(EvenOddRegion.of(parts), -1, -1, 1, 1, 56, 44).domeMm2();
    for (int p = 0; p < 9; p++) {
      assertThat(dome[20 * 56 + 6 * p + 3]).isCloseTo(4, within(1e-9));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void distanceIsNearlyThatOfASearchThroughAllEdges(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int corners = 4 + random.nextInt(12);
    double[] xy = new double[2 * corners];
    for (int c = 0; c < corners; c++) {
      double radius = 4 + 6 * random.nextDouble();
      xy[2 * c] = 12 + radius * Math.cos(2 * Math.PI * c / corners);
      xy[2 * c + 1] = 12 + radius * Math.sin(2 * Math.PI * c / corners);
    }
    double[] mm = SignedDistance.of(EvenOddRegion.of(List.of(xy)), 0, 0, 1, 1.2, 25, 21).valuesMm();
    for (int y = 0; y < 21; y++) {
      for (int x = 0; x < 25; x++) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int a = corners - 1, b = 0; b < corners; a = b++) {
          nearest = Math.min(nearest, distance(xy, a, b, x, 1.2 * y));
        }
        assertThat(Math.abs(mm[y * 25 + x])).isCloseTo(nearest, within(0.05));
      }
    }
  }

  private static double distance(double[] xy, int a, int b, double x, double y) {
    double dx = xy[2 * b] - xy[2 * a];
    double dy = xy[2 * b + 1] - xy[2 * a + 1];
    double t = ((x - xy[2 * a]) * dx + (y - xy[2 * a + 1]) * dy) / (dx * dx + dy * dy);
    t = Math.min(Math.max(t, 0), 1);
    return Math.hypot(x - xy[2 * a] - t * dx, y - xy[2 * a + 1] - t * dy);
  }
}
