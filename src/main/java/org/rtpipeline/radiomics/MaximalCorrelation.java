package org.rtpipeline.radiomics;

/**
 * Maximal correlation coefficient of a co-occurrence matrix: the second largest singular value of
 * S, S_ij = p_ij / sqrt(px_i py_j), whose largest is 1 with the vectors sqrt(px) and sqrt(py).
 *
 * <p>Lanczos on S·Sᵀ with the known vector and all earlier ones projected out, so that the cost
 * goes with the occupied cells. Where weights make a cell so faint that the 2^-52 by which
 * PyRadiomics keeps from dividing by zero counts, all eigenvalues of its matrix are found instead.
 */
final class MaximalCorrelation {

  /** The search ends when the largest value changes by less than this from step to step. */
  private static final double TOLERANCE = 1e-14;

  /** A remainder shorter than this means that the space is exhausted. */
  private static final double EXHAUSTED = 1e-13;

  private static final int STEADY_STEPS = 4;

  /** Product of marginals beside which 2^-52 counts. */
  private static final double FAINT = 1e-13;

  /** Up to this many levels, all eigenvalues are found for faint cells. */
  private static final int MOST_LEVELS = 256;

  private MaximalCorrelation() {}

  static double of(Cells cells, double[] px, double[] py, double total) {
    int n = 0;
    for (double p : px) {
      n += p > 0 ? 1 : 0;
    }
    if (px.length <= 2) {
      return 1;
    }
    if (n < 2) {
      return 0;
    }
    if (n <= MOST_LEVELS && isFaint(cells, px, py)) {
      double[] all = RealEigenvalues.of(matrix(cells, px, py, total));
      return Math.sqrt(Math.max(0, Math.min(1, all[all.length - 2])));
    }
    double[] scaled = new double[cells.size()];
    for (int c = 0; c < scaled.length; c++) {
      scaled[c] = cells.count(c) / total / Math.sqrt(px[cells.row(c)] * py[cells.column(c)]);
    }
    double[] top = new double[px.length];
    for (int i = 0; i < top.length; i++) {
      top[i] = Math.sqrt(px[i]);
    }
    double[] vector = secondVector(cells, scaled, top, n);
    return Math.sqrt(Math.max(0, Math.min(1, quotient(cells, px, py, total, vector))));
  }

  private static boolean isFaint(Cells cells, double[] px, double[] py) {
    for (int c = 0; c < cells.size(); c++) {
      if (px[cells.row(c)] * py[cells.column(c)] < FAINT) {
        return true;
      }
    }
    return false;
  }

  /** Q_ij = Σ p_ik p_jk / (px_i py_k + e) over the levels that are there. */
  private static double[][] matrix(Cells cells, double[] px, double[] py, double total) {
    int[] at = new int[px.length];
    int n = 0;
    for (int i = 0; i < px.length; i++) {
      at[i] = px[i] > 0 ? n++ : -1;
    }
    double[][] byColumn = new double[py.length][n];
    for (int c = 0; c < cells.size(); c++) {
      byColumn[cells.column(c)][at[cells.row(c)]] = cells.count(c) / total;
    }
    double[][] q = new double[n][n];
    for (int k = 0; k < py.length; k++) {
      double[] column = byColumn[k];
      for (int i = 0; i < px.length; i++) {
        if (at[i] >= 0 && column[at[i]] != 0) {
          double scale = column[at[i]] / (px[i] * py[k] + Entropy.EPSILON);
          for (int j = 0; j < n; j++) {
            q[at[i]][j] += scale * column[j];
          }
        }
      }
    }
    return q;
  }

  /** Unit vector of the second largest eigenvalue of S·Sᵀ. */
  private static double[] secondVector(Cells cells, double[] scaled, double[] top, int n) {
    int steps = n - 1;
    double[][] basis = new double[steps + 1][];
    double[] diagonal = new double[steps];
    double[] beside = new double[steps];
    basis[0] = start(top);
    double largest = 0;
    int steady = 0;
    int used = 0;
    for (int k = 0; k < steps; k++) {
      double[] next = multiply(cells, scaled, basis[k]);
      diagonal[k] = dot(next, basis[k]);
      used = k + 1;
      removeAll(next, top, basis, k);
      removeAll(next, top, basis, k);
      double value = Tridiagonal.maximum(diagonal, beside, k + 1);
      steady = Math.abs(value - largest) <= TOLERANCE * Math.max(1e-3, value) ? steady + 1 : 0;
      largest = value;
      double length = Math.sqrt(dot(next, next));
      if (length < EXHAUSTED || steady >= STEADY_STEPS || k + 1 == steps) {
        break;
      }
      beside[k] = length;
      scale(next, 1 / length);
      basis[k + 1] = next;
    }
    double[] mix = Tridiagonal.vectorOfMaximum(diagonal, beside, used, largest);
    double[] vector = new double[top.length];
    for (int k = 0; k < used; k++) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] += mix[k] * basis[k][i];
      }
    }
    return vector;
  }

  /** Σ l_i p_ik y_k / (px_i py_k + e) with l = w·sqrt(px), y = Pᵀ(w / sqrt(px)). */
  private static double quotient(Cells cells, double[] px, double[] py, double total, double[] w) {
    double[] y = new double[w.length];
    for (int c = 0; c < cells.size(); c++) {
      int i = cells.row(c);
      y[cells.column(c)] += cells.count(c) / total * w[i] / Math.sqrt(px[i]);
    }
    double sum = 0;
    for (int c = 0; c < cells.size(); c++) {
      int i = cells.row(c);
      int k = cells.column(c);
      double p = cells.count(c) / total;
      sum += w[i] * Math.sqrt(px[i]) * p * y[k] / (px[i] * py[k] + Entropy.EPSILON);
    }
    return sum;
  }

  /** A fixed, uneven vector on the occupied ranks, at right angles to the top one. */
  private static double[] start(double[] top) {
    double[] v = new double[top.length];
    long state = 88172645463325252L;
    for (int i = 0; i < v.length; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      v[i] = top[i] > 0 ? 0.5 + (state >>> 11) * 0x1p-53 - i % 2 : 0;
    }
    remove(v, top);
    remove(v, top);
    scale(v, 1 / Math.sqrt(dot(v, v)));
    return v;
  }

  private static double[] multiply(Cells cells, double[] scaled, double[] v) {
    double[] half = new double[v.length];
    double[] out = new double[v.length];
    for (int c = 0; c < scaled.length; c++) {
      half[cells.column(c)] += scaled[c] * v[cells.row(c)];
    }
    for (int c = 0; c < scaled.length; c++) {
      out[cells.row(c)] += scaled[c] * half[cells.column(c)];
    }
    return out;
  }

  private static void removeAll(double[] v, double[] top, double[][] basis, int last) {
    remove(v, top);
    for (int k = 0; k <= last; k++) {
      remove(v, basis[k]);
    }
  }

  private static void remove(double[] v, double[] unit) {
    double share = dot(v, unit);
    for (int i = 0; i < v.length; i++) {
      v[i] -= share * unit[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void scale(double[] v, double factor) {
    for (int i = 0; i < v.length; i++) {
      v[i] *= factor;
    }
  }
}
