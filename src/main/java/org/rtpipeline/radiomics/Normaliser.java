package org.rtpipeline.radiomics;

/** Whole-image z score by the sample standard deviation. */
final class Normaliser {

  private Normaliser() {}

  /** The scores, cut at the outlier bound and then scaled. */
  static Raster normalise(Raster image, RadiomicsOptions.Normalisation how) {
    int n = image.size().voxels();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += image.at(i);
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double off = image.at(i) - mean;
      squares += off * off;
    }
    double factor = 1 / Math.sqrt(squares / (n - 1));
    double bound = how.outlierSd() == null ? Double.POSITIVE_INFINITY : how.outlierSd();
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      double score = (image.at(i) - mean) * factor;
      out[i] = Math.max(-bound, Math.min(bound, score)) * how.scale();
    }
    return image.with(out);
  }
}
