package org.rtpipeline.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;

final class MaskMarginTest {

  private static VoxelGrid grid(double columnMm, double rowMm, double planeMm, int n) {
    return VoxelGrid.axial(n, n, n, new Point(0, 0, 0), columnMm, rowMm, planeMm);
  }

  private static VoxelMask oneVoxel(int i, int j, int k) {
    return VoxelMask.of(new int[] {i, j, k}, new int[] {1, 1, 1}, new byte[] {1}).orElseThrow();
  }

  @Test
  void aPointGrowsIntoAnEllipsoidWhoseHalfAxesAreTheSixMargins() {
    VoxelGrid grid = grid(1, 1, 1, 61);
    Margin margin = new Margin(10, 5, 7, 12, 15, 6);

    VoxelMask grown = MaskMargin.apply(grid, oneVoxel(30, 30, 30), margin).orElseThrow();

    assertThat(grown.first(0)).as("right").isEqualTo(30 - 12);
    assertThat(grown.first(0) + grown.count(0) - 1).as("left").isEqualTo(30 + 7);
    assertThat(grown.first(1)).as("anterior").isEqualTo(30 - 10);
    assertThat(grown.first(1) + grown.count(1) - 1).as("posterior").isEqualTo(30 + 5);
    assertThat(grown.first(2)).as("inferior").isEqualTo(30 - 6);
    assertThat(grown.first(2) + grown.count(2) - 1).as("superior").isEqualTo(30 + 15);
    double octantsMm3 = Math.PI / 6 * (10 + 5) * (7 + 12) * (15 + 6);
    assertThat((double) grown.voxels()).isCloseTo(octantsMm3, within(0.04 * octantsMm3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyVoxelWithinTheMarginOfSomeVoxelBelongsToItAndNoOther(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    VoxelGrid grid = grid(1.5, 0.8, 2.5, 18);
    byte[] values = new byte[6 * 6 * 6];
    for (int v = 0; v < values.length; v++) {
      values[v] = (byte) (random.nextInt(5) == 0 ? 1 : 0);
    }
    VoxelMask mask = VoxelMask.of(new int[] {6, 6, 6}, new int[] {6, 6, 6}, values).orElseThrow();
    Margin margin =
        new Margin(
            random.nextDouble(6),
            random.nextDouble(6),
            random.nextDouble(6),
            random.nextDouble(6),
            random.nextDouble(6),
            random.nextDouble(6));

    VoxelMask grown = MaskMargin.apply(grid, mask, margin).orElseThrow();

    for (int k = 0; k < 18; k++) {
      for (int j = 0; j < 18; j++) {
        for (int i = 0; i < 18; i++) {
          assertThat(is(grown, i, j, k))
              .as("voxel %d %d %d", i, j, k)
              .isEqualTo(isReached(grid, mask, margin, i, j, k));
        }
      }
    }
  }

  private static boolean isReached(
      VoxelGrid grid, VoxelMask mask, Margin margin, int i, int j, int k) {
    for (int z = 0; z < mask.count(2); z++) {
      for (int y = 0; y < mask.count(1); y++) {
        for (int x = 0; x < mask.count(0); x++) {
          Point from =
              grid.toPatientMm(
                  x + mask.first(0), y + mask.first(1), grid.planeOffsetMm(z + mask.first(2)));
          Point way = grid.toPatientMm(i, j, grid.planeOffsetMm(k)).minus(from);
          if (is(mask, x + mask.first(0), y + mask.first(1), z + mask.first(2))
              && margin.reaches(way.xMm(), way.yMm(), way.zMm())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  static boolean is(VoxelMask mask, int i, int j, int k) {
    int x = i - mask.first(0);
    int y = j - mask.first(1);
    int z = k - mask.first(2);
    return x >= 0
        && x < mask.count(0)
        && y >= 0
        && y < mask.count(1)
        && z >= 0
        && z < mask.count(2)
        && mask.inside()[x + mask.count(0) * (y + mask.count(1) * z)] != 0;
  }

  @Test
  void aNegativeMarginMovesEachSideInwardsByItsOwnPart() {
    VoxelGrid grid = grid(1, 1, 2, 40);
    VoxelMask box = MaskShapes.box(10, 10, 10, 20, 20, 20);

    VoxelMask shrunk = MaskMargin.apply(grid, box, new Margin(-3, -1, -2, 0, -4, -2)).orElseThrow();

    assertThat(shrunk.first(0)).as("right side stays").isEqualTo(10);
    assertThat(shrunk.count(0)).isEqualTo(20 - 2);
    assertThat(shrunk.first(1)).as("anterior").isEqualTo(10 + 3);
    assertThat(shrunk.count(1)).isEqualTo(20 - 4);
    assertThat(shrunk.first(2)).as("inferior 2 mm is one plane").isEqualTo(10 + 1);
    assertThat(shrunk.count(2)).isEqualTo(20 - 3);
  }

  @Test
  void growingOnOneSideAndShrinkingOnTheOtherMovesABox() {
    VoxelGrid grid = grid(1, 1, 1, 40);
    VoxelMask box = MaskShapes.box(10, 10, 10, 10, 10, 10);

    VoxelMask moved = MaskMargin.apply(grid, box, new Margin(0, 0, 4, -4, 0, 0)).orElseThrow();

    assertThat(moved.first(0)).isEqualTo(14);
    assertThat(moved.count(0)).isEqualTo(10);
    assertThat(moved.voxels()).isEqualTo(1000);
  }

  @Test
  void nothingIsLeftOfAStructureThinnerThanTheMargin() {
    Optional<VoxelMask> gone =
        MaskMargin.apply(
            grid(1, 1, 1, 40), MaskShapes.box(10, 10, 10, 20, 4, 20), Margin.uniform(-3));

    assertThat(gone).isEmpty();
  }

  @Test
  void theBorderOfTheImageCutsAndDoesNotShrink() {
    VoxelGrid grid = grid(1, 1, 1, 20);
    VoxelMask atTheEnd = MaskShapes.box(5, 5, 0, 10, 10, 10);

    VoxelMask grown = MaskMargin.apply(grid, atTheEnd, Margin.uniform(3)).orElseThrow();
    VoxelMask shrunk = MaskMargin.apply(grid, atTheEnd, Margin.uniform(-3)).orElseThrow();

    assertThat(grown.first(2)).isZero();
    assertThat(shrunk.first(2)).isZero();
    assertThat(shrunk.count(2)).isEqualTo(7);
    assertThat(shrunk.count(0)).isEqualTo(4);
  }

  @Test
  void directionsAreThoseOfThePatientWhateverTheGrid() {
    double[] offsetsMm = new double[30];
    for (int k = 0; k < 30; k++) {
      offsetsMm[k] = k;
    }
    VoxelGrid coronal =
        new VoxelGrid(
            30, 30, new Point(0, 0, 0), new Point(1, 0, 0), new Point(0, 0, -1), 1, 1, offsetsMm);

    VoxelMask grown =
        MaskMargin.apply(coronal, oneVoxel(15, 15, 15), new Margin(0, 0, 0, 0, 5, 2)).orElseThrow();

    assertThat(grown.first(1)).as("superior is towards smaller rows").isEqualTo(10);
    assertThat(grown.count(1)).isEqualTo(8);
    assertThat(grown.count(0)).isEqualTo(1);
    assertThat(grown.count(2)).isEqualTo(1);
  }
}
