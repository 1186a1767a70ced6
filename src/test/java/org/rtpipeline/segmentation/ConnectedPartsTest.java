package org.rtpipeline.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ConnectedPartsTest {

  private static Lattice lattice(int columns, int rows, int planes) {
    return new Lattice(steps(columns), steps(rows), steps(planes));
  }

  private static double[] steps(int count) {
    double[] mm = new double[count];
    for (int i = 0; i < count; i++) {
      mm[i] = i;
    }
    return mm;
  }

  private static List<Integer> neighbours(int at, Lattice lattice) {
    List<Integer> found = new java.util.ArrayList<>();
    int i = at % lattice.columns();
    int j = at / lattice.columns() % lattice.rows();
    int k = at / lattice.planeVoxels();
    if (i > 0) {
      found.add(at - 1);
    }
    if (i + 1 < lattice.columns()) {
      found.add(at + 1);
    }
    if (j > 0) {
      found.add(at - lattice.columns());
    }
    if (j + 1 < lattice.rows()) {
      found.add(at + lattice.columns());
    }
    if (k > 0) {
      found.add(at - lattice.planeVoxels());
    }
    if (k + 1 < lattice.planes()) {
      found.add(at + lattice.planeVoxels());
    }
    return found;
  }

  /** Labels by flooding, numbered in the order of the first voxel. */
  private static int[] flooded(byte[] mask, Lattice lattice) {
    int[] labels = new int[mask.length];
    int parts = 0;
    for (int start = 0; start < mask.length; start++) {
      if (mask[start] == 0 || labels[start] != 0) {
        continue;
      }
      parts++;
      Deque<Integer> open = new ArrayDeque<>(List.of(start));
      labels[start] = parts;
      while (!open.isEmpty()) {
        for (int next : neighbours(open.removeFirst(), lattice)) {
          if (mask[next] != 0 && labels[next] == 0) {
            labels[next] = parts;
            open.add(next);
          }
        }
      }
    }
    return labels;
  }

  @Test
  void partsAreThoseOfFlooding() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 60; round++) {
      Lattice lattice =
          lattice(1 + random.nextInt(14), 1 + random.nextInt(12), 1 + random.nextInt(6));
      byte[] mask = new byte[lattice.voxels()];
      double share = random.nextDouble();
      for (int at = 0; at < mask.length; at++) {
        mask[at] = (byte) (random.nextDouble() < share ? 1 : 0);
      }
      ConnectedParts parts = ConnectedParts.of(mask, lattice);
      assertThat(parts.labels()).isEqualTo(flooded(mask, lattice));
    }
  }

  @Test
  void aPartKnowsItsSizeAndItsMedian() {
    byte[] mask = {1, 1, 1, 0, 1};
    ConnectedParts parts = ConnectedParts.of(mask, lattice(5, 1, 1));
    double[] mediansHu = parts.mediansHu(new float[] {-900, 10, 5000, 0, 7}, mask);
    assertThat(parts.count()).isEqualTo(2);
    assertThat(parts.voxels(1)).isEqualTo(3);
    assertThat(mediansHu[1]).isEqualTo(10);
    assertThat(parts.mediansHu(new float[5], new byte[5])[2]).isNaN();
    assertThat(parts.mask(new boolean[] {false, false, true}))
        .isEqualTo(new byte[] {0, 0, 0, 0, 1});
  }

  @Test
  void holesAreFilledPlaneByPlaneUpToASize() {
    byte[] ring = {
      1, 1, 1, 1, 1, 1,
      1, 0, 1, 0, 0, 1,
      1, 1, 1, 1, 1, 1,
    };
    Lattice lattice = lattice(6, 3, 1);
    assertThat(PlaneHoles.filled(ring, lattice)).containsOnly(1);
    byte[] onlySmall = PlaneHoles.filled(ring, lattice, 1);
    assertThat(onlySmall[7]).isEqualTo((byte) 1);
    assertThat(onlySmall[9]).isZero();
    assertThat(onlySmall[10]).isZero();
  }

  @Test
  void openSpaceIsNoHole() {
    byte[] cup = {
      1, 0, 1,
      1, 0, 1,
      1, 1, 1,
    };
    assertThat(PlaneHoles.filled(cup, lattice(3, 3, 1))).isEqualTo(cup);
  }
}
