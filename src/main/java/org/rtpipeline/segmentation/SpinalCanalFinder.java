package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spinal canal: soft tissue near the middle of the body that bone surrounds in the plane,
 * chained from plane to plane; planes between, where the ring of bone is open, are interpolated.
 */
final class SpinalCanalFinder {

  private static final float LEAST_HU = -120;
  private static final int RAYS = 24;
  private static final int FEWEST_HITS = 19;
  private static final double RAY_MM = 22;
  private static final double FROM_BONE_MM = 14;
  private static final double SMALLEST_MM2 = 50;
  private static final double LARGEST_MM2 = 900;
  private static final double LEAST_MEAN_HU = -40;
  private static final double MOST_MEAN_HU = 80;
  private static final double FROM_MIDDLE_MM = 40;
  private static final double LONGEST_GAP_MM = 24;
  private static final double SIDEWAYS_MM = 8;
  private static final double SHORTEST_MM = 30;

  private final float[] imageHu;
  private final byte[] shell;
  private final Lattice lattice;
  private final Sides sides;
  private final Contrast contrast;
  private final double stepMm;

  /** Columns that a step of each ray goes. */
  private final double[] rayI = new double[RAYS];

  /** Rows that a step of each ray goes. */
  private final double[] rayJ = new double[RAYS];

  private SpinalCanalFinder(
      float[] imageHu, byte[] shell, Lattice lattice, Sides sides, Contrast contrast) {
    this.imageHu = imageHu;
    this.shell = shell;
    this.lattice = lattice;
    this.sides = sides;
    this.contrast = contrast;
    this.stepMm = Math.min(lattice.columnMm(), lattice.rowMm());
    for (int ray = 0; ray < RAYS; ray++) {
      double angle = 2 * Math.PI * ray / RAYS;
      rayI[ray] = Math.cos(angle) * stepMm / lattice.columnMm();
      rayJ[ray] = Math.sin(angle) * stepMm / lattice.rowMm();
    }
  }

  /**
   * The canal as a mask; empty where no chain is long enough.
   *
   * @param shell dense bone without the marrow, as a mask
   */
  static byte[] find(
      float[] imageHu, byte[] shell, Lattice lattice, Sides sides, Contrast contrast) {
    SpinalCanalFinder finder = new SpinalCanalFinder(imageHu, shell, lattice, sides, contrast);
    byte[] enclosed = finder.enclosed();
    List<PlanePart> candidates = new ArrayList<>();
    for (int k = 0; k < lattice.planes(); k++) {
      for (PlanePart part : PlanePart.inPlane(enclosed, lattice, k)) {
        if (finder.isCandidate(part)) {
          candidates.add(part);
        }
      }
    }
    List<PlanePart> chain = finder.longestChain(candidates);
    return finder.lengthMm(chain) < SHORTEST_MM ? new byte[imageHu.length] : finder.filled(chain);
  }

  private byte[] enclosed() {
    float[] fromBone = EuclideanDistance.squareMm2(shell, 1, lattice, FROM_BONE_MM);
    byte[] enclosed = new byte[imageHu.length];
    for (int at = 0; at < enclosed.length; at++) {
      boolean soft = imageHu[at] > LEAST_HU && imageHu[at] < contrast.growHu();
      if (soft
          && shell[at] == 0
          && fromBone[at] != Float.POSITIVE_INFINITY
          && Math.abs(sides.leftMm(at)) < FROM_MIDDLE_MM
          && isEnclosed(at)) {
        enclosed[at] = 1;
      }
    }
    return enclosed;
  }

  private boolean isEnclosed(int at) {
    int columns = lattice.columns();
    int plane = at / lattice.planeVoxels() * lattice.planeVoxels();
    int i = at % columns;
    int j = at / columns % lattice.rows();
    int hits = 0;
    for (int ray = 0; ray < RAYS && hits + RAYS - ray >= FEWEST_HITS; ray++) {
      double di = rayI[ray];
      double dj = rayJ[ray];
      for (int step = 1; step * stepMm <= RAY_MM; step++) {
        int x = (int) Math.rint(i + step * di);
        int y = (int) Math.rint(j + step * dj);
        if (x < 0 || x >= columns || y < 0 || y >= lattice.rows()) {
          break;
        }
        if (shell[plane + y * columns + x] != 0) {
          hits++;
          break;
        }
      }
    }
    return hits >= FEWEST_HITS;
  }

  private boolean isCandidate(PlanePart part) {
    double areaMm2 = part.areaMm2(lattice);
    double meanHu = part.meanHu(imageHu);
    return areaMm2 >= SMALLEST_MM2
        && areaMm2 <= LARGEST_MM2
        && meanHu > LEAST_MEAN_HU
        && meanHu < MOST_MEAN_HU;
  }

  /** The chain over the most planes; candidates come in ascending order of plane. */
  private List<PlanePart> longestChain(List<PlanePart> candidates) {
    int[] links = new int[candidates.size()];
    int[] before = new int[candidates.size()];
    int best = -1;
    for (int c = 0; c < links.length; c++) {
      links[c] = 1;
      before[c] = -1;
      for (int p = c - 1; p >= 0 && gapMm(candidates, p, c) <= LONGEST_GAP_MM; p--) {
        if (links[p] + 1 > links[c] && isLink(candidates.get(p), candidates.get(c))) {
          links[c] = links[p] + 1;
          before[c] = p;
        }
      }
      if (best < 0 || links[c] > links[best]) {
        best = c;
      }
    }
    List<PlanePart> chain = new ArrayList<>();
    for (int c = best; c >= 0; c = before[c]) {
      chain.add(candidates.get(c));
    }
    Collections.reverse(chain);
    return chain;
  }

  private double gapMm(List<PlanePart> candidates, int one, int other) {
    return Math.abs(
        lattice.zMm()[candidates.get(other).plane()] - lattice.zMm()[candidates.get(one).plane()]);
  }

  private boolean isLink(PlanePart below, PlanePart above) {
    double gapMm = lattice.zMm()[above.plane()] - lattice.zMm()[below.plane()];
    return gapMm > 0 && below.apartMm(above, lattice) <= Math.max(SIDEWAYS_MM, gapMm / 2);
  }

  private double lengthMm(List<PlanePart> chain) {
    return chain.isEmpty()
        ? 0
        : lattice.zMm()[chain.get(chain.size() - 1).plane()] - lattice.zMm()[chain.get(0).plane()];
  }

  /** The chain with the planes between: signed distances change evenly from link to link. */
  private byte[] filled(List<PlanePart> chain) {
    byte[] mask = new byte[imageHu.length];
    PlanePart before = null;
    double @Nullable [] distanceBefore = null;
    for (PlanePart part : chain) {
      part.at().forEach(at -> mask[at] = 1);
      if (before != null && part.plane() - before.plane() > 1) {
        double[] from = distanceBefore == null ? signedMm(before) : distanceBefore;
        distanceBefore = signedMm(part);
        between(mask, before.plane(), from, part.plane(), distanceBefore);
      } else {
        distanceBefore = null;
      }
      before = part;
    }
    for (int at = 0; at < mask.length; at++) {
      mask[at] &= (byte) (1 - shell[at]);
    }
    return mask;
  }

  private void between(byte[] mask, int low, double[] lowMm, int high, double[] highMm) {
    for (int k = low + 1; k < high; k++) {
      double share =
          (lattice.zMm()[k] - lattice.zMm()[low]) / (lattice.zMm()[high] - lattice.zMm()[low]);
      for (int p = 0; p < lowMm.length; p++) {
        if ((1 - share) * lowMm[p] + share * highMm[p] > 0) {
          mask[k * lattice.planeVoxels() + p] = 1;
        }
      }
    }
  }

  private double[] signedMm(PlanePart part) {
    int size = lattice.planeVoxels();
    byte[] slice = new byte[size];
    part.at().forEach(at -> slice[at % size] = 1);
    Lattice flat = new Lattice(lattice.xMm(), lattice.yMm(), new double[] {0});
    double limitMm = EuclideanDistance.everywhere(flat);
    float[] inside = EuclideanDistance.squareMm2(slice, 0, flat, limitMm);
    float[] outside = EuclideanDistance.squareMm2(slice, 1, flat, limitMm);
    double[] signedMm = new double[size];
    for (int p = 0; p < size; p++) {
      signedMm[p] = Math.sqrt(inside[p]) - Math.sqrt(outside[p]);
    }
    return signedMm;
  }
}
