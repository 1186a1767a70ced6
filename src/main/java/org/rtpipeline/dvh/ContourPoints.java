package org.rtpipeline.dvh;

import java.util.Arrays;

/** Cleans the points of a contour. */
final class ContourPoints {

  private ContourPoints() {}

  /** Points without those that are not finite and those that repeat their predecessor. */
  static double[] clean(double[] pointsMm) {
    double[] kept = new double[pointsMm.length];
    int count = 0;
    for (int p = 0; p < pointsMm.length; p += 3) {
      double x = pointsMm[p];
      double y = pointsMm[p + 1];
      double z = pointsMm[p + 2];
      boolean finite = Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z);
      boolean repeats =
          count > 0 && kept[count - 3] == x && kept[count - 2] == y && kept[count - 1] == z;
      if (finite && !repeats) {
        kept[count++] = x;
        kept[count++] = y;
        kept[count++] = z;
      }
    }
    while (count > 3
        && kept[0] == kept[count - 3]
        && kept[1] == kept[count - 2]
        && kept[2] == kept[count - 1]) {
      count -= 3;
    }
    return Arrays.copyOf(kept, count);
  }

  /** True when the points do not all lie on one line. */
  static boolean hasExtent(double[] pointsMm) {
    for (int a = 3; a + 3 < pointsMm.length; a += 3) {
      double ux = pointsMm[a] - pointsMm[0];
      double uy = pointsMm[a + 1] - pointsMm[1];
      double uz = pointsMm[a + 2] - pointsMm[2];
      double vx = pointsMm[a + 3] - pointsMm[0];
      double vy = pointsMm[a + 4] - pointsMm[1];
      double vz = pointsMm[a + 5] - pointsMm[2];
      double cx = uy * vz - uz * vy;
      double cy = uz * vx - ux * vz;
      double cz = ux * vy - uy * vx;
      if (cx * cx + cy * cy + cz * cz > 1e-12) {
        return true;
      }
    }
    return false;
  }
}
