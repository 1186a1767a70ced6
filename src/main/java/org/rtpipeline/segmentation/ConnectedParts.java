package org.rtpipeline.segmentation;

import java.util.Arrays;

/** The parts of a mask whose voxels hang together by their faces. */
final class ConnectedParts {

  private final int[] labels;
  private final int[] voxels;

  private ConnectedParts(int[] labels, int[] voxels) {
    this.labels = labels;
    this.voxels = voxels;
  }

  /** Finds the parts; they are numbered from 1 in the order of their first voxel. */
  static ConnectedParts of(byte[] mask, Lattice lattice) {
    int columns = lattice.columns();
    int plane = lattice.planeVoxels();
    int[] labels = new int[mask.length];
    int[] parent = new int[1024];
    int runs = 0;
    for (int line = 0; line < mask.length; line += columns) {
      boolean hasRowBefore = line % plane != 0;
      boolean hasPlaneBefore = line >= plane;
      for (int i = 0; i < columns; i++) {
        int at = line + i;
        if (mask[at] == 0) {
          continue;
        }
        if (i > 0 && mask[at - 1] != 0) {
          labels[at] = labels[at - 1];
        } else {
          runs++;
          if (runs == parent.length) {
            parent = Arrays.copyOf(parent, 2 * runs);
          }
          parent[runs] = runs;
          labels[at] = runs;
        }
        if (hasRowBefore && mask[at - columns] != 0) {
          join(parent, labels[at], labels[at - columns]);
        }
        if (hasPlaneBefore && mask[at - plane] != 0) {
          join(parent, labels[at], labels[at - plane]);
        }
      }
    }
    return numbered(labels, parent, runs);
  }

  private static ConnectedParts numbered(int[] labels, int[] parent, int runs) {
    int[] number = new int[runs + 1];
    int parts = 0;
    for (int run = 1; run <= runs; run++) {
      int root = root(parent, run);
      if (number[root] == 0) {
        number[root] = ++parts;
      }
      number[run] = number[root];
    }
    int[] voxels = new int[parts + 1];
    for (int at = 0; at < labels.length; at++) {
      labels[at] = number[labels[at]];
      voxels[labels[at]]++;
    }
    return new ConnectedParts(labels, voxels);
  }

  private static void join(int[] parent, int one, int other) {
    int rootOne = root(parent, one);
    int rootOther = root(parent, other);
    if (rootOne < rootOther) {
      parent[rootOther] = rootOne;
    } else {
      parent[rootOne] = rootOther;
    }
  }

  private static int root(int[] parent, int run) {
    int at = run;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** Number of parts. */
  int count() {
    return voxels.length - 1;
  }

  /** Part of each voxel, 0 outside the mask; the array itself. */
  int[] labels() {
    return labels;
  }

  /** Voxels of a part. */
  int voxels(int part) {
    return voxels[part];
  }

  /**
   * The parts that are wanted, as a mask.
   *
   * @param wanted one flag per part, index 0 unused
   */
  byte[] mask(boolean[] wanted) {
    byte[] mask = new byte[labels.length];
    for (int at = 0; at < mask.length; at++) {
      mask[at] = (byte) (labels[at] > 0 && wanted[labels[at]] ? 1 : 0);
    }
    return mask;
  }

  /**
   * Median of an image over each part, index 0 unused; NaN for a part without a counted voxel.
   *
   * @param counted 1 for the voxels that count
   */
  double[] mediansHu(float[] imageHu, byte[] counted) {
    int[][] histograms = new int[voxels.length][];
    for (int at = 0; at < labels.length; at++) {
      int part = labels[at];
      if (part > 0 && counted[at] != 0) {
        int[] histogram = histograms[part];
        if (histogram == null) {
          histogram = new int[HuBins.COUNT];
          histograms[part] = histogram;
        }
        histogram[HuBins.bin(imageHu[at])]++;
      }
    }
    double[] medians = new double[voxels.length];
    for (int part = 0; part < medians.length; part++) {
      medians[part] = histograms[part] == null ? Double.NaN : HuBins.medianHu(histograms[part]);
    }
    return medians;
  }
}
