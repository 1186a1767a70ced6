package org.rtpipeline.radiomics;

/** Twenty-three numbers of the histogram of grey levels (IBSI 1, ZVCW). */
final class IntensityHistogram {

  private IntensityHistogram() {}

  /**
   * The numbers, in the order of the features of the family.
   *
   * @param levels grey level of each voxel, from 1
   * @param highest highest level of the histogram
   */
  static double[] of(int[] levels, int highest) {
    double[] x = new double[levels.length];
    int[] counts = new int[highest + 1];
    for (int i = 0; i < x.length; i++) {
      x[i] = levels[i];
      counts[levels[i]]++;
    }
    double[] shared = IntensityStatistics.moments(x);
    double[] out = new double[23];
    System.arraycopy(shared, 0, out, 0, 9);
    out[9] = mode(counts, shared[0]);
    System.arraycopy(shared, 9, out, 10, 7);
    for (int count : counts) {
      double p = (double) count / x.length;
      out[17] -= p == 0 ? 0 : p * Entropy.log2(p);
      out[18] += p * p;
    }
    gradients(counts, out);
    return out;
  }

  /** The level with the highest count; of several the one nearest to the mean. */
  private static int mode(int[] counts, double mean) {
    int best = 1;
    for (int level = 2; level < counts.length; level++) {
      boolean nearer = Math.abs(level - mean) < Math.abs(best - mean);
      if (counts[level] > counts[best] || (counts[level] == counts[best] && nearer)) {
        best = level;
      }
    }
    return best;
  }

  /**
   * Greatest gradient with its level, least gradient with its level: central differences, one-sided
   * at the ends; 0 when there is one level.
   */
  private static void gradients(int[] counts, double[] out) {
    int highest = counts.length - 1;
    double greatest = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (int level = 1; level <= highest; level++) {
      int before = Math.max(1, level - 1);
      int after = Math.min(highest, level + 1);
      double gradient =
          after == before ? 0 : (double) (counts[after] - counts[before]) / (after - before);
      if (gradient > greatest) {
        greatest = gradient;
        out[19] = gradient;
        out[20] = level;
      }
      if (gradient < least) {
        least = gradient;
        out[21] = gradient;
        out[22] = level;
      }
    }
  }
}
