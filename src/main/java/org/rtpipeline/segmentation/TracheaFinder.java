package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.List;

/**
 * The windpipe: a round tube of air near the middle, followed from plane to plane until it widens,
 * splits or ends.
 */
final class TracheaFinder {

  private static final float AIR_HU = -850;
  private static final float WALL_HU = -500;
  private static final double SMALLEST_MM2 = 60;
  private static final double LARGEST_MM2 = 700;
  private static final double LONGEST_AXIS_MM = 35;
  private static final double LEAST_SHARE = 0.5;
  private static final double FROM_MIDDLE_MM = 30;
  private static final double STEP_MM = 3;
  private static final double GROWTH = 1.6;
  private static final double SHORTEST_MM = 30;

  private final float[] imageHu;
  private final byte[] air;
  private final Lattice lattice;
  private final Sides sides;

  private TracheaFinder(float[] imageHu, byte[] body, Lattice lattice, Sides sides) {
    this.imageHu = imageHu;
    this.lattice = lattice;
    this.sides = sides;
    this.air = new byte[imageHu.length];
    for (int at = 0; at < air.length; at++) {
      air[at] = (byte) (body[at] != 0 && imageHu[at] < AIR_HU ? 1 : 0);
    }
  }

  /**
   * The lumen of the longest such tube that runs into the lungs; empty where there is none.
   *
   * @param lungs lungs as found so far; the tube may be a part of them
   * @param order which end of the stack is nearer to the head
   */
  static byte[] find(
      float[] imageHu, byte[] body, byte[] lungs, Lattice lattice, Sides sides, Order order) {
    TracheaFinder finder = new TracheaFinder(imageHu, body, lattice, sides);
    byte[] best = new byte[imageHu.length];
    int longest = 0;
    byte[] seen = new byte[imageHu.length];
    for (int n = 0; n < lattice.planes(); n++) {
      for (PlanePart part : PlanePart.inPlane(finder.air, lattice, order.plane(n, lattice))) {
        if (seen[part.at().get(0)] == 0 && finder.isStart(part)) {
          List<PlanePart> tube = finder.follow(part, n, order);
          tube.forEach(p -> p.at().forEach(at -> seen[at] = 1));
          if (tube.size() > longest && finder.endsBetween(tube, lungs)) {
            longest = tube.size();
            best = finder.lumen(tube);
          }
        }
      }
    }
    return longest * lattice.planeMm() >= SHORTEST_MM ? best : new byte[imageHu.length];
  }

  /** Which end of the stack is nearer to the head. */
  enum Order {
    HEAD_FIRST,
    HEAD_LAST;

    /** The n-th plane on the way from the head down. */
    int plane(int n, Lattice lattice) {
      return this == HEAD_FIRST ? n : lattice.planes() - 1 - n;
    }
  }

  private boolean isStart(PlanePart part) {
    double areaMm2 = part.areaMm2(lattice);
    return areaMm2 >= SMALLEST_MM2
        && areaMm2 <= LARGEST_MM2
        && part.isRound(lattice, LONGEST_AXIS_MM, LEAST_SHARE)
        && Math.abs(sides.leftMm(part.centreI(), part.centreJ(), part.plane())) <= FROM_MIDDLE_MM;
  }

  private List<PlanePart> follow(PlanePart start, int from, Order order) {
    List<PlanePart> tube = new ArrayList<>();
    tube.add(start);
    double largestMm2 = start.areaMm2(lattice);
    for (int n = from + 1; n < lattice.planes(); n++) {
      PlanePart next = next(tube.get(tube.size() - 1), order.plane(n, lattice));
      double areaMm2 = next.areaMm2(lattice);
      if (areaMm2 < SMALLEST_MM2 || areaMm2 > GROWTH * largestMm2) {
        break;
      }
      largestMm2 = Math.max(largestMm2, areaMm2);
      tube.add(next);
    }
    return tube;
  }

  /** Air of a plane that lies at most a step from the tube in the plane before. */
  private PlanePart next(PlanePart before, int plane) {
    int size = lattice.planeVoxels();
    int reachI = (int) (STEP_MM / lattice.columnMm()) + 1;
    int reachJ = (int) (STEP_MM / lattice.rowMm()) + 1;
    byte[] taken = new byte[size];
    List<Integer> at = new ArrayList<>();
    for (int voxel : before.at()) {
      int centre = voxel % size;
      int i = centre % lattice.columns();
      int j = centre / lattice.columns();
      for (int y = Math.max(0, j - reachJ); y <= Math.min(lattice.rows() - 1, j + reachJ); y++) {
        for (int x = Math.max(0, i - reachI);
            x <= Math.min(lattice.columns() - 1, i + reachI);
            x++) {
          double awayMm = Math.hypot((x - i) * lattice.columnMm(), (y - j) * lattice.rowMm());
          int to = y * lattice.columns() + x;
          if (awayMm <= STEP_MM && taken[to] == 0 && air[plane * size + to] != 0) {
            taken[to] = 1;
            at.add(plane * size + to);
          }
        }
      }
    }
    return at.isEmpty() ? new PlanePart(plane, 0, 0, List.of()) : PlanePart.of(plane, at, lattice);
  }

  /** True when lung lies on both sides of some plane of the tube. */
  private boolean endsBetween(List<PlanePart> tube, byte[] lungs) {
    int size = lattice.planeVoxels();
    for (PlanePart part : tube) {
      double centreMm = sides.leftMm(part.centreI(), part.centreJ(), part.plane());
      boolean left = false;
      boolean right = false;
      for (int at = part.plane() * size; at < (part.plane() + 1) * size; at++) {
        if (lungs[at] != 0) {
          double leftMm = sides.leftMm(at) - centreMm;
          left |= leftMm > LONGEST_AXIS_MM / 2;
          right |= leftMm < -LONGEST_AXIS_MM / 2;
        }
      }
      if (left && right) {
        return true;
      }
    }
    return false;
  }

  /** The tube with the voxels around it that hold some air. */
  private byte[] lumen(List<PlanePart> tube) {
    byte[] mask = new byte[imageHu.length];
    for (PlanePart part : tube) {
      part.at().forEach(at -> mask[at] = 1);
    }
    double aroundMm = 1.01 * Math.max(lattice.columnMm(), lattice.rowMm());
    byte[] wider = EuclideanDistance.dilated(mask, lattice, aroundMm);
    for (int at = 0; at < mask.length; at++) {
      if (wider[at] != 0 && imageHu[at] < WALL_HU && isInTube(at, tube)) {
        mask[at] = 1;
      }
    }
    return mask;
  }

  private boolean isInTube(int at, List<PlanePart> tube) {
    int plane = at / lattice.planeVoxels();
    int first = tube.get(0).plane();
    int last = tube.get(tube.size() - 1).plane();
    return plane >= Math.min(first, last) && plane <= Math.max(first, last);
  }
}
