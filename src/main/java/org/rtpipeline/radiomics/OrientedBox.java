package org.rtpipeline.radiomics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Least box round a convex hull among those with a side in a facet of the hull: for each facet, the
 * rectangle of least area round the projection of the corners. The least of all boxes may be
 * slightly smaller, as it need touch edges only (O'Rourke 1985); the IBSI has no consensus on it.
 *
 * @param volumeMm3 volume of the box
 * @param areaMm2 surface area of the box
 */
record OrientedBox(double volumeMm3, double areaMm2) {

  static OrientedBox of(ConvexHull hull) {
    double[][] corners = hull.corners();
    OrientedBox best = new OrientedBox(Double.POSITIVE_INFINITY, Double.NaN);
    for (double[] normal : hull.normals()) {
      OrientedBox box = along(corners, normal);
      best = box.volumeMm3 < best.volumeMm3 ? box : best;
    }
    return best;
  }

  private static OrientedBox along(double[][] corners, double[] normal) {
    double[] u = across(normal);
    double[] v = cross(normal, u);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double[][] flat = new double[corners.length][];
    for (int i = 0; i < corners.length; i++) {
      double height = dot(corners[i], normal);
      low = Math.min(low, height);
      high = Math.max(high, height);
      flat[i] = new double[] {dot(corners[i], u), dot(corners[i], v)};
    }
    double h = high - low;
    double[] sides = rectangle(outline(flat));
    double a = sides[0];
    double b = sides[1];
    return new OrientedBox(a * b * h, 2 * (a * b + b * h + h * a));
  }

  private static double[] across(double[] n) {
    double[] axis = Math.abs(n[0]) < 0.6 ? new double[] {1, 0, 0} : new double[] {0, 1, 0};
    double[] out = cross(n, axis);
    double length = Math.sqrt(dot(out, out));
    return new double[] {out[0] / length, out[1] / length, out[2] / length};
  }

  /** Corners of the convex outline of points in a plane (Andrew 1979). */
  private static double[][] outline(double[][] points) {
    double[][] sorted = points.clone();
    Arrays.sort(
        sorted, Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
    int n = sorted.length;
    double[][] chain = new double[2 * n][];
    int k = 0;
    for (int i = 0; i < n; i++) {
      while (k >= 2 && turn(chain[k - 2], chain[k - 1], sorted[i]) <= 0) {
        k--;
      }
      chain[k++] = sorted[i];
    }
    int lower = k + 1;
    for (int i = n - 2; i >= 0; i--) {
      while (k >= lower && turn(chain[k - 2], chain[k - 1], sorted[i]) <= 0) {
        k--;
      }
      chain[k++] = sorted[i];
    }
    return Arrays.copyOf(chain, k - 1);
  }

  private static double turn(double[] a, double[] b, double[] c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  }

  /** Sides of the rectangle of least area round an outline; one lies along an edge of it. */
  private static double[] rectangle(double[][] outline) {
    double[] best = {Double.POSITIVE_INFINITY, 1};
    for (int i = 0; i < outline.length; i++) {
      double[] from = outline[i];
      double[] to = outline[(i + 1) % outline.length];
      double length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      double ux = (to[0] - from[0]) / length;
      double uy = (to[1] - from[1]) / length;
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      double height = 0;
      for (double[] p : outline) {
        double along = p[0] * ux + p[1] * uy;
        least = Math.min(least, along);
        most = Math.max(most, along);
        height = Math.max(height, Math.abs((p[1] - from[1]) * ux - (p[0] - from[0]) * uy));
      }
      if (height * (most - least) < best[0] * best[1]) {
        best = new double[] {most - least, height};
      }
    }
    return best;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }
}
