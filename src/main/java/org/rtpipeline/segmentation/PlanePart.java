package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Voxels of one plane that hang together.
 *
 * @param plane the plane
 * @param centreI mean column
 * @param centreJ mean row
 * @param at the voxels, as indices into the whole box
 */
record PlanePart(int plane, double centreI, double centreJ, List<Integer> at) {

  PlanePart {
    at = List.copyOf(at);
  }

  /** A part that holds at least one voxel. */
  static PlanePart of(int plane, List<Integer> at, Lattice lattice) {
    double sumI = 0;
    double sumJ = 0;
    for (int voxel : at) {
      sumI += voxel % lattice.columns();
      sumJ += voxel / lattice.columns() % lattice.rows();
    }
    return new PlanePart(plane, sumI / at.size(), sumJ / at.size(), at);
  }

  /** The parts of one plane of a mask, in the order of their first voxel. */
  static List<PlanePart> inPlane(byte[] mask, Lattice lattice, int plane) {
    int size = lattice.planeVoxels();
    byte[] slice = Arrays.copyOfRange(mask, plane * size, (plane + 1) * size);
    Lattice flat = new Lattice(lattice.xMm(), lattice.yMm(), new double[] {0});
    ConnectedParts parts = ConnectedParts.of(slice, flat);
    List<List<Integer>> voxels = new ArrayList<>();
    for (int part = 0; part < parts.count(); part++) {
      voxels.add(new ArrayList<>());
    }
    for (int p = 0; p < size; p++) {
      if (parts.labels()[p] > 0) {
        voxels.get(parts.labels()[p] - 1).add(plane * size + p);
      }
    }
    return voxels.stream().map(at -> of(plane, at, lattice)).toList();
  }

  double areaMm2(Lattice lattice) {
    return at.size() * lattice.columnMm() * lattice.rowMm();
  }

  /** Distance between two centres as seen along the normal, mm. */
  double apartMm(PlanePart other, Lattice lattice) {
    return Math.hypot(
        (centreI - other.centreI) * lattice.columnMm(),
        (centreJ - other.centreJ) * lattice.rowMm());
  }

  double meanHu(float[] imageHu) {
    double sum = 0;
    for (int voxel : at) {
      sum += imageHu[voxel];
    }
    return sum / at.size();
  }

  /** True when the part is no longer than a length along columns and rows, and fills its frame. */
  boolean isRound(Lattice lattice, double longestMm, double leastShare) {
    int lowI = Integer.MAX_VALUE;
    int highI = 0;
    int lowJ = Integer.MAX_VALUE;
    int highJ = 0;
    for (int voxel : at) {
      int i = voxel % lattice.columns();
      int j = voxel / lattice.columns() % lattice.rows();
      lowI = Math.min(lowI, i);
      highI = Math.max(highI, i);
      lowJ = Math.min(lowJ, j);
      highJ = Math.max(highJ, j);
    }
    double widthMm = (highI - lowI + 1) * lattice.columnMm();
    double heightMm = (highJ - lowJ + 1) * lattice.rowMm();
    return widthMm <= longestMm
        && heightMm <= longestMm
        && areaMm2(lattice) >= leastShare * widthMm * heightMm;
  }
}
