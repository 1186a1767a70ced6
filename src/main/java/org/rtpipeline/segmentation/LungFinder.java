package org.rtpipeline.segmentation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lungs and the windpipe: air in the body whose core is as dense as lung tissue, which gas in
 * the bowel is not.
 */
final class LungFinder {

  private static final float AIR_HU = -500;
  private static final double SMALLEST_CM3 = 3;
  private static final double CORE_MM = 4;
  private static final double LEAST_MEDIAN_HU = -940;
  private static final double MOST_MEDIAN_HU = -550;
  private static final double CLOSING_MM = 6;
  private static final double SECOND_LUNG_SHARE = 0.1;
  private static final double SINGLE_LUNG_MM = 35;
  private static final List<Double> CUTS_MM = List.of(2.0, 4.0, 6.0, 9.0);

  private final Lattice lattice;
  private final Sides sides;
  private final byte[] left;
  private final byte[] right;
  private final byte[] trachea;

  private LungFinder(Lattice lattice, Sides sides, byte[] trachea) {
    this.lattice = lattice;
    this.sides = sides;
    this.trachea = trachea;
    this.left = new byte[trachea.length];
    this.right = new byte[trachea.length];
  }

  /** Finds both lungs and the windpipe. */
  static LungFinder find(
      float[] imageHu, byte[] body, Lattice lattice, Sides sides, TracheaFinder.Order order) {
    byte[] air = new byte[imageHu.length];
    for (int at = 0; at < air.length; at++) {
      air[at] = (byte) (body[at] != 0 && imageHu[at] < AIR_HU ? 1 : 0);
    }
    byte[] found = withLungCore(imageHu, air, lattice);
    byte[] trachea = TracheaFinder.find(imageHu, body, found, lattice, sides, order);
    LungFinder lungs = new LungFinder(lattice, sides, trachea);
    for (int at = 0; at < found.length; at++) {
      found[at] &= (byte) (1 - trachea[at]);
    }
    lungs.split(found);
    lungs.smooth(lungs.left, lungs.right, body);
    lungs.smooth(lungs.right, lungs.left, body);
    return lungs;
  }

  byte[] left() {
    return left;
  }

  byte[] right() {
    return right;
  }

  byte[] trachea() {
    return trachea;
  }

  private static byte[] withLungCore(float[] imageHu, byte[] air, Lattice lattice) {
    ConnectedParts parts = ConnectedParts.of(air, lattice);
    byte[] core = EuclideanDistance.eroded(air, lattice, CORE_MM);
    double[] mediansHu = parts.mediansHu(imageHu, core);
    boolean[] wanted = new boolean[parts.count() + 1];
    for (int part = 1; part < wanted.length; part++) {
      wanted[part] =
          parts.voxels(part) * lattice.voxelCm3() >= SMALLEST_CM3
              && mediansHu[part] > LEAST_MEDIAN_HU
              && mediansHu[part] < MOST_MEDIAN_HU;
    }
    return parts.mask(wanted);
  }

  /**
   * Deals the parts to the sides. Where both lungs hang together, they are cut where they are
   * thinnest, and where no cut parts them, along the middle of the body.
   */
  private void split(byte[] found) {
    ConnectedParts parts = ConnectedParts.of(found, lattice);
    if (parts.count() == 0) {
      return;
    }
    int largest = largest(parts).get(0);
    double[] leftMm = meanLeftMm(parts);
    boolean onBothSides =
        IntStream.rangeClosed(1, parts.count())
            .anyMatch(
                part ->
                    parts.voxels(part) > SECOND_LUNG_SHARE * parts.voxels(largest)
                        && leftMm[part] * leftMm[largest] < 0);
    byte[] whole = new byte[found.length];
    for (int at = 0; at < found.length; at++) {
      int part = parts.labels()[at];
      if (part == largest && !onBothSides) {
        whole[at] = 1;
      } else if (part > 0) {
        put(at, leftMm[part]);
      }
    }
    if (!onBothSides && !cut(whole)) {
      boolean single = Math.abs(leftMm[largest]) > SINGLE_LUNG_MM;
      for (int at = 0; at < whole.length; at++) {
        if (whole[at] != 0) {
          put(at, single ? leftMm[largest] : sides.leftMm(at));
        }
      }
    }
  }

  private void put(int at, double leftMm) {
    (leftMm > 0 ? left : right)[at] = 1;
  }

  private static List<Integer> largest(ConnectedParts parts) {
    return IntStream.rangeClosed(1, parts.count())
        .boxed()
        .sorted(Comparator.comparingInt(parts::voxels).reversed())
        .toList();
  }

  private double[] meanLeftMm(ConnectedParts parts) {
    double[] sum = new double[parts.count() + 1];
    for (int at = 0; at < parts.labels().length; at++) {
      if (parts.labels()[at] > 0) {
        sum[parts.labels()[at]] += sides.leftMm(at);
      }
    }
    for (int part = 1; part < sum.length; part++) {
      sum[part] /= parts.voxels(part);
    }
    return sum;
  }

  /** Erodes deeper and deeper until two large cores lie on two sides; each voxel joins one. */
  private boolean cut(byte[] whole) {
    for (double cutMm : CUTS_MM) {
      ConnectedParts cores =
          ConnectedParts.of(EuclideanDistance.eroded(whole, lattice, cutMm), lattice);
      List<Integer> order = largest(cores);
      if (order.size() < 2) {
        continue;
      }
      int one = order.get(0);
      int other = order.get(1);
      double[] leftMm = meanLeftMm(cores);
      if (cores.voxels(other) > SECOND_LUNG_SHARE * cores.voxels(one)
          && leftMm[one] * leftMm[other] < 0) {
        join(whole, cores, leftMm[one] > 0 ? one : other, leftMm[one] > 0 ? other : one);
        return true;
      }
    }
    return false;
  }

  private void join(byte[] whole, ConnectedParts cores, int leftCore, int rightCore) {
    double limitMm = EuclideanDistance.everywhere(lattice);
    float[] toLeft = EuclideanDistance.squareMm2(only(cores, leftCore), 1, lattice, limitMm);
    float[] toRight = EuclideanDistance.squareMm2(only(cores, rightCore), 1, lattice, limitMm);
    for (int at = 0; at < whole.length; at++) {
      if (whole[at] != 0) {
        put(at, (double) toRight[at] - toLeft[at]);
      }
    }
  }

  private static byte[] only(ConnectedParts parts, int part) {
    boolean[] wanted = new boolean[parts.count() + 1];
    wanted[part] = true;
    return parts.mask(wanted);
  }

  /** Takes in vessels: closes the lung, fills its planes, and leaves what is another's. */
  private void smooth(byte[] lung, byte[] other, byte[] body) {
    VoxelBox box = VoxelBox.around(lung, lattice, 2 * CLOSING_MM).orElse(null);
    if (box == null) {
      return;
    }
    byte[] closed =
        box.paste(
            PlaneHoles.filled(
                EuclideanDistance.closed(box.cut(lung), box.part(), CLOSING_MM), box.part()));
    for (int at = 0; at < lung.length; at++) {
      boolean free = other[at] == 0 && trachea[at] == 0 && body[at] != 0;
      lung[at] = (byte) (closed[at] != 0 && free ? 1 : 0);
    }
  }
}
