package org.rtpipeline.radiomics;

import java.util.List;

/**
 * Grey level dependence (IBSI 1, REK0; Sun and Wee 1983) and grey tone difference (IBSI 1, IPET;
 * Amadasun and King 1989) matrices, in one sweep over the neighbours of every voxel.
 */
final class NeighbourhoodMatrices {

  private final Cells dependence;
  private final double[] voxels;
  private final double[] difference;
  private final double[] lonely;

  private NeighbourhoodMatrices(
      Cells dependence, double[] voxels, double[] difference, double[] lonely) {
    this.dependence = dependence;
    this.voxels = voxels;
    this.difference = difference;
    this.lonely = lonely;
  }

  /**
   * Both matrices.
   *
   * @param half one step of each opposite pair
   * @param alpha largest difference of levels that counts as dependent
   */
  static NeighbourhoodMatrices count(RoiLevels roi, List<Direction> half, int alpha) {
    int[] offsets = new int[2 * half.size()];
    for (int i = 0; i < half.size(); i++) {
      offsets[2 * i] = roi.offset(half.get(i));
      offsets[2 * i + 1] = -offsets[2 * i];
    }
    int[] level = roi.level();
    int[] rank = roi.rank();
    int columns = offsets.length + 2;
    int[] dense = new int[(roi.ranks() + 1) * columns];
    double[] difference = new double[roi.ranks() + 1];
    double[] lonely = new double[roi.ranks() + 1];
    for (int at : roi.where()) {
      int here = level[at];
      int sum = 0;
      int inside = 0;
      int dependent = 1;
      for (int offset : offsets) {
        int other = level[at + offset];
        if (other != 0) {
          inside++;
          sum += other;
          if (Math.abs(other - here) <= alpha) {
            dependent++;
          }
        }
      }
      dense[rank[at] * columns + dependent]++;
      if (inside > 0) {
        difference[rank[at]] += Math.abs(here - (double) sum / inside);
      } else {
        lonely[rank[at]]++;
      }
    }
    double[] voxels = new double[roi.ranks() + 1];
    Cells dependence = new Cells(1024);
    for (int i = 1; i <= roi.ranks(); i++) {
      for (int j = 1; j < columns; j++) {
        int count = dense[i * columns + j];
        if (count > 0) {
          dependence.add(i, j, count);
          voxels[i] += count;
        }
      }
    }
    return new NeighbourhoodMatrices(dependence, voxels, difference, lonely);
  }

  /** Voxels by rank and number of dependent neighbours, itself counted. */
  Cells dependence() {
    return dependence;
  }

  /** Voxels of each rank; entry 0 is 0. */
  double[] voxels() {
    return voxels;
  }

  /** Sum over the voxels of each rank of |level - mean level of the neighbours in the ROI|. */
  double[] difference() {
    return difference;
  }

  /** Voxels of each rank without a neighbour in the ROI. */
  double[] lonely() {
    return lonely;
  }
}
