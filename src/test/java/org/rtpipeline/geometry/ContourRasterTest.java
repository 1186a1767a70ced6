package org.rtpipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContourRasterTest {

  /** 12 x 10 x 8 voxels of 1 x 2 x 3 mm. */
  private static final VoxelGrid GRID = VoxelGrid.axial(12, 10, 8, new Point(5, 6, 7), 1, 2, 3);

  @Test
  void voxelsWhoseCentresLieInsideAreIn() {
    VoxelMask mask = voxels(rectangle(1.5, 3, 4.5, 9, 3)).orElseThrow();
    assertThat(List.of(mask.first(0), mask.first(1), mask.first(2))).containsExactly(2, 2, 1);
    assertThat(List.of(mask.count(0), mask.count(1), mask.count(2))).containsExactly(3, 3, 1);
    assertThat(mask.voxels()).isEqualTo(9);
    assertThat(mask.inside()).containsOnly(1);
  }

  @Test
  void regionsThatShareAnEdgeShareNoVoxel() {
    int left = count(rectangle(1, 2, 4, 8, 3));
    int right = count(rectangle(4, 2, 8, 8, 3));
    assertThat(left + right).isEqualTo(count(rectangle(1, 2, 8, 8, 3)));
    assertThat(count(rectangle(1, 2, 4, 4, 3), rectangle(1, 4, 4, 8, 3))).isEqualTo(left);
  }

  @Test
  void aContourInsideAnotherIsAHole() {
    int whole = count(rectangle(0.5, 1, 9.5, 17, 6));
    int hole = count(rectangle(3.5, 5, 6.5, 11, 6));
    assertThat(count(rectangle(0.5, 1, 9.5, 17, 6), rectangle(3.5, 5, 6.5, 11, 6)))
        .isEqualTo(whole - hole);
  }

  @Test
  void aContourDrawnTwiceCountsOnce() {
    double[] one = rectangle(1.5, 3, 4.5, 9, 3);
    assertThat(count(one, one.clone())).isEqualTo(9);
  }

  @Test
  void contoursOnEverySecondSliceReachHalfway() {
    assertThat(count(rectangle(1.5, 3, 4.5, 9, 3), rectangle(1.5, 3, 4.5, 9, 9))).isEqualTo(9 * 4);
  }

  @Test
  void aMissingPlaneStaysEmptyWhereOthersAreClose() {
    List<double[]> planes = new ArrayList<>();
    for (double z : new double[] {0, 3, 6, 15, 18}) {
      planes.add(rectangle(1.5, 3, 4.5, 9, z));
    }
    assertThat(count(planes.toArray(double[][]::new))).isEqualTo(9 * 5);
  }

  @Test
  void contoursBetweenTwoSlicesBelongToTheUpperOne() {
    VoxelMask mask =
        voxels(
                rectangle(1.5, 3, 4.5, 9, 4.5),
                rectangle(1.5, 3, 4.5, 9, 7.5),
                rectangle(1.5, 3, 4.5, 9, 10.5))
            .orElseThrow();
    assertThat(mask.first(2)).isEqualTo(1);
    assertThat(mask.count(2)).isEqualTo(3);
  }

  @Test
  void whatLiesOutsideTheImageIsLeftOut() {
    assertThat(voxels(rectangle(-20, 3, -2, 9, 3))).isEmpty();
    assertThat(voxels(rectangle(1.5, 3, 4.5, 9, 90))).isEmpty();
    VoxelMask mask = voxels(rectangle(-20, -20, 90, 90, 3)).orElseThrow();
    assertThat(mask.voxels()).isEqualTo(120);
  }

  @Test
  void contoursThatHoldNoCentreHaveNoVoxel() {
    assertThat(voxels(rectangle(1.1, 3, 1.9, 9, 3))).isEmpty();
    assertThat(voxels(new double[] {6, 8, 10, 7, 9, 10})).isEmpty();
    assertThat(ContourRaster.voxels(GRID, List.of())).isEmpty();
  }

  @Test
  void contoursAslantToThePlanesAreToldApart() {
    double[] aslant = rectangle(1.5, 3, 4.5, 9, 3);
    aslant[2] += 1.4;
    assertThat(ContourRaster.isAlong(GRID, List.of(aslant))).isTrue();
    aslant[2] += 0.2;
    assertThat(ContourRaster.isAlong(GRID, List.of(aslant))).isFalse();
    VoxelGrid single = VoxelGrid.axial(12, 10, 1, new Point(5, 6, 10), 1, 2, 3);
    assertThat(ContourRaster.isAlong(single, List.of(rectangle(1, 1, 2, 2, 3)))).isTrue();
    assertThat(ContourRaster.voxels(single, List.of(rectangle(1.5, 3, 4.5, 9, 3)))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyCentreIsInWhenARayFromItCrossesAnOddNumberOfEdges(long seed) {
    Random random = new Random(seed);
    double[] polygon = new double[3 * 9];
    for (int p = 0; p < polygon.length; p += 3) {
      polygon[p] = 5 + 14 * random.nextDouble() - 1;
      polygon[p + 1] = 6 + 22 * random.nextDouble() - 1;
      polygon[p + 2] = 13;
    }
    byte[] expected = new byte[12 * 10];
    for (int j = 0; j < 10; j++) {
      for (int i = 0; i < 12; i++) {
        expected[i + 12 * j] = (byte) (crossings(polygon, 5 + i, 6 + 2 * j) % 2);
      }
    }
    Optional<VoxelMask> brute = VoxelMask.of(new int[] {0, 0, 2}, new int[] {12, 10, 1}, expected);
    VoxelMask mask = voxels(polygon).orElseThrow();
    assertThat(mask.inside()).isEqualTo(brute.orElseThrow().inside());
    assertThat(mask.first(0)).isEqualTo(brute.orElseThrow().first(0));
    assertThat(mask.first(2)).isEqualTo(2);
  }

  @Test
  void anObliqueGridGivesTheVoxelsOfTheStraightOne() {
    double angle = 0.4;
    Point row = new Point(Math.cos(angle), Math.sin(angle), 0);
    Point column = new Point(0, 0, -1);
    VoxelGrid oblique =
        new VoxelGrid(12, 10, new Point(1, 2, 3), row, column, 1, 2, new double[] {0, 3, 6, 9});
    double[] straight = rectangle(1.5, 3, 4.5, 9, 3);
    double[] turned = new double[straight.length];
    for (int p = 0; p < straight.length; p += 3) {
      Point at =
          oblique.toPatientMm(straight[p] - 5, (straight[p + 1] - 6) / 2, straight[p + 2] - 7);
      turned[p] = at.xMm();
      turned[p + 1] = at.yMm();
      turned[p + 2] = at.zMm();
    }
    assertThat(ContourRaster.isAlong(oblique, List.of(turned))).isTrue();
    assertThat(ContourRaster.voxels(oblique, List.of(turned)).orElseThrow().inside())
        .isEqualTo(voxels(straight).orElseThrow().inside());
  }

  @Test
  void aMaskNeedsAsManyValuesAsItsBoxHasVoxels() {
    assertThatThrownBy(() -> VoxelMask.of(new int[3], new int[] {2, 2, 2}, new byte[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("part has [2, 2, 2] voxels, values 7");
  }

  private static int crossings(double[] polygon, double x, double y) {
    int crossings = 0;
    int n = polygon.length;
    for (int a = n - 3, b = 0; b < n; a = b, b += 3) {
      boolean spans = polygon[a + 1] > y != polygon[b + 1] > y;
      double share = (y - polygon[a + 1]) / (polygon[b + 1] - polygon[a + 1]);
      if (spans && polygon[a] + share * (polygon[b] - polygon[a]) > x) {
        crossings++;
      }
    }
    return crossings;
  }

  private static int count(double[]... contours) {
    return voxels(contours).map(VoxelMask::voxels).orElse(0);
  }

  private static Optional<VoxelMask> voxels(double[]... contours) {
    return ContourRaster.voxels(GRID, List.of(contours));
  }

  /** A rectangle, in mm from the first voxel of the grid. */
  private static double[] rectangle(double x0, double y0, double x1, double y1, double z) {
    double zMm = z + 7;
    return new double[] {
      x0 + 5, y0 + 6, zMm, x1 + 5, y0 + 6, zMm, x1 + 5, y1 + 6, zMm, x0 + 5, y1 + 6, zMm
    };
  }
}
