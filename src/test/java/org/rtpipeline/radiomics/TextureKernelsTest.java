package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the kernels that work row by row against plain walks over voxels. */
final class TextureKernelsTest {

  private static final GridSize SIZE = MadeRegions.cube(7);

  /** A region by seed: which voxels, and the level of each. */
  private static final class Made {
    private final byte[] mask;
    private final int[] levels;
    private final RoiLevels roi;

    Made(long seed) {
      Random random = new Random(seed);
      mask = MadeRegions.randomMask(SIZE, 0.2 + 0.8 * random.nextDouble(), seed);
      mask[0] = 1;
      mask[SIZE.voxels() - 1] = 1;
      int count = 0;
      for (byte m : mask) {
        count += m;
      }
      int most = 1 + random.nextInt(5);
      int step = 1 + random.nextInt(3);
      levels = random.ints(count, 0, most).map(l -> 1 + l * step).toArray();
      roi = new RoiLevels(IndexBox.whole(SIZE), mask, levels, 2);
    }

    /** Level of a voxel, 0 outside. */
    int at(int x, int y, int z) {
      boolean isOutside = x < 0 || y < 0 || z < 0 || x > 6 || y > 6 || z > 6;
      if (isOutside || mask[SIZE.index(x, y, z)] == 0) {
        return 0;
      }
      int before = 0;
      for (int i = 0; i < SIZE.index(x, y, z); i++) {
        before += mask[i];
      }
      return levels[before];
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static Map<List<Integer>, Double> byLevel(Cells cells, RoiLevels roi) {
    Map<List<Integer>, Double> out = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    for (int i = 0; i < cells.size(); i++) {
      out.put(List.of(roi.levelOfRank()[cells.row(i)], cells.column(i)), cells.count(i));
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void runsAreThoseOfAWalkAlongEachLine(long seed) {
    Made made = new Made(seed);
    for (Direction step : Direction.half(List.of(1), TexturePlane.VOLUME)) {
      Map<List<Integer>, Double> expected =
          new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
      forEachVoxel(
          made,
          (x, y, z, level) -> {
            if (made.at(x - step.dx(), y - step.dy(), z - step.dz()) != level) {
              int run = 1;
              while (made.at(x + run * step.dx(), y + run * step.dy(), z + run * step.dz())
                  == level) {
                run++;
              }
              expected.merge(List.of(level, run), 1.0, Double::sum);
            }
          });
      Cells counted = new RunLengthMatrix(made.roi).count(step);
      assertThat(byLevel(counted, made.roi)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void dependentVoxelsAndToneDifferencesAreThoseOfAWalkOverNeighbours(long seed) {
    Made made = new Made(seed);
    List<Direction> half = Direction.half(List.of(1, 2), TexturePlane.VOLUME);
    int alpha = (int) (seed % 4);
    Map<List<Integer>, Double> expected =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    double[] difference = new double[made.roi.ranks() + 1];
    forEachVoxel(
        made,
        (x, y, z, level) -> {
          int[] counts = {1, 0, 0};
          for (Direction step : half) {
            for (int sense : new int[] {1, -1}) {
              int other =
                  made.at(x + sense * step.dx(), y + sense * step.dy(), z + sense * step.dz());
              counts[0] += other != 0 && Math.abs(other - level) <= alpha ? 1 : 0;
              counts[1] += other != 0 ? 1 : 0;
              counts[2] += other;
            }
          }
          expected.merge(List.of(level, counts[0]), 1.0, Double::sum);
          int rank = Arrays.binarySearch(made.roi.levelOfRank(), level);
          difference[rank] += counts[1] == 0 ? 0 : Math.abs(level - (double) counts[2] / counts[1]);
        });
    NeighbourhoodMatrices counted = NeighbourhoodMatrices.count(made.roi, half, alpha);
    assertThat(byLevel(counted.dependence(), made.roi)).isEqualTo(expected);
    assertThat(counted.difference()).containsExactly(difference, within(1e-12));
  }

  /** What is done with a voxel of the region. */
  private interface Visit {
    void of(int x, int y, int z, int level);
  }

  private static void forEachVoxel(Made made, Visit visit) {
    for (int z = 0; z < 7; z++) {
      for (int y = 0; y < 7; y++) {
        for (int x = 0; x < 7; x++) {
          if (made.at(x, y, z) != 0) {
            visit.of(x, y, z, made.at(x, y, z));
          }
        }
      }
    }
  }
}
