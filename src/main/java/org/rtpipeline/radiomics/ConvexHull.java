package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Convex hull of points with whole-number coordinates: points are added one by one, and the facets
 * that a point sees are replaced by the fan from their horizon. Which side of a facet a point lies
 * on is exact.
 */
final class ConvexHull {

  private static final int SHIFT = 32;

  private final List<int[]> points;
  private final double[] scale;
  private List<int[]> facets = new ArrayList<>();

  private ConvexHull(List<int[]> points, double[] scale) {
    this.points = points;
    this.scale = scale;
  }

  /**
   * Hull of points that do not all lie in one plane.
   *
   * @param points x, y and z of each
   * @param scale mm of one step along x, y and z
   */
  static ConvexHull of(List<int[]> points, double[] scale) {
    ConvexHull hull = new ConvexHull(points, scale);
    int[] start = hull.simplex();
    hull.add(start[0], start[1], start[2], start[3]);
    hull.add(start[0], start[1], start[3], start[2]);
    hull.add(start[0], start[2], start[3], start[1]);
    hull.add(start[1], start[2], start[3], start[0]);
    for (int p = 0; p < points.size(); p++) {
      hull.include(p);
    }
    return hull;
  }

  /** Four points that span space. */
  private int[] simplex() {
    int b = 1;
    int c = 2;
    while (c < points.size() && isOnLine(0, b, c)) {
      c++;
    }
    int d = 0;
    while (d < points.size() && (c >= points.size() || side(0, b, c, d) == 0)) {
      d++;
    }
    if (d >= points.size()) {
      throw new IllegalArgumentException("points of a hull must span space");
    }
    return new int[] {0, b, c, d};
  }

  private boolean isOnLine(int a, int b, int c) {
    long[] n = normal(a, b, c);
    return n[0] == 0 && n[1] == 0 && n[2] == 0;
  }

  /** Adds the facet of three points, turned so that a fourth is behind it. */
  private void add(int a, int b, int c, int behind) {
    facets.add(side(a, b, c, behind) < 0 ? new int[] {a, b, c} : new int[] {a, c, b});
  }

  private void include(int p) {
    List<int[]> kept = new ArrayList<>();
    List<int[]> seen = new ArrayList<>();
    for (int[] facet : facets) {
      (side(facet[0], facet[1], facet[2], p) > 0 ? seen : kept).add(facet);
    }
    if (seen.isEmpty()) {
      return;
    }
    Set<Long> edges = new HashSet<>();
    for (int[] f : seen) {
      for (int e = 0; e < 3; e++) {
        edges.add(edge(f[e], f[(e + 1) % 3]));
      }
    }
    for (int[] f : seen) {
      for (int e = 0; e < 3; e++) {
        if (!edges.contains(edge(f[(e + 1) % 3], f[e]))) {
          kept.add(new int[] {f[e], f[(e + 1) % 3], p});
        }
      }
    }
    facets = kept;
  }

  private static long edge(int from, int to) {
    return ((long) from << SHIFT) | to;
  }

  private long[] normal(int a, int b, int c) {
    int[] p = points.get(a);
    int[] q = points.get(b);
    int[] r = points.get(c);
    long ux = (long) q[0] - p[0];
    long uy = (long) q[1] - p[1];
    long uz = (long) q[2] - p[2];
    long vx = (long) r[0] - p[0];
    long vy = (long) r[1] - p[1];
    long vz = (long) r[2] - p[2];
    return new long[] {uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx};
  }

  /** Positive when a point lies in front of the plane through three others, 0 when in it. */
  private long side(int a, int b, int c, int point) {
    long[] n = normal(a, b, c);
    int[] p = points.get(a);
    int[] q = points.get(point);
    return n[0] * (q[0] - p[0]) + n[1] * (q[1] - p[1]) + n[2] * (q[2] - p[2]);
  }

  /** Corners, mm: x, y and z of each. */
  double[][] corners() {
    return facets.stream()
        .flatMapToInt(Arrays::stream)
        .sorted()
        .distinct()
        .mapToObj(this::mm)
        .toArray(double[][]::new);
  }

  private double[] mm(int point) {
    int[] p = points.get(point);
    return new double[] {p[0] * scale[0], p[1] * scale[1], p[2] * scale[2]};
  }

  /** Outward unit normals of the facets, each direction once. */
  List<double[]> normals() {
    Set<List<Long>> seen = new HashSet<>();
    List<double[]> out = new ArrayList<>();
    for (int[] f : facets) {
      long[] n = normal(f[0], f[1], f[2]);
      long divisor = divisor(divisor(Math.abs(n[0]), Math.abs(n[1])), Math.abs(n[2]));
      if (seen.add(List.of(n[0] / divisor, n[1] / divisor, n[2] / divisor))) {
        double x = n[0] / scale[0];
        double y = n[1] / scale[1];
        double z = n[2] / scale[2];
        double length = Math.sqrt(x * x + y * y + z * z);
        out.add(new double[] {x / length, y / length, z / length});
      }
    }
    return out;
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /** Area of the surface, mm2. */
  double areaMm2() {
    double area = 0;
    for (int[] f : facets) {
      long[] n = normal(f[0], f[1], f[2]);
      double x = n[0] * scale[1] * scale[2];
      double y = n[1] * scale[2] * scale[0];
      double z = n[2] * scale[0] * scale[1];
      area += Math.sqrt(x * x + y * y + z * z) / 2;
    }
    return area;
  }

  /** Volume inside, mm3. */
  double volumeMm3() {
    int[] o = points.get(facets.get(0)[0]);
    double six = 0;
    for (int[] f : facets) {
      long[] n = normal(f[0], f[1], f[2]);
      int[] p = points.get(f[0]);
      six += n[0] * (p[0] - o[0]) + n[1] * (p[1] - o[1]) + n[2] * (p[2] - o[2]);
    }
    return six * scale[0] * scale[1] * scale[2] / 6;
  }
}
