package org.rtpipeline.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EuclideanDistanceTest {

  private static Lattice lattice(SplittableRandom random) {
    return new Lattice(
        positions(random, 1 + random.nextInt(20)),
        positions(random, 1 + random.nextInt(12)),
        positions(random, 1 + random.nextInt(9)));
  }

  private static double[] positions(SplittableRandom random, int count) {
    double[] mm = new double[count];
    mm[0] = random.nextDouble(-50, 50);
    double stepMm = random.nextDouble(0.5, 4);
    for (int i = 1; i < count; i++) {
      mm[i] = mm[i - 1] + stepMm + (random.nextInt(6) == 0 ? 2.5 : 0);
    }
    return mm;
  }

  private static byte[] mask(SplittableRandom random, int voxels, double share) {
    byte[] mask = new byte[voxels];
    for (int at = 0; at < voxels; at++) {
      mask[at] = (byte) (random.nextDouble() < share ? 1 : 0);
    }
    return mask;
  }

  private static double nearestSquareMm2(byte[] mask, int kind, Lattice lattice, int from) {
    double best = Double.POSITIVE_INFINITY;
    for (int at = 0; at < mask.length; at++) {
      if (mask[at] == kind) {
        double dx = lattice.xMm()[at % lattice.columns()] - x(lattice, from);
        double dy = y(lattice, at) - y(lattice, from);
        double dz = z(lattice, at) - z(lattice, from);
        best = Math.min(best, dx * dx + dy * dy + dz * dz);
      }
    }
    return best;
  }

  private static double x(Lattice lattice, int at) {
    return lattice.xMm()[at % lattice.columns()];
  }

  private static double y(Lattice lattice, int at) {
    return lattice.yMm()[at / lattice.columns() % lattice.rows()];
  }

  private static double z(Lattice lattice, int at) {
    return lattice.zMm()[at / lattice.planeVoxels()];
  }

  @Test
  void distancesAreThoseOfTrialOfAllPairs() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 60; round++) {
      Lattice lattice = lattice(random);
      byte[] mask = mask(random, lattice.voxels(), round % 3 == 0 ? 0.02 : 0.4);
      int kind = round % 2;
      float[] square =
          EuclideanDistance.squareMm2(mask, kind, lattice, EuclideanDistance.everywhere(lattice));
      for (int at = 0; at < square.length; at++) {
        double expected = nearestSquareMm2(mask, kind, lattice, at);
        if (Double.isInfinite(expected)) {
          assertThat(square[at]).isInfinite();
        } else {
          assertThat((double) square[at]).isCloseTo(expected, within(1e-4 + 1e-6 * expected));
        }
      }
    }
  }

  @Test
  void distancesUpToTheLimitAreExactAndTheOthersInfinite() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 40; round++) {
      Lattice lattice = lattice(random);
      byte[] mask = mask(random, lattice.voxels(), 0.03);
      float[] square = EuclideanDistance.squareMm2(mask, 1, lattice, 6);
      for (int at = 0; at < square.length; at++) {
        double expected = nearestSquareMm2(mask, 1, lattice, at);
        if (expected > 36.001) {
          assertThat(square[at]).isInfinite();
        } else {
          assertThat((double) square[at]).isCloseTo(expected, within(1e-4));
        }
      }
    }
  }

  @Test
  void closingTakesNothingAwayAndErosionAddsNothing() {
    SplittableRandom random = new SplittableRandom(3);
    Lattice lattice = lattice(random);
    byte[] mask = mask(random, lattice.voxels(), 0.3);
    byte[] closed = EuclideanDistance.closed(mask, lattice, 3);
    byte[] eroded = EuclideanDistance.eroded(mask, lattice, 1);
    for (int at = 0; at < mask.length; at++) {
      assertThat(closed[at]).isGreaterThanOrEqualTo(mask[at]);
      assertThat(eroded[at]).isLessThanOrEqualTo(mask[at]);
    }
  }

  @Test
  void theBorderOfTheBoxIsNoSurface() {
    Lattice lattice = new Lattice(new double[] {0, 1, 2}, new double[] {0, 1}, new double[] {0});
    byte[] full = {1, 1, 1, 1, 1, 1};
    assertThat(EuclideanDistance.eroded(full, lattice, 5)).isEqualTo(full);
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() {
    Lattice lattice = new Lattice(new double[] {0, 1}, new double[] {0}, new double[] {0});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EuclideanDistance.squareMm2(new byte[3], 1, lattice, 1))
        .withMessage("lattice has 2 voxels, mask 3");
  }
}
