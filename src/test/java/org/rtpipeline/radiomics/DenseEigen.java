package org.rtpipeline.radiomics;

import java.util.Arrays;

/** Absolute eigenvalues of a symmetric matrix by Jacobi rotations, rising. */
final class DenseEigen {

  private DenseEigen() {}

  static double[] magnitudes(double[][] a) {
    int n = a.length;
    for (int sweep = 0; sweep < 100; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (Math.abs(a[p][q]) > 1e-18) {
            double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            for (int k = 0; k < n; k++) {
              double x = a[k][p];
              double y = a[k][q];
              a[k][p] = c * x - s * y;
              a[k][q] = s * x + c * y;
            }
            for (int k = 0; k < n; k++) {
              double x = a[p][k];
              double y = a[q][k];
              a[p][k] = c * x - s * y;
              a[q][k] = s * x + c * y;
            }
          }
        }
      }
    }
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = Math.abs(a[i][i]);
    }
    Arrays.sort(out);
    return out;
  }
}
