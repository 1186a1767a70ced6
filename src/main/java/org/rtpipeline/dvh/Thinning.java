package org.rtpipeline.dvh;

import java.util.Arrays;

/** Leaves out points of a falling curve that its neighbours give back. */
final class Thinning {

  private Thinning() {}

  /**
   * Keeps as few points as one pass finds so that the straight lines between them stay within a
   * tolerance of all points, measured along x.
   *
   * @param x ascending
   * @param y never rising
   * @param tolerance largest distance along x
   */
  static DoseVolumeCurve.Samples thin(double[] x, double[] y, double tolerance) {
    int n = x.length;
    int[] kept = new int[n];
    int count = 0;
    kept[count++] = 0;
    int from = 0;
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    for (int p = 1; p < n; p++) {
      double drop = y[from] - y[p];
      double slope = drop > 0 ? (x[p] - x[from]) / drop : Double.POSITIVE_INFINITY;
      boolean straight = slope >= low && slope <= high;
      if (!straight) {
        from = p - 1;
        kept[count++] = from;
        low = Double.NEGATIVE_INFINITY;
        high = Double.POSITIVE_INFINITY;
        drop = y[from] - y[p];
      }
      if (drop > 0) {
        low = Math.max(low, (x[p] - tolerance - x[from]) / drop);
        high = Math.min(high, (x[p] + tolerance - x[from]) / drop);
      } else {
        low = Double.POSITIVE_INFINITY;
      }
    }
    if (n > 1) {
      kept[count++] = n - 1;
    }
    double[] keptX = new double[count];
    double[] keptY = new double[count];
    for (int c = 0; c < count; c++) {
      keptX[c] = x[kept[c]];
      keptY[c] = y[kept[c]];
    }
    return new DoseVolumeCurve.Samples(Arrays.copyOf(keptX, count), Arrays.copyOf(keptY, count));
  }
}
