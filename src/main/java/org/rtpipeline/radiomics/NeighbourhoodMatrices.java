package org.rtpipeline.radiomics;

import java.util.Arrays;
import java.util.List;

/**
 * Grey level dependence (IBSI 1, REK0; Sun and Wee 1983) and grey tone difference (IBSI 1, IPET;
 * Amadasun and King 1989) matrices, in one sweep over the neighbours of every voxel.
 */
final class NeighbourhoodMatrices {

  /** Shift that leaves the sign of a whole number: 1 when it is below 0. */
  private static final int SIGN = 31;

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
    int[] rank = roi.rank();
    int columns = offsets.length + 2;
    int[] dense = new int[(roi.ranks() + 1) * columns];
    double[] difference = new double[roi.ranks() + 1];
    double[] lonely = new double[roi.ranks() + 1];
    Row row = new Row(roi.longestSpan());
    int[] spans = roi.spans();
    for (int s = 0; s < spans.length; s += 2) {
      row.look(roi.level(), spans[s], spans[s + 1] - spans[s], offsets, alpha);
      for (int i = 0; i < row.n; i++) {
        int here = row.here[i];
        if (here != 0) {
          int of = rank[spans[s] + i];
          dense[of * columns + 1 + row.dependent[i]]++;
          if (row.inside[i] > 0) {
            difference[of] += Math.abs(here - (double) row.sum[i] / row.inside[i]);
          } else {
            lonely[of]++;
          }
        }
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

  /** What the voxels of a row have round them; loops without branches, side by side. */
  private static final class Row {
    private int n;
    private final int[] here;
    private final int[] other;
    private final int[] sum;
    private final int[] inside;
    private final int[] dependent;

    Row(int longest) {
      here = new int[longest];
      other = new int[longest];
      sum = new int[longest];
      inside = new int[longest];
      dependent = new int[longest];
    }

    /** Sums and counts over the neighbours that lie in the ROI, those whose level is not 0. */
    void look(int[] level, int from, int voxels, int[] offsets, int alpha) {
      n = voxels;
      System.arraycopy(level, from, here, 0, n);
      Arrays.fill(sum, 0);
      Arrays.fill(inside, 0);
      Arrays.fill(dependent, 0);
      for (int offset : offsets) {
        System.arraycopy(level, from + offset, other, 0, n);
        add(other, sum, inside, n);
        addDependent(here, other, dependent, n, alpha);
      }
    }

    private static void add(int[] other, int[] sum, int[] inside, int n) {
      for (int i = 0; i < n; i++) {
        sum[i] += other[i];
        inside[i] += -other[i] >>> SIGN;
      }
    }

    private static void addDependent(int[] here, int[] other, int[] dependent, int n, int alpha) {
      for (int i = 0; i < n; i++) {
        int beyond = (alpha - Math.abs(other[i] - here[i])) >>> SIGN;
        dependent[i] += (-other[i] >>> SIGN) & (beyond ^ 1);
      }
    }
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
