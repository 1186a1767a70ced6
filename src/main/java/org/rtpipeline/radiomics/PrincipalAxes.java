package org.rtpipeline.radiomics;

/**
 * Eigenvalues of the covariance of the voxel centres of a mask.
 *
 * @param leastMm2 smallest, by the number of voxels
 * @param minorMm2 middle
 * @param majorMm2 largest
 * @param voxels voxels of the mask
 */
record PrincipalAxes(double leastMm2, double minorMm2, double majorMm2, int voxels) {

  private static final int SWEEPS = 60;

  /** Off-diagonal entries below this share of the trace count as 0. */
  private static final double CONVERGED = 1e-17;

  /**
   * The axes of a mask with at least one voxel.
   *
   * @param mask of the box, not 0 inside
   * @param size of the box, with spacing
   */
  static PrincipalAxes of(byte[] mask, GridSize size) {
    int cx = size.nx() / 2;
    int cy = size.ny() / 2;
    int cz = size.nz() / 2;
    double n = 0;
    double[] s = new double[3];
    double[][] m = new double[3][3];
    int at = 0;
    for (int z = -cz; z < size.nz() - cz; z++) {
      for (int y = -cy; y < size.ny() - cy; y++) {
        long count = 0;
        long sumX = 0;
        long sumXx = 0;
        for (int x = -cx; x < size.nx() - cx; x++) {
          if (mask[at++] != 0) {
            count++;
            sumX += x;
            sumXx += (long) x * x;
          }
        }
        n += count;
        s[0] += sumX;
        s[1] += (double) count * y;
        s[2] += (double) count * z;
        m[0][0] += sumXx;
        m[0][1] += (double) sumX * y;
        m[0][2] += (double) sumX * z;
        m[1][1] += (double) count * y * y;
        m[1][2] += (double) count * y * z;
        m[2][2] += (double) count * z * z;
      }
    }
    for (int i = 0; i < 3; i++) {
      for (int j = i; j < 3; j++) {
        m[i][j] = (m[i][j] / n - s[i] / n * (s[j] / n)) * size.spacingMm(i) * size.spacingMm(j);
        m[j][i] = m[i][j];
      }
    }
    double[] values = eigenvalues(m);
    return new PrincipalAxes(values[0], values[1], values[2], (int) n);
  }

  /** Eigenvalues of a symmetric matrix by Jacobi rotations, rising; rounding below 0 becomes 0. */
  static double[] eigenvalues(double[][] m) {
    double trace = Math.abs(m[0][0]) + Math.abs(m[1][1]) + Math.abs(m[2][2]);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double off = Math.abs(m[0][1]) + Math.abs(m[0][2]) + Math.abs(m[1][2]);
      if (off <= CONVERGED * trace) {
        break;
      }
      rotate(m, 0, 1);
      rotate(m, 0, 2);
      rotate(m, 1, 2);
    }
    double[] values = {Math.max(0, m[0][0]), Math.max(0, m[1][1]), Math.max(0, m[2][2])};
    java.util.Arrays.sort(values);
    return values;
  }

  private static void rotate(double[][] m, int p, int q) {
    if (m[p][q] == 0) {
      return;
    }
    double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
    double t = Math.copySign(1 / (Math.abs(theta) + Math.sqrt(theta * theta + 1)), theta);
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    double pp = m[p][p] - t * m[p][q];
    double qq = m[q][q] + t * m[p][q];
    int r = 3 - p - q;
    double rp = c * m[r][p] - s * m[r][q];
    double rq = s * m[r][p] + c * m[r][q];
    m[p][p] = pp;
    m[q][q] = qq;
    m[p][q] = 0;
    m[q][p] = 0;
    m[r][p] = rp;
    m[p][r] = rp;
    m[r][q] = rq;
    m[q][r] = rq;
  }

  /** Four times the root of an eigenvalue: the axis of an ellipsoid of equal covariance, mm. */
  static double lengthMm(double eigenvalueMm2) {
    return 4 * Math.sqrt(eigenvalueMm2);
  }
}
