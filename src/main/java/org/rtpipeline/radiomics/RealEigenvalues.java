package org.rtpipeline.radiomics;

import java.util.Arrays;

/** Real parts of the eigenvalues of a general matrix by shifted QR steps (Francis 1961). */
final class RealEigenvalues {

  private static final int MOST_STEPS = 60;

  private final double[][] a;
  private final double[] found;

  private RealEigenvalues(double[][] matrix) {
    a = matrix;
    found = new double[matrix.length];
  }

  /**
   * The real parts, rising; overwrites the matrix.
   *
   * @throws IllegalStateException when an eigenvalue does not settle, as none with finite entries
   *     is known to
   */
  static double[] of(double[][] matrix) {
    RealEigenvalues work = new RealEigenvalues(matrix);
    work.reduce();
    work.iterate();
    Arrays.sort(work.found);
    return work.found;
  }

  /** To upper Hessenberg form by elimination, the largest entry of a column first. */
  private void reduce() {
    int n = a.length;
    for (int m = 1; m < n - 1; m++) {
      int pivot = m;
      for (int j = m; j < n; j++) {
        if (Math.abs(a[j][m - 1]) > Math.abs(a[pivot][m - 1])) {
          pivot = j;
        }
      }
      if (pivot != m) {
        double[] row = a[pivot];
        a[pivot] = a[m];
        a[m] = row;
        for (double[] each : a) {
          double kept = each[pivot];
          each[pivot] = each[m];
          each[m] = kept;
        }
      }
      double largest = a[m][m - 1];
      if (largest == 0) {
        continue;
      }
      for (int i = m + 1; i < n; i++) {
        double factor = a[i][m - 1] / largest;
        if (factor != 0) {
          for (int j = m - 1; j < n; j++) {
            a[i][j] -= factor * a[m][j];
          }
          for (int j = 0; j < n; j++) {
            a[j][m] += factor * a[j][i];
          }
        }
        a[i][m - 1] = 0;
      }
    }
  }

  private void iterate() {
    double norm = 0;
    for (double[] row : a) {
      for (double value : row) {
        norm += Math.abs(value);
      }
    }
    int end = a.length - 1;
    double shifted = 0;
    int steps = 0;
    while (end >= 0) {
      int start = start(end, norm);
      double x = a[end][end];
      if (start == end) {
        found[end] = x + shifted;
        end--;
        steps = 0;
      } else if (start == end - 1) {
        pair(end, shifted);
        end -= 2;
        steps = 0;
      } else {
        if (steps == MOST_STEPS) {
          throw new IllegalStateException("eigenvalues of a matrix of " + a.length + " rows");
        }
        double y = a[end - 1][end - 1];
        double w = a[end][end - 1] * a[end - 1][end];
        if (steps == 10 || steps == 20) {
          shifted += x;
          for (int i = 0; i <= end; i++) {
            a[i][i] -= x;
          }
          double size = Math.abs(a[end][end - 1]) + Math.abs(a[end - 1][end - 2]);
          x = 0.75 * size;
          y = x;
          w = -0.4375 * size * size;
        }
        steps++;
        sweep(start, end, x, y, w);
      }
    }
  }

  /** The first row of the block that ends at a row, below which nothing is coupled to it. */
  private int start(int end, double norm) {
    int start = end;
    while (start > 0) {
      double size = Math.abs(a[start - 1][start - 1]) + Math.abs(a[start][start]);
      size = size == 0 ? norm : size;
      if (Math.abs(a[start][start - 1]) + size == size) {
        a[start][start - 1] = 0;
        break;
      }
      start--;
    }
    return start;
  }

  private void pair(int end, double shifted) {
    double x = a[end][end];
    double half = 0.5 * (a[end - 1][end - 1] - x);
    double square = half * half + a[end][end - 1] * a[end - 1][end];
    if (square < 0) {
      found[end - 1] = x + half + shifted;
      found[end] = found[end - 1];
      return;
    }
    double z = half + Math.copySign(Math.sqrt(square), half);
    found[end - 1] = x + z + shifted;
    found[end] = z == 0 ? found[end - 1] : x - a[end][end - 1] * a[end - 1][end] / z + shifted;
  }

  /** One double step over a block. */
  private void sweep(int start, int end, double x, double y, double w) {
    double p = 0;
    double q = 0;
    double r = 0;
    int m = end - 2;
    for (; m >= start; m--) {
      double z = a[m][m];
      double fromX = x - z;
      double fromY = y - z;
      p = (fromX * fromY - w) / a[m + 1][m] + a[m][m + 1];
      q = a[m + 1][m + 1] - z - fromX - fromY;
      r = a[m + 2][m + 1];
      double scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
      p /= scale;
      q /= scale;
      r /= scale;
      if (m == start) {
        break;
      }
      double below = Math.abs(a[m][m - 1]) * (Math.abs(q) + Math.abs(r));
      double beside =
          Math.abs(p) * (Math.abs(a[m - 1][m - 1]) + Math.abs(z) + Math.abs(a[m + 1][m + 1]));
      if (below + beside == beside) {
        break;
      }
    }
    for (int i = m + 2; i <= end; i++) {
      a[i][i - 2] = 0;
      if (i > m + 2) {
        a[i][i - 3] = 0;
      }
    }
    for (int k = m; k < end; k++) {
      boolean isLast = k == end - 1;
      double scale = 1;
      if (k != m) {
        p = a[k][k - 1];
        q = a[k + 1][k - 1];
        r = isLast ? 0 : a[k + 2][k - 1];
        scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
        if (scale == 0) {
          continue;
        }
        p /= scale;
        q /= scale;
        r /= scale;
      }
      double s = Math.copySign(Math.sqrt(p * p + q * q + r * r), p);
      if (s == 0) {
        continue;
      }
      if (k != m) {
        a[k][k - 1] = -s * scale;
      } else if (start != m) {
        a[k][k - 1] = -a[k][k - 1];
      }
      p += s;
      turn(k, start, end, new double[] {p / s, q / s, r / s, q / p, r / p});
    }
  }

  /** One reflection of three rows and columns, of two at the end of the block. */
  private void turn(int k, int start, int end, double[] by) {
    boolean isLast = k == end - 1;
    for (int j = k; j <= end; j++) {
      double sum = a[k][j] + by[3] * a[k + 1][j];
      if (!isLast) {
        sum += by[4] * a[k + 2][j];
        a[k + 2][j] -= sum * by[2];
      }
      a[k + 1][j] -= sum * by[1];
      a[k][j] -= sum * by[0];
    }
    int rows = Math.min(end, k + 3);
    for (int i = start; i <= rows; i++) {
      double sum = by[0] * a[i][k] + by[1] * a[i][k + 1];
      if (!isLast) {
        sum += by[2] * a[i][k + 2];
        a[i][k + 2] -= sum * by[4];
      }
      a[i][k + 1] -= sum * by[3];
      a[i][k] -= sum;
    }
  }
}
