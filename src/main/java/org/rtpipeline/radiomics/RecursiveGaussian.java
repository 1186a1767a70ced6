package org.rtpipeline.radiomics;

/**
 * Convolution with a Gaussian or its second derivative by a fourth-order recursion in each sense
 * (Deriche 1993; Farnebäck and Westin 2006), with the border value going on for ever.
 *
 * <p>Constants, order of operations and rounding follow ITK, so that images agree to the last bit
 * of their single precision. Many lines are filtered side by side.
 */
final class RecursiveGaussian {

  /** Shortest line that the recursion can start on, voxels. */
  static final int SHORTEST_LINE = 4;

  /** Frequencies and decays of the two complex exponentials. */
  private static final double W1 = 0.6681;

  private static final double L1 = -1.3932;
  private static final double W2 = 2.0787;
  private static final double L2 = -1.3732;

  /** Amplitudes A1, B1, A2, B2 of the Gaussian. */
  private static final double[] SMOOTHING = {1.3530, 1.8151, -0.3531, 0.0902};

  /** Amplitudes A1, B1, A2, B2 of its second derivative. */
  private static final double[] SECOND_DERIVATIVE = {-1.3563, 5.2318, 0.3446, -2.2355};

  private double n0;
  private double n1;
  private double n2;
  private double n3;
  private double d1;
  private double d2;
  private double d3;
  private double d4;
  private double m1;
  private double m2;
  private double m3;
  private double m4;
  private double sd;

  /** Sums of coefficients times 1, k and k² of a numerator. */
  private static final class Sums {
    private final double[] n;
    private final double s;
    private final double d;
    private final double e;

    Sums(double[] n, double s, double d, double e) {
      this.n = n;
      this.s = s;
      this.d = d;
      this.e = e;
    }

    double[] n() {
      return n;
    }

    double s() {
      return s;
    }

    double d() {
      return d;
    }

    double e() {
      return e;
    }
  }

  private RecursiveGaussian(double sigmaVoxels) {
    double cos1 = Math.cos(W1 / sigmaVoxels);
    double cos2 = Math.cos(W2 / sigmaVoxels);
    double exp1 = Math.exp(L1 / sigmaVoxels);
    double exp2 = Math.exp(L2 / sigmaVoxels);
    d4 = exp1 * exp1 * exp2 * exp2;
    d3 = -2 * cos1 * exp1 * exp2 * exp2;
    d3 += -2 * cos2 * exp2 * exp1 * exp1;
    d2 = 4 * cos2 * cos1 * exp1 * exp2;
    d2 += exp1 * exp1 + exp2 * exp2;
    d1 = -2 * (exp2 * cos2 + exp1 * cos1);
    sd = 1.0 + d1 + d2 + d3 + d4;
  }

  /** Smoothing along an axis of a spacing. */
  static RecursiveGaussian smoothing(double sigmaMm, double spacingMm) {
    RecursiveGaussian filter = new RecursiveGaussian(sigmaMm / spacingMm);
    Sums sums = sums(sigmaMm / spacingMm, SMOOTHING);
    double gain = 2 * sums.s() / filter.sd - sums.n()[0];
    filter.finish(sums.n(), 1 / gain);
    return filter;
  }

  /** Second derivative along an axis of a spacing, times the square of sigma in mm. */
  static RecursiveGaussian secondDerivative(double sigmaMm, double spacingMm) {
    RecursiveGaussian filter = new RecursiveGaussian(sigmaMm / spacingMm);
    double sd = filter.sd;
    Sums zero = sums(sigmaMm / spacingMm, SMOOTHING);
    Sums two = sums(sigmaMm / spacingMm, SECOND_DERIVATIVE);
    double beta = -(2 * two.s() - sd * two.n()[0]) / (2 * zero.s() - sd * zero.n()[0]);
    double[] n = new double[4];
    for (int i = 0; i < 4; i++) {
      n[i] = two.n()[i] + beta * zero.n()[i];
    }
    double sn = two.s() + beta * zero.s();
    double dn = two.d() + beta * zero.d();
    double en = two.e() + beta * zero.e();
    double dd = filter.d1 + 2 * filter.d2 + 3 * filter.d3 + 4 * filter.d4;
    double ed = filter.d1 + 4 * filter.d2 + 9 * filter.d3 + 16 * filter.d4;
    double gain = en * sd * sd - ed * sn * sd - 2 * dn * dd * sd + 2 * dd * dd * sn;
    gain /= sd * sd * sd;
    filter.finish(n, sigmaMm * sigmaMm / gain);
    return filter;
  }

  private static Sums sums(double sigmaVoxels, double[] amplitudes) {
    double a1 = amplitudes[0];
    double b1 = amplitudes[1];
    double a2 = amplitudes[2];
    double b2 = amplitudes[3];
    double sin1 = Math.sin(W1 / sigmaVoxels);
    double sin2 = Math.sin(W2 / sigmaVoxels);
    double cos1 = Math.cos(W1 / sigmaVoxels);
    double cos2 = Math.cos(W2 / sigmaVoxels);
    double exp1 = Math.exp(L1 / sigmaVoxels);
    double exp2 = Math.exp(L2 / sigmaVoxels);
    double[] n = new double[4];
    n[0] = a1 + a2;
    n[1] = exp2 * (b2 * sin2 - (a2 + 2 * a1) * cos2);
    n[1] += exp1 * (b1 * sin1 - (a1 + 2 * a2) * cos1);
    n[2] = (a1 + a2) * cos2 * cos1;
    n[2] -= b1 * cos2 * sin1 + b2 * cos1 * sin2;
    n[2] *= 2 * exp1 * exp2;
    n[2] += a2 * exp1 * exp1 + a1 * exp2 * exp2;
    n[3] = exp2 * exp1 * exp1 * (b2 * sin2 - a2 * cos2);
    n[3] += exp1 * exp2 * exp2 * (b1 * sin1 - a1 * cos1);
    return new Sums(
        n, n[0] + n[1] + n[2] + n[3], n[1] + 2 * n[2] + 3 * n[3], n[1] + 4 * n[2] + 9 * n[3]);
  }

  private void finish(double[] n, double factor) {
    n0 = n[0] * factor;
    n1 = n[1] * factor;
    n2 = n[2] * factor;
    n3 = n[3] * factor;
    m1 = n1 - d1 * n0;
    m2 = n2 - d2 * n0;
    m3 = n3 - d3 * n0;
    m4 = -d4 * n0;
  }

  /**
   * Filters lines side by side.
   *
   * @param data entry i of line w at {@code [i][w]}
   * @param out results in the same order
   * @param scratch as large as data
   * @param length entries of each line, at least {@link #SHORTEST_LINE}
   * @param lines lines side by side
   */
  void apply(double[][] data, double[][] out, double[][] scratch, int length, int lines) {
    causal(data, out, length, lines);
    antiCausal(data, scratch, length, lines);
    for (int i = 0; i < length; i++) {
      add(scratch[i], out[i], lines);
    }
  }

  private static void add(double[] from, double[] to, int lines) {
    for (int w = 0; w < lines; w++) {
      to[w] += from[w];
    }
  }

  private void causal(double[][] x, double[][] y, int length, int lines) {
    double sum = n0 + n1 + n2 + n3;
    double b1 = d1 * sum / sd;
    double b2 = d2 * sum / sd;
    double b3 = d3 * sum / sd;
    double b4 = d4 * sum / sd;
    for (int i = 0; i < SHORTEST_LINE; i++) {
      for (int w = 0; w < lines; w++) {
        double in = x[i][w] * n0;
        in += x[Math.max(0, i - 1)][w] * n1;
        in += x[Math.max(0, i - 2)][w] * n2;
        in += x[Math.max(0, i - 3)][w] * n3;
        double edge = x[0][w];
        double back = i > 0 ? y[i - 1][w] * d1 : edge * b1;
        back += i > 1 ? y[i - 2][w] * d2 : edge * b2;
        back += i > 2 ? y[i - 3][w] * d3 : edge * b3;
        back += edge * b4;
        y[i][w] = in - back;
      }
    }
    for (int i = SHORTEST_LINE; i < length; i++) {
      sum(x[i], x[i - 1], x[i - 2], x[i - 3], n0, n1, n2, n3, y[i], lines);
      subtract(y[i - 1], y[i - 2], y[i - 3], y[i - 4], y[i], lines);
    }
  }

  private void antiCausal(double[][] x, double[][] y, int length, int lines) {
    double sum = m1 + m2 + m3 + m4;
    double b1 = d1 * sum / sd;
    double b2 = d2 * sum / sd;
    double b3 = d3 * sum / sd;
    double b4 = d4 * sum / sd;
    int last = length - 1;
    for (int k = 0; k < SHORTEST_LINE; k++) {
      int i = last - k;
      for (int w = 0; w < lines; w++) {
        double in = x[Math.min(last, i + 1)][w] * m1;
        in += x[Math.min(last, i + 2)][w] * m2;
        in += x[Math.min(last, i + 3)][w] * m3;
        in += x[Math.min(last, i + 4)][w] * m4;
        double edge = x[last][w];
        double back = k > 0 ? y[i + 1][w] * d1 : edge * b1;
        back += k > 1 ? y[i + 2][w] * d2 : edge * b2;
        back += k > 2 ? y[i + 3][w] * d3 : edge * b3;
        back += edge * b4;
        y[i][w] = in - back;
      }
    }
    for (int i = last - SHORTEST_LINE; i >= 0; i--) {
      sum(x[i + 1], x[i + 2], x[i + 3], x[i + 4], m1, m2, m3, m4, y[i], lines);
      subtract(y[i + 1], y[i + 2], y[i + 3], y[i + 4], y[i], lines);
    }
  }

  private static void sum(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double ofA,
      double ofB,
      double ofC,
      double ofD,
      double[] to,
      int lines) {
    for (int w = 0; w < lines; w++) {
      to[w] = a[w] * ofA + b[w] * ofB + c[w] * ofC + d[w] * ofD;
    }
  }

  private void subtract(double[] a, double[] b, double[] c, double[] d, double[] from, int lines) {
    double ofA = d1;
    double ofB = d2;
    double ofC = d3;
    double ofD = d4;
    for (int w = 0; w < lines; w++) {
      from[w] -= a[w] * ofA + b[w] * ofB + c[w] * ofC + d[w] * ofD;
    }
  }
}
