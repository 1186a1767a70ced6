package org.rtpipeline.radiomics;

import java.util.Arrays;

/** Logarithms of probabilities as PyRadiomics takes them: to base 2, of p + 2^-52. */
final class Entropy {

  /** Added to every probability before the logarithm. */
  static final double EPSILON = Math.ulp(1.0);

  private static final double LOG2 = Math.log(2);

  private final double total;
  private final double[] termByCount = new double[512];

  /** For counts out of a total; terms of small whole counts are kept. */
  Entropy(double total) {
    this.total = total;
    Arrays.fill(termByCount, Double.NaN);
  }

  static double log2(double value) {
    return Math.log(value) / LOG2;
  }

  /** p log2(p + 2^-52). */
  static double term(double probability) {
    return probability * log2(probability + EPSILON);
  }

  /** p log2(p + 2^-52) of p = count / total. */
  double ofCount(double count) {
    int whole = (int) count;
    if (whole >= termByCount.length || whole != count) {
      return term(count / total);
    }
    double known = termByCount[whole];
    if (Double.isNaN(known)) {
      known = term(count / total);
      termByCount[whole] = known;
    }
    return known;
  }
}
