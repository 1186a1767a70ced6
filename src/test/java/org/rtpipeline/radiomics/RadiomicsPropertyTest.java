package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.radiomics.MadeRegions.cube;
import static org.rtpipeline.radiomics.MadeRegions.full;
import static org.rtpipeline.radiomics.MadeRegions.mapped;
import static org.rtpipeline.radiomics.MadeRegions.noise;
import static org.rtpipeline.radiomics.MadeRegions.randomMask;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.radiomics.RadiomicsOptions.Pairs;

final class RadiomicsPropertyTest {

  private static final RadiomicsOptions PLAIN = RadiomicsOptions.pyradiomics();

  private static RoiLevels levels(GridSize size, byte[] mask, int bound, long seed) {
    Raster image = noise(size, bound, seed);
    List<Integer> inside = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        inside.add(1 + (int) image.at(i));
      }
    }
    int[] array = inside.stream().mapToInt(Integer::intValue).toArray();
    return new RoiLevels(IndexBox.whole(size), mask, array, 1);
  }

  @Test
  void shiftByABinWidthLeavesTexturesUnchanged() {
    Raster image = noise(cube(8), 300, 1);
    byte[] mask = randomMask(cube(8), 0.7, 2);
    FeatureExtractor extractor = new FeatureExtractor(PLAIN);
    List<FeatureValue> before = textures(extractor.of(image, mask));
    List<FeatureValue> after = textures(extractor.of(mapped(image, v -> v + 50), mask));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void scalingLeavesTexturesOfAFixedBinCountUnchanged() {
    Raster image = mapped(noise(cube(8), 300, 1), v -> v);
    byte[] mask = randomMask(cube(8), 0.7, 2);
    FeatureExtractor extractor =
        new FeatureExtractor(PLAIN.withDiscretisation(new Discretisation.FixedCount(16)));
    List<FeatureValue> before = textures(extractor.of(image, mask));
    List<FeatureValue> after = textures(extractor.of(mapped(image, v -> v * 4), mask));
    assertThat(after).isEqualTo(before);
  }

  private static List<FeatureValue> textures(RoiFeatures features) {
    return features.values().stream()
        .filter(v -> v.featureClass() != FeatureClass.FIRSTORDER)
        .toList();
  }

  @Test
  void aQuarterTurnLeavesTexturesUnchanged() {
    GridSize size = new GridSize(7, 7, 5, 1, 1, 1);
    Raster image = noise(size, 200, 3);
    byte[] mask = randomMask(size, 0.8, 4);
    float[] turned = new float[size.voxels()];
    byte[] turnedMask = new byte[size.voxels()];
    for (int z = 0; z < 5; z++) {
      for (int y = 0; y < 7; y++) {
        for (int x = 0; x < 7; x++) {
          int to = size.index(6 - y, x, z);
          turned[to] = (float) image.at(size.index(x, y, z));
          turnedMask[to] = mask[size.index(x, y, z)];
        }
      }
    }
    FeatureExtractor extractor = new FeatureExtractor(PLAIN);
    RoiFeatures before = extractor.of(image, mask);
    RoiFeatures after = extractor.of(Raster.of(size, Raster.Numbers.WHOLE, turned), turnedMask);
    for (FeatureValue value : before.values()) {
      boolean swapped = value.feature().startsWith("Maximum2D");
      boolean mesh = value.featureClass() == FeatureClass.SHAPE;
      if (!swapped && !mesh) {
        assertThat(MadeRegions.value(after, value.name()))
            .as(value.name())
            .isCloseTo(value.value(), Percentage.withPercentage(1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void diametersAreThoseOfAllPairsOfVertices(long seed) {
    GridSize size = new GridSize(9, 7, 8, 0.8, 1.1, 2.5);
    byte[] mask = randomMask(size, 0.08 * seed, seed);
    List<double[]> vertices = vertices(mask, size);
    double[] best = new double[4];
    for (double[] a : vertices) {
      for (double[] b : vertices) {
        double d =
            Math.sqrt(
                (a[0] - b[0]) * (a[0] - b[0])
                    + (a[1] - b[1]) * (a[1] - b[1])
                    + (a[2] - b[2]) * (a[2] - b[2]));
        best[0] = Math.max(best[0], d);
        best[1] = a[2] == b[2] ? Math.max(best[1], d) : best[1];
        best[2] = a[1] == b[1] ? Math.max(best[2], d) : best[2];
        best[3] = a[0] == b[0] ? Math.max(best[3], d) : best[3];
      }
    }
    Diameters diameters = Diameters.of(mask, size);
    Offset<Double> rounding = Offset.offset(1e-12);
    assertThat(diameters.spaceMm()).isCloseTo(best[0], rounding);
    assertThat(diameters.sliceMm()).isCloseTo(best[1], rounding);
    assertThat(diameters.columnMm()).isCloseTo(best[2], rounding);
    assertThat(diameters.rowMm()).isCloseTo(best[3], rounding);
  }

  private static List<double[]> vertices(byte[] mask, GridSize size) {
    List<double[]> out = new ArrayList<>();
    int[][] steps = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int z = -1; z < size.nz(); z++) {
      for (int y = -1; y < size.ny(); y++) {
        for (int x = -1; x < size.nx(); x++) {
          for (int[] s : steps) {
            if (in(mask, size, x, y, z) != in(mask, size, x + s[0], y + s[1], z + s[2])) {
              out.add(
                  new double[] {
                    (x + 0.5 * s[0]) * size.dxMm(),
                    (y + 0.5 * s[1]) * size.dyMm(),
                    (z + 0.5 * s[2]) * size.dzMm()
                  });
            }
          }
        }
      }
    }
    return out;
  }

  private static boolean in(byte[] mask, GridSize size, int x, int y, int z) {
    return x >= 0
        && y >= 0
        && z >= 0
        && x < size.nx()
        && y < size.ny()
        && z < size.nz()
        && mask[size.index(x, y, z)] != 0;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void zonesAreThoseOfAFloodFill(long seed) {
    GridSize size = new GridSize(9, 8, 7, 1, 1, 1);
    byte[] mask = randomMask(size, 0.6, seed);
    RoiLevels roi = levels(size, mask, 3, seed + 10);
    Cells zones = SizeZoneMatrix.count(roi, Direction.half(List.of(1), TexturePlane.VOLUME));
    CellTable expected = new CellTable();
    boolean[] seen = new boolean[roi.rank().length];
    for (int start : roi.where()) {
      if (!seen[start]) {
        expected.add(roi.rank()[start], flood(roi, start, seen), 1);
      }
    }
    assertThat(listed(zones)).isEqualTo(listed(expected.cells()));
  }

  private static int flood(RoiLevels roi, int start, boolean[] seen) {
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    seen[start] = true;
    int size = 0;
    while (!open.isEmpty()) {
      int at = open.pop();
      size++;
      for (Direction step : Direction.half(List.of(1), TexturePlane.VOLUME)) {
        for (int sign = -1; sign <= 1; sign += 2) {
          int next = at + sign * roi.offset(step);
          if (!seen[next] && roi.rank()[next] == roi.rank()[start]) {
            seen[next] = true;
            open.push(next);
          }
        }
      }
    }
    return size;
  }

  private static List<List<Double>> listed(Cells cells) {
    List<List<Double>> out = new ArrayList<>();
    for (int c = 0; c < cells.size(); c++) {
      out.add(List.of((double) cells.row(c), (double) cells.column(c), cells.count(c)));
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 9, 16})
  void maximalCorrelationIsThatOfAFullEigenSolve(int levels) {
    GridSize size = cube(7);
    RoiLevels roi = levels(size, full(size), levels, levels);
    Cells cells = new CooccurrenceMatrix(roi, Pairs.BOTH_ORDERS).count(new Direction(1, 0, 0));
    int n = roi.ranks();
    double total = cells.total();
    double[] px = new double[n + 1];
    for (int c = 0; c < cells.size(); c++) {
      px[cells.row(c)] += cells.count(c) / total;
    }
    double[][] s = new double[n][n];
    for (int c = 0; c < cells.size(); c++) {
      int i = cells.row(c);
      int j = cells.column(c);
      s[i - 1][j - 1] = cells.count(c) / total / Math.sqrt(px[i] * px[j]);
    }
    double[] magnitudes = DenseEigen.magnitudes(s);
    assertThat(MaximalCorrelation.of(cells, px, px, total))
        .isCloseTo(magnitudes[n - 2], Offset.offset(1e-9));
  }

  /** Σ 3·p is 3 for 1/6, 4/6 and 1/6, and 4e-16 more for 1/5, 2/5 and 2/5; by numpy's sums. */
  @ParameterizedTest
  @CsvSource({"1, 4, 1, 1", "1, 2, 2, 0"})
  void theCorrelationOfOneLevelWithOthersIsLeftToRounding(
      double one, double two, double four, double expected) {
    GridSize size = new GridSize(4, 1, 1, 1, 1, 1);
    RoiLevels roi = new RoiLevels(IndexBox.whole(size), full(size), new int[] {1, 2, 3, 4}, 1);
    Cells cells = new Cells(3);
    cells.add(3, 1, one);
    cells.add(3, 2, two);
    cells.add(3, 4, four);
    double correlation =
        CooccurrenceFeatures.of(cells, roi)[CooccurrenceFeatures.NAMES.indexOf("Correlation")];
    assertThat(correlation).isCloseTo(expected, Offset.offset(1e-12));
  }

  /** Two levels that weights leave with next to nothing hide behind 2^-52; by numpy's eigvals. */
  @Test
  void faintCellsCountInTheMaximalCorrelationAsTheyDoInPyRadiomics() {
    double[][] counts = {{3, 1, 0, 0}, {1, 1, 0, 0}, {0, 0, 0, 2e-12}, {0, 0, 2e-12, 0}};
    Cells cells = new Cells(6);
    double[] marginal = new double[5];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        if (counts[i][j] != 0) {
          cells.add(i + 1, j + 1, counts[i][j]);
        }
      }
    }
    double total = cells.total();
    for (int c = 0; c < cells.size(); c++) {
      marginal[cells.row(c)] += cells.count(c) / total;
    }
    assertThat(MaximalCorrelation.of(cells, marginal, marginal, total))
        .isCloseTo(0.25, Offset.offset(1e-12));
  }

  @Test
  void eigenvaluesAreTheRootsOfACharacteristicPolynomial() {
    // (x - 1)(x - 2)(x - 4)(x^2 + 2x + 5), its companion matrix
    double[][] matrix = {
      {5, -5, 15, -54, 40}, {1, 0, 0, 0, 0}, {0, 1, 0, 0, 0}, {0, 0, 1, 0, 0}, {0, 0, 0, 1, 0}
    };
    assertThat(RealEigenvalues.of(matrix))
        .containsExactly(new double[] {-1, -1, 1, 2, 4}, Offset.offset(1e-12));
    assertThat(RealEigenvalues.of(new double[3][3])).containsExactly(0, 0, 0);
  }

  @Test
  void sparseAndDenseMatricesAgree() {
    GridSize size = new GridSize(30, 30, 30, 1, 1, 1);
    RoiLevels many = levels(size, full(size), 3000, 9);
    Direction step = new Direction(1, -1, 0);
    Cells sparse = new CooccurrenceMatrix(many, Pairs.BOTH_ORDERS).count(step);
    CellTable byHand = new CellTable();
    for (int at : many.where()) {
      int other = many.rank()[at + many.offset(step)];
      if (other != 0) {
        byHand.add(many.rank()[at], other, 1);
        byHand.add(other, many.rank()[at], 1);
      }
    }
    assertThat(many.ranks()).isGreaterThan(2000);
    assertThat(listed(sparse)).isEqualTo(listed(byHand.cells()));
  }

  @Test
  void farRegionsAddTheirZones() {
    GridSize size = new GridSize(11, 4, 4, 1, 1, 1);
    byte[] left = new byte[size.voxels()];
    byte[] right = new byte[size.voxels()];
    byte[] both = new byte[size.voxels()];
    for (int i = 0; i < both.length; i++) {
      int x = i % 11;
      left[i] = (byte) (x < 4 ? 1 : 0);
      right[i] = (byte) (x > 6 ? 1 : 0);
      both[i] = (byte) (left[i] + right[i]);
    }
    List<Direction> near = Direction.half(List.of(1), TexturePlane.VOLUME);
    Raster image = noise(size, 3, 5);
    double apart = zones(image, left, near) + zones(image, right, near);
    assertThat(zones(image, both, near)).isEqualTo(apart);
  }

  private static double zones(Raster image, byte[] mask, List<Direction> near) {
    int[] levels =
        java.util.stream.IntStream.range(0, mask.length)
            .filter(i -> mask[i] != 0)
            .map(i -> 1 + (int) image.at(i))
            .toArray();
    RoiLevels roi = new RoiLevels(IndexBox.whole(image.size()), mask, levels, 1);
    return SizeZoneMatrix.count(roi, near).total();
  }

  @Test
  void meshOfASphereApproachesItsVolume() {
    GridSize fine = new GridSize(61, 61, 61, 0.5, 0.5, 0.5);
    SurfaceMesh mesh = SurfaceMesh.of(MadeRegions.sphere(fine, 14), fine);
    assertThat(mesh.volumeMm3())
        .isCloseTo(4.0 / 3 * Math.PI * 14 * 14 * 14, Percentage.withPercentage(0.5));
    Diameters diameters = Diameters.of(MadeRegions.sphere(fine, 14), fine);
    assertThat(diameters.spaceMm()).isCloseTo(28, Offset.offset(0.6));
  }

  @Test
  void percentilesStandHeavyTailsAndInfinity() {
    double[] tailed = new double[1001];
    tailed[0] = -1e300;
    tailed[1000] = 1e308;
    tailed[500] = 7;
    tailed[400] = -3;
    Percentiles percentiles = new Percentiles(tailed);
    assertThat(percentiles.select(0)).isEqualTo(-1e300);
    assertThat(percentiles.select(1)).isEqualTo(-3);
    assertThat(percentiles.at(50)).isZero();
    assertThat(percentiles.select(999)).isEqualTo(7);
    assertThat(percentiles.select(1000)).isEqualTo(1e308);
    double[] endless = {2, Double.POSITIVE_INFINITY, 1};
    assertThat(new Percentiles(endless).at(50)).isEqualTo(2);
    assertThat(new Percentiles(new double[] {5, 5, 5}).at(90)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 101, 20_000})
  void percentilesAreThoseOfSortedValues(int n) {
    double[] x = new java.util.Random(n).doubles(n).toArray();
    double[] sorted = x.clone();
    java.util.Arrays.sort(sorted);
    Percentiles percentiles = new Percentiles(x);
    for (int percent : new int[] {50, 10, 90, 0, 100, 25, 75}) {
      double position = percent / 100.0 * (n - 1);
      int below = (int) position;
      double expected =
          below == n - 1
              ? sorted[below]
              : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
      assertThat(percentiles.at(percent)).isCloseTo(expected, Offset.offset(1e-12));
    }
  }
}
