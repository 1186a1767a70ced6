package org.rtpipeline.radiomics;

import java.util.List;

/** Eighteen numbers of the intensities of a ROI (PyRadiomics firstorder; IBSI 1, UHIW). */
final class FirstOrder {

  /** Names, in the order of the values. */
  static final List<String> NAMES =
      List.of(
          "10Percentile",
          "90Percentile",
          "Energy",
          "Entropy",
          "InterquartileRange",
          "Kurtosis",
          "Maximum",
          "MeanAbsoluteDeviation",
          "Mean",
          "Median",
          "Minimum",
          "Range",
          "RobustMeanAbsoluteDeviation",
          "RootMeanSquared",
          "Skewness",
          "TotalEnergy",
          "Uniformity",
          "Variance");

  private FirstOrder() {}

  /**
   * The numbers; kurtosis is not the excess, moments of a flat ROI are 0.
   *
   * @param x intensities of the ROI, at least one
   * @param levels grey level of each, for entropy and uniformity
   * @param shift added to every intensity before energy and root mean square
   * @param voxelMm3 volume of a voxel
   */
  static double[] of(double[] x, int[] levels, double shift, double voxelMm3) {
    int n = x.length;
    Percentiles ranked = new Percentiles(x);
    double minimum = ranked.at(0);
    double maximum = ranked.at(100);
    double mean = minimum == maximum ? minimum : mean(x);
    double m2 = 0;
    double m3 = 0;
    double m4 = 0;
    double deviation = 0;
    double energy = 0;
    for (double value : x) {
      double off = value - mean;
      double square = off * off;
      m2 += square;
      m3 += square * off;
      m4 += square * square;
      deviation += Math.abs(off);
      energy += (value + shift) * (value + shift);
    }
    m2 /= n;
    double safe = m2 == 0 ? 1 : m2;
    double p10 = ranked.at(10);
    double p25 = ranked.at(25);
    double median = ranked.at(50);
    double p75 = ranked.at(75);
    double p90 = ranked.at(90);
    double[] histogram = histogram(levels);
    return new double[] {
      p10,
      p90,
      energy,
      histogram[0],
      p75 - p25,
      m4 / n / (safe * safe),
      maximum,
      deviation / n,
      mean,
      median,
      minimum,
      maximum - minimum,
      deviationWithin(x, p10, p90),
      Math.sqrt(energy / n),
      m3 / n / (safe * Math.sqrt(safe)),
      energy * voxelMm3,
      histogram[1],
      m2
    };
  }

  static double mean(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value;
    }
    return sum / x.length;
  }

  /** Mean absolute deviation of the values in a closed range from their own mean. */
  static double deviationWithin(double[] x, double low, double high) {
    double sum = 0;
    int n = 0;
    for (double value : x) {
      if (value >= low && value <= high) {
        sum += value;
        n++;
      }
    }
    double mean = sum / n;
    double deviation = 0;
    for (double value : x) {
      if (value >= low && value <= high) {
        deviation += Math.abs(value - mean);
      }
    }
    return deviation / n;
  }

  /** Entropy (bits) and uniformity of the levels. */
  private static double[] histogram(int[] levels) {
    int highest = 0;
    for (int level : levels) {
      highest = Math.max(highest, level);
    }
    int[] counts = new int[highest + 1];
    for (int level : levels) {
      counts[level]++;
    }
    double entropy = 0;
    double uniformity = 0;
    for (int count : counts) {
      double p = (double) count / levels.length;
      entropy -= p == 0 ? 0 : Entropy.term(p);
      uniformity += p * p;
    }
    return new double[] {entropy, uniformity};
  }
}
