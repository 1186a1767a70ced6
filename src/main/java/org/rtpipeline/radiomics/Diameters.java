package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Greatest distances between vertices of the surface mesh: in space, and within planes of equal z
 * (slice), equal y (column) and equal x (row).
 *
 * <p>The vertices are the middles between an inside voxel and an outside face neighbour. Only
 * corners of convex hulls can be ends of a diameter, and a corner of a hull in space is a corner of
 * the hull of each plane that it lies in; what is left is compared pair by pair.
 *
 * @param spaceMm greatest distance in space
 * @param sliceMm greatest distance within a plane of equal z
 * @param columnMm greatest distance within a plane of equal y
 * @param rowMm greatest distance within a plane of equal x
 */
record Diameters(double spaceMm, double sliceMm, double columnMm, double rowMm) {

  /** A vertex in half voxels. */
  private record Vertex(int x, int y, int z) {
    int along(int axis) {
      return axis == 0 ? x : axis == 1 ? y : z;
    }
  }

  /** For each line of vertices along an axis, in planes across another axis, the first and last. */
  private static final class Lines {
    private final int planes;
    private final int lines;
    private final int[] first;
    private final int[] last;

    Lines(int planes, int lines) {
      this.planes = planes;
      this.lines = lines;
      first = new int[planes * lines];
      last = new int[planes * lines];
      Arrays.fill(first, Integer.MAX_VALUE);
      Arrays.fill(last, Integer.MIN_VALUE);
    }

    void add(int plane, int line, int position) {
      int at = plane * lines + line;
      first[at] = Math.min(first[at], position);
      last[at] = Math.max(last[at], position);
    }
  }

  /**
   * The diameters of a mask.
   *
   * @param mask of the box, not 0 inside; what lies outside the box counts as outside
   * @param size of the box, with spacing
   */
  static Diameters of(byte[] mask, GridSize size) {
    Lines[] lines = lines(mask, size);
    Lines slices = lines[0];
    Lines columns = lines[1];
    Lines rows = lines[2];
    int wz = 2 * size.nz() + 1;
    List<List<Vertex>> sliceHulls = sliceHulls(slices);
    List<List<Vertex>> columnHulls = new ArrayList<>();
    List<List<Vertex>> rowHulls = new ArrayList<>();
    for (int p = 0; p < columns.planes; p++) {
      List<Vertex> ends = new ArrayList<>();
      for (int l = 0; l < wz; l++) {
        int at = p * wz + l;
        if (columns.last[at] >= columns.first[at]) {
          ends.add(new Vertex(columns.first[at], p, l));
          ends.add(new Vertex(columns.last[at], p, l));
        }
      }
      columnHulls.add(hull(ends, 0, 2));
    }
    for (int p = 0; p < rows.planes; p++) {
      List<Vertex> ends = new ArrayList<>();
      for (int l = 0; l < wz; l++) {
        int at = p * wz + l;
        if (rows.last[at] >= rows.first[at]) {
          ends.add(new Vertex(p, rows.first[at], l));
          ends.add(new Vertex(p, rows.last[at], l));
        }
      }
      rowHulls.add(hull(ends, 1, 2));
    }
    return new Diameters(
        Math.sqrt(greatest(outermost(sliceHulls), size)),
        Math.sqrt(inPlanes(sliceHulls, size)),
        Math.sqrt(inPlanes(columnHulls, size)),
        Math.sqrt(inPlanes(rowHulls, size)));
  }

  /**
   * Vertices of the mesh among which are all corners of its convex hull, in half voxels: x, y and z
   * of each.
   */
  static List<int[]> hullCandidates(byte[] mask, GridSize size) {
    return outermost(sliceHulls(lines(mask, size)[0])).stream()
        .map(p -> new int[] {p.x(), p.y(), p.z()})
        .toList();
  }

  /** Ends of the lines of vertices in planes of equal z, equal y and equal x. */
  private static Lines[] lines(byte[] mask, GridSize size) {
    int wx = 2 * size.nx() + 1;
    int wy = 2 * size.ny() + 1;
    int wz = 2 * size.nz() + 1;
    Lines slices = new Lines(wz, wy);
    Lines columns = new Lines(wy, wz);
    Lines rows = new Lines(wx, wz);
    for (int z = 0; z < size.nz(); z++) {
      for (int y = 0; y < size.ny(); y++) {
        int at = size.index(0, y, z);
        for (int x = 0; x < size.nx(); x++, at++) {
          if (mask[at] == 0) {
            continue;
          }
          for (int side = 0; side < 6; side++) {
            int axis = side >> 1;
            int step = (side & 1) == 0 ? -1 : 1;
            if (isOutside(mask, size, x, y, z, axis, step)) {
              int vx = 2 * x + 1 + (axis == 0 ? step : 0);
              int vy = 2 * y + 1 + (axis == 1 ? step : 0);
              int vz = 2 * z + 1 + (axis == 2 ? step : 0);
              slices.add(vz, vy, vx);
              columns.add(vy, vz, vx);
              rows.add(vx, vz, vy);
            }
          }
        }
      }
    }
    return new Lines[] {slices, columns, rows};
  }

  private static List<List<Vertex>> sliceHulls(Lines slices) {
    List<List<Vertex>> hulls = new ArrayList<>();
    for (int p = 0; p < slices.planes; p++) {
      List<Vertex> ends = new ArrayList<>();
      for (int l = 0; l < slices.lines; l++) {
        int at = p * slices.lines + l;
        if (slices.last[at] >= slices.first[at]) {
          ends.add(new Vertex(slices.first[at], l, p));
          ends.add(new Vertex(slices.last[at], l, p));
        }
      }
      hulls.add(hull(ends, 0, 1));
    }
    return hulls;
  }

  private static boolean isOutside(
      byte[] mask, GridSize size, int x, int y, int z, int axis, int step) {
    int nx = x + (axis == 0 ? step : 0);
    int ny = y + (axis == 1 ? step : 0);
    int nz = z + (axis == 2 ? step : 0);
    return nx < 0
        || ny < 0
        || nz < 0
        || nx >= size.nx()
        || ny >= size.ny()
        || nz >= size.nz()
        || mask[size.index(nx, ny, nz)] == 0;
  }

  private static double inPlanes(List<List<Vertex>> hulls, GridSize size) {
    double best = 0;
    for (List<Vertex> hull : hulls) {
      best = Math.max(best, greatest(hull, size));
    }
    return best;
  }

  private static List<Vertex> outermost(List<List<Vertex>> sliceHulls) {
    List<Vertex> left = sliceHulls.stream().flatMap(List::stream).toList();
    left = keepHulls(left, 1, 0, 2);
    left = keepHulls(left, 0, 1, 2);
    return keepHulls(left, 2, 0, 1);
  }

  private static List<Vertex> keepHulls(List<Vertex> points, int plane, int u, int v) {
    List<Vertex> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingInt(p -> p.along(plane)));
    List<Vertex> kept = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || sorted.get(i).along(plane) != sorted.get(from).along(plane)) {
        kept.addAll(hull(sorted.subList(from, i), u, v));
        from = i;
      }
    }
    return kept;
  }

  /** Corners of the convex hull of points of one plane, in coordinates u and v (Andrew 1979). */
  private static List<Vertex> hull(List<Vertex> points, int u, int v) {
    List<Vertex> sorted =
        points.stream()
            .distinct()
            .sorted(
                Comparator.<Vertex>comparingInt(p -> p.along(u)).thenComparingInt(p -> p.along(v)))
            .toList();
    if (sorted.size() < 3) {
      return sorted;
    }
    List<Vertex> chain = new ArrayList<>();
    for (Vertex p : sorted) {
      push(chain, p, 0, u, v);
    }
    int lower = chain.size() - 1;
    for (int i = sorted.size() - 2; i >= 0; i--) {
      push(chain, sorted.get(i), lower, u, v);
    }
    chain.remove(chain.size() - 1);
    return chain;
  }

  private static void push(List<Vertex> chain, Vertex p, int keep, int u, int v) {
    while (chain.size() >= keep + 2
        && turn(chain.get(chain.size() - 2), chain.get(chain.size() - 1), p, u, v) <= 0) {
      chain.remove(chain.size() - 1);
    }
    chain.add(p);
  }

  private static long turn(Vertex a, Vertex b, Vertex c, int u, int v) {
    return (long) (b.along(u) - a.along(u)) * (c.along(v) - a.along(v))
        - (long) (b.along(v) - a.along(v)) * (c.along(u) - a.along(u));
  }

  /** Greatest squared distance, mm2, 0 for fewer than two points. */
  private static double greatest(List<Vertex> points, GridSize size) {
    int n = points.size();
    double[] x = new double[n];
    double[] y = new double[n];
    double[] z = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = points.get(i).x() * 0.5 * size.dxMm();
      y[i] = points.get(i).y() * 0.5 * size.dyMm();
      z[i] = points.get(i).z() * 0.5 * size.dzMm();
    }
    double best = 0;
    for (int i = 0; i < n; i++) {
      double xi = x[i];
      double yi = y[i];
      double zi = z[i];
      for (int j = i + 1; j < n; j++) {
        double dx = xi - x[j];
        double dy = yi - y[j];
        double dz = zi - z[j];
        best = Math.max(best, dx * dx + dy * dy + dz * dz);
      }
    }
    return best;
  }
}
