package org.rtpipeline.radiomics;

/** Statistics of the intensities of a region (IBSI 1, UHIW) and of its grey levels (ZVCW). */
final class IntensityStatistics {

  private IntensityStatistics() {}

  /** The eighteen numbers of the family of intensity statistics, in the order of its features. */
  static double[] of(double[] x) {
    double[] out = new double[18];
    System.arraycopy(moments(x), 0, out, 0, 16);
    double energy = 0;
    for (double value : x) {
      energy += value * value;
    }
    out[16] = energy;
    out[17] = Math.sqrt(energy / x.length);
    return out;
  }

  /**
   * The sixteen numbers that intensities and grey levels share: mean, variance, skewness, excess
   * kurtosis, median, minimum, 10th and 90th percentile, maximum, interquartile range, range, mean,
   * robust mean and median absolute deviation, coefficient of variation, quartile coefficient of
   * dispersion. Skewness and kurtosis of equal values are 0.
   *
   * @param x at least one value
   */
  static double[] moments(double[] x) {
    int n = x.length;
    double mean = FirstOrder.mean(x);
    Percentiles ranked = new Percentiles(x);
    double median = ranked.at(50);
    double m2 = 0;
    double m3 = 0;
    double m4 = 0;
    double aroundMean = 0;
    double aroundMedian = 0;
    for (double value : x) {
      double off = value - mean;
      double square = off * off;
      m2 += square;
      m3 += square * off;
      m4 += square * square;
      aroundMean += Math.abs(off);
      aroundMedian += Math.abs(value - median);
    }
    double variance = m2 / n;
    boolean flat = variance == 0;
    double p10 = ranked.at(10);
    double p25 = ranked.at(25);
    double p75 = ranked.at(75);
    double p90 = ranked.at(90);
    return new double[] {
      mean,
      variance,
      flat ? 0 : m3 / n / (variance * Math.sqrt(variance)),
      flat ? 0 : m4 / n / (variance * variance) - 3,
      median,
      ranked.at(0),
      p10,
      p90,
      ranked.at(100),
      p75 - p25,
      ranked.at(100) - ranked.at(0),
      aroundMean / n,
      FirstOrder.deviationWithin(x, p10, p90),
      aroundMedian / n,
      Math.sqrt(variance) / mean,
      (p75 - p25) / (p75 + p25)
    };
  }
}
