package org.rtpipeline.radiomics;

/** Largest eigenvalue of a symmetric tridiagonal matrix and its vector. */
final class Tridiagonal {

  /** How far above the eigenvalue inverse iteration looks, relative. */
  private static final double SHIFT = 1e-10;

  private static final int ROUNDS = 4;

  private Tridiagonal() {}

  /**
   * The largest eigenvalue of the leading part, by bisection on the Sturm count.
   *
   * @param diagonal diagonal entries
   * @param beside entry k stands beside diagonal entries k and k + 1
   * @param n rows of the leading part, at least 1
   */
  static double maximum(double[] diagonal, double[] beside, int n) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double reach = (i > 0 ? Math.abs(beside[i - 1]) : 0) + (i < n - 1 ? Math.abs(beside[i]) : 0);
      low = Math.max(low, diagonal[i]);
      high = Math.max(high, diagonal[i] + reach);
    }
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return high;
      }
      if (allBelow(diagonal, beside, n, middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
  }

  /** True when every eigenvalue is below the bound: all pivots of T - bound are negative. */
  private static boolean allBelow(double[] diagonal, double[] beside, int n, double bound) {
    double pivot = diagonal[0] - bound;
    for (int i = 1; i < n && pivot < 0; i++) {
      pivot = diagonal[i] - bound - beside[i - 1] * beside[i - 1] / pivot;
    }
    return pivot < 0;
  }

  /**
   * Unit vector of the largest eigenvalue, by inverse iteration just above it, where every pivot is
   * negative.
   */
  static double[] vectorOfMaximum(double[] diagonal, double[] beside, int n, double maximum) {
    double shift = maximum + SHIFT * Math.max(Math.abs(maximum), 1e-3);
    double[] x = new double[n];
    java.util.Arrays.fill(x, 1 / Math.sqrt(n));
    double[] pivot = new double[n];
    for (int round = 0; round < ROUNDS; round++) {
      pivot[0] = diagonal[0] - shift;
      for (int i = 1; i < n; i++) {
        double factor = beside[i - 1] / pivot[i - 1];
        pivot[i] = diagonal[i] - shift - factor * beside[i - 1];
        x[i] -= factor * x[i - 1];
      }
      double squares = 0;
      for (int i = n - 1; i >= 0; i--) {
        double next = i == n - 1 ? 0 : beside[i] * x[i + 1];
        x[i] = (x[i] - next) / pivot[i];
        squares += x[i] * x[i];
      }
      for (int i = 0; i < n; i++) {
        x[i] /= Math.sqrt(squares);
      }
    }
    return x;
  }
}
