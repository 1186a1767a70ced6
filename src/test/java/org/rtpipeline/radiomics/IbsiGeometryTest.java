package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hulls, boxes, ellipsoids and pair sums against closed forms and brute force. */
final class IbsiGeometryTest {

  private static final double[] MM = {1, 1, 1};

  @Test
  void hullOfABoxWithPointsInsideAndOnItsSidesIsTheBox() {
    List<int[]> points = new ArrayList<>();
    for (int i = 0; i < 5 * 4 * 3; i++) {
      points.add(new int[] {i % 5, i / 5 % 4, i / 20});
    }
    ConvexHull hull = ConvexHull.of(points, new double[] {2, 3, 1});

    assertThat(hull.volumeMm3()).isCloseTo(8 * 9 * 2, within(1e-9));
    assertThat(hull.areaMm2()).isCloseTo(2 * (8 * 9 + 9 * 2 + 2 * 8), within(1e-9));
    assertThat(hull.normals()).hasSize(6);
  }

  @Test
  void hullHasNoPointInFrontOfAFacet() {
    Random random = new Random(5);
    List<int[]> points = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      points.add(new int[] {random.nextInt(30), random.nextInt(30), random.nextInt(30)});
    }
    ConvexHull hull = ConvexHull.of(points, MM);
    for (double[] normal : hull.normals()) {
      double top = Double.NEGATIVE_INFINITY;
      for (double[] corner : hull.corners()) {
        top = Math.max(top, along(corner, normal));
      }
      for (int[] point : points) {
        assertThat(along(new double[] {point[0], point[1], point[2]}, normal))
            .isLessThanOrEqualTo(top + 1e-9);
      }
    }
  }

  private static double along(double[] point, double[] normal) {
    return point[0] * normal[0] + point[1] * normal[1] + point[2] * normal[2];
  }

  @Test
  void pointsInOnePlaneHaveNoHull() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ConvexHull.of(
                    List.of(
                        new int[3], new int[] {1, 0, 0}, new int[] {0, 1, 0}, new int[] {2, 2, 0}),
                    MM));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ConvexHull.of(List.of(new int[3], new int[] {1, 0, 0}, new int[] {2, 0, 0}), MM));
  }

  @Test
  void orientedBoxOfATiltedBoxIsThatBox() {
    List<int[]> points = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int a = i & 1;
      int b = i >> 1 & 1;
      int c = i >> 2;
      points.add(new int[] {3 * a - 4 * b, 4 * a + 3 * b, 2 * c});
    }
    OrientedBox box = OrientedBox.of(ConvexHull.of(points, MM));

    assertThat(box.volumeMm3()).isCloseTo(50, within(1e-9));
    assertThat(box.areaMm2()).isCloseTo(2 * (25 + 10 + 10), within(1e-9));
  }

  @Test
  void ellipsoidRoundTheCornersOfABoxIsKnown() {
    double[][] corners = new double[8][];
    for (int i = 0; i < 8; i++) {
      corners[i] = new double[] {2 * (i & 1), 4 * (i >> 1 & 1), 6 * (i >> 2)};
    }
    Ellipsoid round = Ellipsoid.round(corners);

    assertThat(round.a()).isCloseTo(3 * Math.sqrt(3), within(1e-4));
    assertThat(round.b()).isCloseTo(2 * Math.sqrt(3), within(1e-4));
    assertThat(round.c()).isCloseTo(Math.sqrt(3), within(1e-4));
  }

  @Test
  void ellipsoidLeavesNoPointOutsideAndForgetsPointsInside() {
    double[][] points = {
      {0, 0, 0}, {4, 0, 0}, {0, 4, 0}, {0, 0, 4}, {1, 1, 1}, {0.5, 0.5, 0.5}, {1, 0.2, 0.2}
    };
    double[][] corners = {{0, 0, 0}, {4, 0, 0}, {0, 4, 0}, {0, 0, 4}};

    assertThat(Ellipsoid.round(points).volumeMm3())
        .isCloseTo(Ellipsoid.round(corners).volumeMm3(), within(1e-2));
  }

  @Test
  void areaOfASphereIsItsArea() {
    assertThat(new Ellipsoid(2, 2, 2).areaMm2()).isCloseTo(16 * Math.PI, within(1e-9));
  }

  @Test
  void areaOfASpheroidIsTheSumOfTheSeriesOfTheManual() {
    double t = 0.75;
    double root = Math.sqrt(t);
    double atanh = Math.log((1 + root) / (1 - root)) / 2;
    double sum = (1 + (1 - t) / root * atanh) / 2;

    assertThat(new Ellipsoid(2, 1, 1).areaMm2()).isCloseTo(8 * Math.PI * sum, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 8, 10, 12, 20, 30, 54, 200})
  void transformAgreesWithItsDefinition(int n) {
    Random random = new Random(n);
    double[] x = random.doubles(n).toArray();
    double[] y = random.doubles(n).toArray();
    double[] re = new double[2 * n];
    double[] im = new double[2 * n];
    for (int i = 0; i < n; i++) {
      re[2 * i + 1] = x[i];
      im[2 * i + 1] = y[i];
    }
    new LineFourier(n).transform(re, im, 1, 2);
    for (int k = 0; k < n; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int i = 0; i < n; i++) {
        double angle = -2 * Math.PI * i * k / n;
        sumRe += x[i] * Math.cos(angle) - y[i] * Math.sin(angle);
        sumIm += x[i] * Math.sin(angle) + y[i] * Math.cos(angle);
      }
      assertThat(re[2 * k + 1]).isCloseTo(sumRe, within(1e-10));
      assertThat(im[2 * k + 1]).isCloseTo(sumIm, within(1e-10));
    }
  }

  @Test
  void transformedLinesAreEvenAndHaveSmallFactors() {
    assertThat(LineFourier.length(1)).isEqualTo(2);
    assertThat(LineFourier.length(7)).isEqualTo(8);
    assertThat(LineFourier.length(13)).isEqualTo(16);
    assertThat(LineFourier.length(198)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void autocorrelationAgreesWithAllPairs(long seed) {
    GridSize size = new GridSize(7, 5, 4, 1, 1.5, 3);
    byte[] mask = MadeRegions.randomMask(size, 0.6, seed);
    double[] x = MadeRegions.noise(size, 50, seed).crop(IndexBox.whole(size));
    double[] expected = allPairs(x, mask, size);
    SpatialAutocorrelation measured = SpatialAutocorrelation.of(x, mask, size);

    assertThat(measured.moranI()).isCloseTo(expected[0], within(1e-10));
    assertThat(measured.gearyC()).isCloseTo(expected[1], within(1e-10));
  }

  private static double[] allPairs(double[] x, byte[] mask, GridSize size) {
    double n = 0;
    double mean = 0;
    for (int i = 0; i < x.length; i++) {
      n += mask[i];
      mean += mask[i] * x[i];
    }
    mean /= n;
    double weights = 0;
    double products = 0;
    double differences = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += mask[i] * (x[i] - mean) * (x[i] - mean);
      for (int j = 0; j < x.length; j++) {
        if (i != j && mask[i] != 0 && mask[j] != 0) {
          double w = 1 / distance(size, i, j);
          weights += w;
          products += w * (x[i] - mean) * (x[j] - mean);
          differences += w * (x[i] - x[j]) * (x[i] - x[j]);
        }
      }
    }
    return new double[] {
      n / weights * products / squares, (n - 1) / (2 * weights) * differences / squares
    };
  }

  private static double distance(GridSize size, int i, int j) {
    int plane = size.nx() * size.ny();
    double dx = (i % size.nx() - j % size.nx()) * size.dxMm();
    double dy = (i % plane / size.nx() - j % plane / size.nx()) * size.dyMm();
    double dz = (i / plane - j / plane) * size.dzMm();
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  @Test
  void flatRegionHasNoAutocorrelation() {
    GridSize size = MadeRegions.cube(3);

    assertThat(SpatialAutocorrelation.of(new double[27], MadeRegions.full(size), size).moranI())
        .isNaN();
  }

  @Test
  void distanceFromTheBorderCountsFaces() {
    GridSize size = MadeRegions.cube(5);
    byte[] mask = MadeRegions.full(size);
    mask[size.index(0, 0, 2)] = 0;

    assertThat(BorderDistance.inSpace(mask, size)[size.index(2, 2, 2)]).isEqualTo(3);
    assertThat(BorderDistance.inSpace(mask, size)[size.index(2, 2, 0)]).isEqualTo(1);
    assertThat(BorderDistance.inPlane(mask, size)[size.index(2, 2, 0)]).isEqualTo(3);
    assertThat(BorderDistance.inPlane(mask, size)[size.index(1, 1, 2)]).isEqualTo(2);
    assertThat(BorderDistance.inPlane(mask, size)[size.index(0, 0, 2)]).isZero();
  }
}
