package org.rtpipeline.dvh;

import java.util.Arrays;
import org.rtpipeline.geometry.EvenOddRegion;

/**
 * The boundary of a region cut at the lines of a dose lattice, and the lattice points inside: where
 * a bilinear dose can have its extremes.
 */
final class BoundaryCuts {

  private static final int NUMBERS = 4;

  private final int firstI;
  private final int firstJ;
  private final int cellsU;
  private final int cellsV;
  private double[] local = new double[256];
  private int[] corner = new int[64];
  private int count;
  private final byte[] inside;
  private final int[] cover;
  private final int[] insidePoints;

  /**
   * Cuts a region.
   *
   * @param stepU distance between lattice points along u, mm
   * @param stepV distance between lattice points along v, mm
   * @param window first cell along u and v, cells along u and v
   */
  BoundaryCuts(EvenOddRegion region, double stepU, double stepV, int[] window) {
    firstI = window[0];
    firstJ = window[1];
    cellsU = window[2];
    cellsV = window[3];
    int points = (cellsU + 1) * (cellsV + 1);
    inside = new byte[points];
    cover = new int[points];
    double[] ends = region.endsMm();
    int[] signs = region.signs();
    for (int p = 0; p < signs.length; p++) {
      int at = 4 * p;
      double u0 = ends[at] / stepU - firstI;
      double v0 = ends[at + 1] / stepV - firstJ;
      double u1 = ends[at + 2] / stepU - firstI;
      double v1 = ends[at + 3] / stepV - firstJ;
      cut(u0, v0, u1, v1);
      cross(u0, v0, u1, v1, signs[p]);
    }
    double[] level = region.levelEndsMm();
    for (int at = 0; at < level.length; at += 3) {
      double v = level[at + 2] / stepV - firstJ;
      cut(level[at] / stepU - firstI, v, level[at + 1] / stepU - firstI, v);
    }
    for (int row = 0; row <= cellsV; row++) {
      int winding = 0;
      for (int i = 0; i <= cellsU; i++) {
        int at = row * (cellsU + 1) + i;
        winding += cover[at];
        inside[at] = (byte) (winding > 0 ? 1 : 0);
      }
    }
    insidePoints = points(inside);
  }

  private static int[] points(byte[] inside) {
    int[] points = new int[inside.length];
    int count = 0;
    for (int p = 0; p < inside.length; p++) {
      if (inside[p] != 0) {
        points[count++] = p;
      }
    }
    return Arrays.copyOf(points, count);
  }

  /** Lattice points inside, 1, and outside, 0, u fastest. */
  byte[] inside() {
    return inside;
  }

  private void cross(double u0, double v0, double u1, double v1, int sign) {
    int from = Math.max(0, (int) Math.ceil(v0));
    for (int row = from; row < v1 && row <= cellsV; row++) {
      double u = u0 + (u1 - u0) * ((row - v0) / (v1 - v0));
      int i = Math.max(0, (int) Math.ceil(u));
      if (i <= cellsU) {
        cover[row * (cellsU + 1) + i] += sign;
      }
    }
  }

  /** Walks along an edge from lattice line to lattice line. */
  private void cut(double u0, double v0, double u1, double v1) {
    double du = u1 - u0;
    double dv = v1 - v0;
    double t = 0;
    double nextU = firstLine(u0, du);
    double nextV = firstLine(v0, dv);
    while (t < 1) {
      double tu = du == 0 ? 2 : (nextU - u0) / du;
      double tv = dv == 0 ? 2 : (nextV - v0) / dv;
      double end = Math.min(1, Math.min(tu, tv));
      if (end > t) {
        add(u0 + t * du, v0 + t * dv, u0 + end * du, v0 + end * dv);
      }
      if (tu <= end) {
        nextU += Math.signum(du);
      }
      if (tv <= end) {
        nextV += Math.signum(dv);
      }
      t = Math.max(t, end);
    }
  }

  private static double firstLine(double from, double step) {
    return step > 0 ? Math.floor(from) + 1 : Math.ceil(from) - 1;
  }

  /** The cell that holds a coordinate; the far end of the window belongs to the last cell. */
  private static int cell(double at, int cells) {
    return at == cells ? cells - 1 : (int) Math.floor(at);
  }

  private void add(double u0, double v0, double u1, double v1) {
    int i = cell(0.5 * (u0 + u1), cellsU);
    int j = cell(0.5 * (v0 + v1), cellsV);
    if (i < 0 || i >= cellsU || j < 0 || j >= cellsV) {
      return;
    }
    if (count == corner.length) {
      corner = Arrays.copyOf(corner, 2 * count);
      local = Arrays.copyOf(local, 2 * local.length);
    }
    int at = NUMBERS * count;
    local[at] = u0 - i;
    local[at + 1] = v0 - j;
    local[at + 2] = u1 - i;
    local[at + 3] = v1 - j;
    corner[count++] = j * (cellsU + 1) + i;
  }

  /**
   * Widens a range of doses by those found on the boundary and at the points inside.
   *
   * @param gy doses of the window's lattice points at one offset; NaN counts for nothing
   * @param limits in cells: smallest and largest u, smallest and largest v that has a dose
   * @param range lowest and highest dose so far, widened
   */
  void widen(double[] gy, double[] limits, double[] range) {
    int width = cellsU + 1;
    boolean allWithin =
        limits[0] <= 0 && limits[1] >= cellsU && limits[2] <= 0 && limits[3] >= cellsV;
    for (int p : insidePoints) {
      int j = p / width;
      if (allWithin || isWithin(p - j * width, j, limits)) {
        note(gy[p], range);
      }
    }
    for (int c = 0; c < count; c++) {
      int at = NUMBERS * c;
      int from = corner[c];
      double a00 = gy[from];
      double gu = gy[from + 1] - a00;
      double gv = gy[from + width] - a00;
      double guv = gy[from + width + 1] - a00 - gu - gv;
      double u0 = local[at];
      double v0 = local[at + 1];
      double u1 = local[at + 2];
      double v1 = local[at + 3];
      int i = from % width;
      int j = from / width;
      double um = i + 0.5 * (u0 + u1);
      double vm = j + 0.5 * (v0 + v1);
      if (!isWithin(um, vm, limits)) {
        continue;
      }
      double d0 = a00 + gu * u0 + gv * v0 + guv * u0 * v0;
      double d1 = a00 + gu * u1 + gv * v1 + guv * u1 * v1;
      note(d0, range);
      note(d1, range);
      double bend = guv * (u1 - u0) * (v1 - v0);
      if (bend != 0) {
        double t = 0.5 * (1 - (d1 - d0) / bend);
        if (t > 0 && t < 1) {
          note(d0 + t * (d1 - d0) - bend * t * (1 - t), range);
        }
      }
    }
  }

  private static boolean isWithin(double u, double v, double[] limits) {
    return u >= limits[0] && u <= limits[1] && v >= limits[2] && v <= limits[3];
  }

  private static void note(double gy, double[] range) {
    if (gy < range[0]) {
      range[0] = gy;
    }
    if (gy > range[1]) {
      range[1] = gy;
    }
  }
}
