package org.rtpipeline.radiomics;

/** Whole-image z score by the sample standard deviation, from the same sums as ITK's. */
final class Normaliser {

  private Normaliser() {}

  /** A sum that keeps what rounding takes away (Kahan 1965). */
  private static final class Sum {
    private double total;
    private double lost;

    void add(double x) {
      double corrected = x - lost;
      double next = total + corrected;
      lost = next - total - corrected;
      total = next;
    }
  }

  /** The scores, cut at the outlier bound and then scaled. */
  static Raster normalise(Raster image, RadiomicsOptions.Normalisation how) {
    int n = image.size().voxels();
    Sum sum = new Sum();
    Sum squares = new Sum();
    for (int i = 0; i < n; i++) {
      double x = image.at(i);
      sum.add(x);
      squares.add(x * x);
    }
    double mean = sum.total / n;
    double variance = (squares.total - sum.total * sum.total / n) / (n - 1);
    double factor = 1 / Math.sqrt(variance);
    double bound = how.outlierSd() == null ? Double.POSITIVE_INFINITY : how.outlierSd();
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      double score = (image.at(i) - mean) * factor;
      out[i] = Math.max(-bound, Math.min(bound, score)) * how.scale();
    }
    return image.with(out);
  }
}
