package org.rtpipeline.radiomics;

import java.util.Arrays;

/**
 * Volume and surface area of an ellipsoid with given half axes.
 *
 * @param a greatest half axis, mm
 * @param b middle half axis, mm
 * @param c least half axis, mm
 */
record Ellipsoid(double a, double b, double c) {

  /** Terms of the series of the area (IBSI 1, RDD2). */
  private static final int TERMS = 20;

  /** Relative excess over the optimum at which the search for the least ellipsoid ends. */
  private static final double OPTIMAL = 1e-6;

  private static final int MOST_STEPS = 20_000;

  /** The ellipsoid with the covariance of the voxels of a mask. */
  static Ellipsoid ofCovariance(double majorMm2, double minorMm2, double leastMm2) {
    return new Ellipsoid(2 * Math.sqrt(majorMm2), 2 * Math.sqrt(minorMm2), 2 * Math.sqrt(leastMm2));
  }

  double volumeMm3() {
    return 4 * Math.PI / 3 * a * b * c;
  }

  /**
   * Area by the series of the manual (IBSI 1, RDD2): 4πab Σ (αβ)^ν / (1 - 4ν²) P_ν((α² + β²) /
   * (2αβ)), with α² = 1 - b²/a² and β² = 1 - c²/a², to ν = 20. The consensus follows this series,
   * which is the area of a sphere but less than that of other ellipsoids (by a fifth for half axes
   * 2, 1, 1). Products with powers of αβ follow the recursion of the polynomials themselves, so
   * that spheres need no special case.
   */
  double areaMm2() {
    double alpha2 = 1 - b * b / (a * a);
    double beta2 = 1 - c * c / (a * a);
    double half = (alpha2 + beta2) / 2;
    double before = 1;
    double term = half;
    double sum = 1;
    for (int v = 1; v <= TERMS; v++) {
      sum += term / (1 - 4.0 * v * v);
      double next = ((2 * v + 1) * half * term - v * alpha2 * beta2 * before) / (v + 1);
      before = term;
      term = next;
    }
    return 4 * Math.PI * a * b * sum;
  }

  /**
   * The ellipsoid of least volume round points (Khachiyan 1996, with the away steps of Todd and
   * Yildirim 2007).
   *
   * @param points x, y and z of each, mm, not all in one plane
   */
  static Ellipsoid round(double[][] points) {
    int n = points.length;
    double[] weight = new double[n];
    Arrays.fill(weight, 1.0 / n);
    double[] distance = new double[n];
    for (int step = 0; step < MOST_STEPS; step++) {
      distances(points, weight, distance);
      int far = 0;
      int near = -1;
      for (int i = 0; i < n; i++) {
        far = distance[i] > distance[far] ? i : far;
        if (weight[i] > 0 && (near < 0 || distance[i] < distance[near])) {
          near = i;
        }
      }
      double over = distance[far] / 4 - 1;
      double under = 1 - distance[near] / 4;
      if (Math.max(over, under) < OPTIMAL) {
        break;
      }
      boolean towards = over >= under;
      double kappa = distance[towards ? far : near];
      double share =
          towards
              ? (kappa - 4) / (4 * (kappa - 1))
              : -Math.min((4 - kappa) / (4 * (kappa - 1)), weight[near] / (1 - weight[near]));
      for (int i = 0; i < n; i++) {
        weight[i] *= 1 - share;
      }
      int moved = towards ? far : near;
      weight[moved] = Math.max(0, weight[moved] + share);
    }
    distances(points, weight, distance);
    double most = Arrays.stream(distance).max().orElseThrow();
    double[] axes = PrincipalAxes.eigenvalues(covariance(points, weight));
    double scale = most - 1;
    return new Ellipsoid(
        Math.sqrt(scale * axes[2]), Math.sqrt(scale * axes[1]), Math.sqrt(scale * axes[0]));
  }

  /** For each point 1 + its squared Mahalanobis distance under the weights. */
  private static void distances(double[][] points, double[] weight, double[] out) {
    double[] mean = mean(points, weight);
    double[][] inverse = inverse(covariance(points, weight));
    for (int i = 0; i < out.length; i++) {
      double x = points[i][0] - mean[0];
      double y = points[i][1] - mean[1];
      double z = points[i][2] - mean[2];
      out[i] =
          1
              + inverse[0][0] * x * x
              + inverse[1][1] * y * y
              + inverse[2][2] * z * z
              + 2 * (inverse[0][1] * x * y + inverse[0][2] * x * z + inverse[1][2] * y * z);
    }
  }

  private static double[] mean(double[][] points, double[] weight) {
    double[] mean = new double[3];
    for (int i = 0; i < weight.length; i++) {
      for (int k = 0; k < 3; k++) {
        mean[k] += weight[i] * points[i][k];
      }
    }
    return mean;
  }

  private static double[][] covariance(double[][] points, double[] weight) {
    double[] mean = mean(points, weight);
    double[][] m = new double[3][3];
    for (int i = 0; i < weight.length; i++) {
      for (int k = 0; k < 3; k++) {
        for (int l = 0; l < 3; l++) {
          m[k][l] += weight[i] * (points[i][k] - mean[k]) * (points[i][l] - mean[l]);
        }
      }
    }
    return m;
  }

  private static double[][] inverse(double[][] m) {
    double[][] out = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        int r = (i + 1) % 3;
        int s = (i + 2) % 3;
        int t = (j + 1) % 3;
        int u = (j + 2) % 3;
        out[j][i] = m[r][t] * m[s][u] - m[r][u] * m[s][t];
      }
    }
    double determinant = m[0][0] * out[0][0] + m[0][1] * out[1][0] + m[0][2] * out[2][0];
    for (double[] row : out) {
      for (int k = 0; k < 3; k++) {
        row[k] /= determinant;
      }
    }
    return out;
  }
}
