package org.rtpipeline.radiomics;

import java.util.Arrays;
import java.util.List;

/** Twenty-four numbers of a co-occurrence matrix, in one pass over its occupied cells. */
final class CooccurrenceFeatures {

  /** Names, in the order of the values. */
  static final List<String> NAMES =
      List.of(
          "Autocorrelation",
          "ClusterProminence",
          "ClusterShade",
          "ClusterTendency",
          "Contrast",
          "Correlation",
          "DifferenceAverage",
          "DifferenceEntropy",
          "DifferenceVariance",
          "Id",
          "Idm",
          "Idmn",
          "Idn",
          "Imc1",
          "Imc2",
          "InverseVariance",
          "JointAverage",
          "JointEnergy",
          "JointEntropy",
          "MCC",
          "MaximumProbability",
          "SumAverage",
          "SumEntropy",
          "SumSquares");

  /** Up to this many ranks, products of marginals go through the logarithm one by one. */
  private static final int EXACT_MARGINALS = 128;

  private static final double LOG2 = Math.log(2);

  private final Cells cells;
  private final int[] levelOfRank;
  private final int ranks;
  private final int highest;
  private final double total;
  private final double[] px;
  private final double[] py;
  private final double[] sum;
  private final double[] difference;

  private CooccurrenceFeatures(Cells cells, RoiLevels roi, int highest) {
    this.cells = cells;
    levelOfRank = roi.levelOfRank();
    ranks = roi.ranks();
    this.highest = highest;
    total = cells.total();
    px = new double[ranks + 1];
    py = new double[ranks + 1];
    sum = new double[2 * highest + 1];
    difference = new double[highest];
  }

  /**
   * Mean of each feature over matrices, undefined values left out; NaN without a matrix, but the
   * maximal correlation of a single level is 1 even then.
   */
  static double[] mean(List<Cells> matrices, RoiLevels roi) {
    double[] mean = new double[NAMES.size()];
    int[] defined = new int[mean.length];
    for (Cells matrix : matrices) {
      double[] values = of(matrix, roi);
      for (int i = 0; i < mean.length; i++) {
        if (!Double.isNaN(values[i])) {
          mean[i] += values[i];
          defined[i]++;
        }
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] = defined[i] == 0 ? Double.NaN : mean[i] / defined[i];
    }
    if (roi.ranks() == 1) {
      mean[NAMES.indexOf("MCC")] = 1;
    }
    return mean;
  }

  /** The numbers of a matrix without a pair: NaN, but nothing differs where there is one level. */
  static double[] ofNothing(RoiLevels roi) {
    double[] values = new double[NAMES.size()];
    Arrays.fill(values, Double.NaN);
    if (roi.ranks() == 1) {
      values[NAMES.indexOf("InverseVariance")] = 0;
    }
    return values;
  }

  /** The numbers of one matrix with at least one pair. */
  static double[] of(Cells cells, RoiLevels roi) {
    return of(cells, roi, roi.highest());
  }

  /**
   * The numbers of one matrix with at least one pair.
   *
   * @param highest number of levels that differences are normalised by, at least the highest level
   */
  static double[] of(Cells cells, RoiLevels roi, int highest) {
    return new CooccurrenceFeatures(cells, roi, highest).values();
  }

  private double[] values() {
    double autocorrelation = 0;
    double energy = 0;
    double entropy = 0;
    double largest = 0;
    double ux = 0;
    double uy = 0;
    Entropy logarithm = new Entropy(total);
    for (int c = 0; c < cells.size(); c++) {
      double p = cells.count(c) / total;
      int i = levelOfRank[cells.row(c)];
      int j = levelOfRank[cells.column(c)];
      px[cells.row(c)] += p;
      py[cells.column(c)] += p;
      // cell by cell: whether the mean of a single level is that level is left to rounding
      ux += i * p;
      uy += j * p;
      sum[i + j] += p;
      difference[Math.abs(i - j)] += p;
      autocorrelation += p * ((double) i * j);
      energy += p * p;
      entropy -= logarithm.ofCount(cells.count(c));
      largest = Math.max(largest, p);
    }
    double varianceX = variance(px, ux);
    double[] cluster = cluster(ux + uy);
    double[] d = differences();
    double[] marginals = marginals(entropy);
    return new double[] {
      autocorrelation,
      cluster[2],
      cluster[1],
      cluster[0],
      d[0],
      correlation(ux, uy, Math.sqrt(varianceX), Math.sqrt(variance(py, uy))),
      d[1],
      d[2],
      d[3],
      d[4],
      d[5],
      d[6],
      d[7],
      marginals[0],
      marginals[1],
      d[8],
      ux,
      energy,
      entropy,
      MaximalCorrelation.of(cells, px, py, total),
      largest,
      sumAverage(),
      sumEntropy(),
      varianceX
    };
  }

  private double variance(double[] marginal, double mean) {
    double variance = 0;
    for (int r = 1; r <= ranks; r++) {
      double off = levelOfRank[r] - mean;
      variance += marginal[r] * off * off;
    }
    return variance;
  }

  private double correlation(double ux, double uy, double sigmaX, double sigmaY) {
    if (sigmaX * sigmaY == 0) {
      return 1;
    }
    double covariance = 0;
    for (int c = 0; c < cells.size(); c++) {
      covariance +=
          cells.count(c)
              / total
              * (levelOfRank[cells.row(c)] - ux)
              * (levelOfRank[cells.column(c)] - uy);
    }
    return covariance / (sigmaX * sigmaY + Entropy.EPSILON);
  }

  /** Second, third and fourth moment of i + j about the sum of the means. */
  private double[] cluster(double centre) {
    double[] moments = new double[3];
    for (int k = 2; k < sum.length; k++) {
      double off = k - centre;
      double square = sum[k] * off * off;
      moments[0] += square;
      moments[1] += square * off;
      moments[2] += square * off * off;
    }
    return moments;
  }

  private double sumAverage() {
    double average = 0;
    for (int k = 2; k < sum.length; k++) {
      average += k * sum[k];
    }
    return average;
  }

  private double sumEntropy() {
    double entropy = 0;
    for (int k = 2; k < sum.length; k++) {
      entropy -= sum[k] == 0 ? 0 : Entropy.term(sum[k]);
    }
    return entropy;
  }

  /**
   * Contrast, average, entropy, variance, inverse difference, its moment, both normalised (moment
   * first), inverse variance.
   */
  private double[] differences() {
    double[] d = new double[9];
    double ng = highest;
    for (int k = 0; k < difference.length; k++) {
      double p = difference[k];
      if (p == 0) {
        continue;
      }
      double square = (double) k * k;
      d[0] += square * p;
      d[1] += k * p;
      d[2] -= Entropy.term(p);
      d[4] += p / (1 + k);
      d[5] += p / (1 + square);
      d[6] += p / (1 + square / (ng * ng));
      d[7] += p / (1 + k / ng);
      d[8] += k == 0 ? 0 : p / square;
    }
    for (int k = 0; k < difference.length; k++) {
      double off = k - d[1];
      d[3] += difference[k] * off * off;
    }
    return d;
  }

  /** First and second measure of information correlation (IBSI 1, R8DG and JN9H). */
  private double[] marginals(double entropy) {
    double hx = 0;
    double hy = 0;
    for (int r = 1; r <= ranks; r++) {
      hx -= px[r] == 0 ? 0 : Entropy.term(px[r]);
      hy -= py[r] == 0 ? 0 : Entropy.term(py[r]);
    }
    double hxy1 = ranks <= EXACT_MARGINALS ? exactCross() : cross();
    double hxy2 = ranks <= EXACT_MARGINALS ? exactProduct() : product();
    double larger = Math.max(hx, hy);
    double imc1 = larger == 0 ? 0 : (entropy - hxy1) / larger;
    double imc2 = hxy2 == entropy ? 0 : Math.sqrt(1 - Math.exp(-2 * (hxy2 - entropy)));
    return new double[] {imc1, imc2};
  }

  private double exactCross() {
    double h = 0;
    for (int c = 0; c < cells.size(); c++) {
      double product = px[cells.row(c)] * py[cells.column(c)];
      h -= cells.count(c) / total * Entropy.log2(product + Entropy.EPSILON);
    }
    return h;
  }

  private double exactProduct() {
    double h = 0;
    for (int i = 1; i <= ranks; i++) {
      for (int j = 1; j <= ranks; j++) {
        double product = px[i] * py[j];
        h -= product == 0 ? 0 : Entropy.term(product);
      }
    }
    return h;
  }

  /** As {@link #exactCross} with log2(q + e) = log2 q + e / (q ln 2), to the first order in e. */
  private double cross() {
    double[] logX = logarithms(px);
    double[] logY = logarithms(py);
    double h = 0;
    for (int c = 0; c < cells.size(); c++) {
      int i = cells.row(c);
      int j = cells.column(c);
      h -= cells.count(c) / total * (logX[i] + logY[j] + Entropy.EPSILON / (px[i] * py[j] * LOG2));
    }
    return h;
  }

  private double product() {
    double[] logX = logarithms(px);
    double[] logY = logarithms(py);
    double h = 0;
    int occupiedX = 0;
    int occupiedY = 0;
    for (int r = 1; r <= ranks; r++) {
      h -= px[r] * logX[r] + py[r] * logY[r];
      occupiedX += px[r] > 0 ? 1 : 0;
      occupiedY += py[r] > 0 ? 1 : 0;
    }
    return h - (double) occupiedX * occupiedY * Entropy.EPSILON / LOG2;
  }

  private static double[] logarithms(double[] marginal) {
    double[] out = new double[marginal.length];
    for (int r = 1; r < out.length; r++) {
      out[r] = marginal[r] == 0 ? 0 : Entropy.log2(marginal[r]);
    }
    return out;
  }
}
