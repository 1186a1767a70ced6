package org.rtpipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellCoverageTest {

  @Test
  void triangleGivesExactSharesAndCentroids() {
    CellCoverage coverage = new CellCoverage(2, 2);
    coverage.cover(EvenOddRegion.of(List.of(new double[] {0, 0, 2, 0, 0, 2})), 0, 0, 1, 1);
    assertThat(coverage.share()).containsExactly(new double[] {1, 0.5, 0.5, 0}, within(1e-12));
    assertThat(coverage.centroidX()[1]).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(coverage.centroidY()[1]).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(coverage.centroidX()[0]).isEqualTo(0.5);
    assertThat(coverage.columns()).isEqualTo(2);
    assertThat(coverage.rows()).isEqualTo(2);
  }

  @Test
  void cellsThatOnlyALevelEdgePassesAreCoveredInPart() {
    CellCoverage coverage = new CellCoverage(4, 2);
    for (double top : new double[] {1.25, 1.5}) {
      double[] low = {0.5, 0.5, 3.5, 0.5, 3.5, top, 0.5, top};
      coverage.cover(EvenOddRegion.of(List.of(low)), 0, 0, 1, 1);
      assertThat(coverage.share()[1]).isCloseTo(0.5, within(1e-12));
      assertThat(coverage.centroidX()[1]).isEqualTo(0.5);
      assertThat(coverage.centroidY()[1]).isCloseTo(0.75, within(1e-12));
      assertThat(coverage.centroidY()[6]).isCloseTo((top - 1) / 2, within(1e-12));
    }
    double[] whole = {0, 0, 4, 0, 4, 2, 0, 2};
    coverage.cover(EvenOddRegion.of(List.of(whole)), 0, 0, 1, 1);
    assertThat(coverage.centroidY()).containsOnly(0.5);
  }

  @Test
  void whatLiesBeyondTheRasterIsLeftOut() {
    EvenOddRegion diamond = EvenOddRegion.of(List.of(new double[] {1, -5, 7, 1, 1, 7, -5, 1}));
    CellCoverage coverage = new CellCoverage(2, 2);
    coverage.cover(diamond, 0, 0, 1, 1);
    assertThat(coverage.share()).containsOnly(1);
    EvenOddRegion away = EvenOddRegion.of(List.of(new double[] {10, 0, 12, 0, 12, 2, 10, 2}));
    coverage.cover(away, 0, 0, 1, 1);
    assertThat(coverage.share()).containsOnly(0);
    EvenOddRegion left = EvenOddRegion.of(List.of(new double[] {-10, 0, -8, 0, -8, 2, -10, 2}));
    coverage.cover(left, 0, 0, 1, 1);
    assertThat(coverage.share()).containsOnly(0);
  }

  @Test
  void slantedEdgesThroughTheBordersAreCut() {
    EvenOddRegion region =
        EvenOddRegion.of(List.of(new double[] {-2, 0.5, 4, -0.5, 5, 3, -1, 2.5}));
    CellCoverage part = new CellCoverage(2, 2);
    part.cover(region, 0, 0, 1, 1);
    CellCoverage whole = new CellCoverage(10, 10);
    whole.cover(region, -4, -4, 1, 1);
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 2; x++) {
        int in = (y + 4) * 10 + x + 4;
        assertThat(part.share()[2 * y + x]).isCloseTo(whole.share()[in], within(1e-12));
        assertThat(part.centroidX()[2 * y + x]).isCloseTo(whole.centroidX()[in], within(1e-9));
        assertThat(part.centroidY()[2 * y + x]).isCloseTo(whole.centroidY()[in], within(1e-9));
      }
    }
  }

  @Test
  void functionOverZeroCoversItsPart() {
    CellCoverage coverage = new CellCoverage(2, 1);
    coverage.coverWhereOver0(new double[] {-1, 1, 3, -1, 1, 3});
    assertThat(coverage.share()).containsExactly(new double[] {0.5, 1}, within(1e-12));
    assertThat(coverage.centroidX()[0]).isCloseTo(0.75, within(1e-12));
    assertThat(coverage.centroidY()[0]).isCloseTo(0.5, within(1e-12));
    double[] negative = new double[6];
    Arrays.fill(negative, -1);
    coverage.coverWhereOver0(negative);
    assertThat(coverage.share()).containsOnly(0);
  }

  @Test
  void functionOfAnotherSizeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CellCoverage(2, 1).coverWhereOver0(new double[5]))
        .withMessageContaining("6 corners");
  }

  @Test
  void discOverZeroHasItsArea() {
    int n = 60;
    double[] nodes = new double[(n + 1) * (n + 1)];
    for (int y = 0; y <= n; y++) {
      for (int x = 0; x <= n; x++) {
        nodes[y * (n + 1) + x] = 25 - Math.hypot(x - 30, y - 30.3);
      }
    }
    CellCoverage coverage = new CellCoverage(n, n);
    coverage.coverWhereOver0(nodes);
    assertThat(Arrays.stream(coverage.share()).sum()).isCloseTo(Math.PI * 625, within(1.0));
  }

  @Test
  void anotherSizeStartsEmpty() {
    EvenOddRegion square = EvenOddRegion.of(List.of(new double[] {0, 0, 2, 0, 2, 2, 0, 2}));
    CellCoverage coverage = new CellCoverage(4, 4);
    coverage.cover(square, 0, 0, 1, 1);
    for (int size : new int[] {2, 5}) {
      coverage.resize(size, size);
      coverage.cover(square, 1, 1, 1, 1);
      double covered = 0;
      for (int cell = 0; cell < size * size; cell++) {
        covered += coverage.share()[cell];
      }
      assertThat(covered).isCloseTo(1, within(1e-12));
    }
  }
}
