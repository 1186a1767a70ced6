package org.rtpipeline.segmentation;

/** A histogram of CT values in bins of 1 HU. */
final class HuBins {

  /** Bins of a histogram. */
  static final int COUNT = 4200;

  private static final int LOWEST_HU = -1100;

  private HuBins() {}

  /** Bin of a value; values past either end count in the end bin. */
  static int bin(float valueHu) {
    return Math.max(0, Math.min(Math.round(valueHu) - LOWEST_HU, COUNT - 1));
  }

  /** The value that half of the counts do not exceed, HU; NaN for no count. */
  static double medianHu(int[] histogram) {
    long all = 0;
    for (int count : histogram) {
      all += count;
    }
    long below = 0;
    for (int bin = 0; bin < histogram.length; bin++) {
      below += histogram[bin];
      if (2 * below >= all && all > 0) {
        return bin + LOWEST_HU;
      }
    }
    return Double.NaN;
  }
}
