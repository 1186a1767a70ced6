package org.rtpipeline.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The part of a plane that an odd number of closed polygons covers, as oriented boundary pieces.
 *
 * <p>Holes, keyholes, nested islands, shared edges and edges that cross are all resolved by one
 * sweep over the bands between neighbouring vertices: inside a band no two edges cross, so their
 * order along x alternates between entering and leaving the region. The pieces are exact up to
 * floating point; nothing is sampled.
 */
public final class EvenOddRegion {

  /** Edges that pass one another by less than this do not count as crossing, mm. */
  public static final double CROSSING_TOLERANCE_MM = 0.01;

  private static final double ORDER_TOLERANCE_MM = 1e-9;

  private final double[] pieces;
  private final int[] signs;
  private final double[] level;
  private final boolean selfCrossing;
  private final boolean mutualCrossing;

  private EvenOddRegion(
      double[] pieces, int[] signs, double[] level, boolean selfCrossing, boolean mutualCrossing) {
    this.pieces = pieces;
    this.signs = signs;
    this.level = level;
    this.selfCrossing = selfCrossing;
    this.mutualCrossing = mutualCrossing;
  }

  /**
   * Resolves polygons into their even-odd region.
   *
   * @param polygonsMm per polygon x, y of every vertex in turn, mm; closed without repeating the
   *     first vertex
   */
  public static EvenOddRegion of(List<double[]> polygonsMm) {
    Sweep sweep = new Sweep(polygonsMm);
    sweep.run();
    return new EvenOddRegion(
        Arrays.copyOf(sweep.out, 4 * sweep.outCount),
        Arrays.copyOf(sweep.outSigns, sweep.outCount),
        levelPieces(polygonsMm),
        sweep.selfCrossing,
        sweep.mutualCrossing);
  }

  /** Number of boundary pieces. */
  public int pieces() {
    return signs.length;
  }

  /**
   * Boundary pieces, four numbers each: x and y of the lower end, x and y of the upper end, mm; the
   * array itself, not a copy. Pieces at constant y add no area and are kept apart; edges that lie
   * on one another in pairs bound nothing.
   */
  public double[] endsMm() {
    return pieces;
  }

  /**
   * Boundary pieces at constant y, three numbers each: smaller x, larger x, y, mm; the array
   * itself.
   */
  public double[] levelEndsMm() {
    return level;
  }

  /** Per piece: 1 where the region lies on its side of larger x, -1 where it ends there. */
  public int[] signs() {
    return signs;
  }

  /** True when a polygon crosses itself. */
  public boolean isSelfCrossing() {
    return selfCrossing;
  }

  /** True when two polygons cross, so that the doubly covered part counts as outside. */
  public boolean isMutualCrossing() {
    return mutualCrossing;
  }

  /** Area, mm². */
  public double areaMm2() {
    double sum = 0;
    for (int p = 0; p < signs.length; p++) {
      int at = 4 * p;
      sum -= signs[p] * (pieces[at + 3] - pieces[at + 1]) * (pieces[at] + pieces[at + 2]) * 0.5;
    }
    return sum;
  }

  /** Smallest x, smallest y, largest x and largest y of the region, mm; empty when it is empty. */
  public double[] boundsMm() {
    if (signs.length == 0) {
      return new double[0];
    }
    double[] bounds = {
      Double.POSITIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (int at = 0; at < pieces.length; at += 2) {
      bounds[0] = Math.min(bounds[0], pieces[at]);
      bounds[1] = Math.min(bounds[1], pieces[at + 1]);
      bounds[2] = Math.max(bounds[2], pieces[at]);
      bounds[3] = Math.max(bounds[3], pieces[at + 1]);
    }
    return bounds;
  }

  private static double[] levelPieces(List<double[]> polygonsMm) {
    List<double[]> events = new ArrayList<>();
    for (double[] at : polygonsMm) {
      int n = at.length / 2;
      for (int a = n - 1, b = 0; b < n; a = b++) {
        if (at[2 * a + 1] == at[2 * b + 1] && at[2 * a] != at[2 * b]) {
          events.add(new double[] {at[2 * b + 1], at[2 * a]});
          events.add(new double[] {at[2 * b + 1], at[2 * b]});
        }
      }
    }
    events.sort(
        Comparator.<double[]>comparingDouble(event -> event[0])
            .thenComparingDouble(event -> event[1]));
    double[] found = new double[3 * (events.size() / 2)];
    int count = 0;
    for (int e = 0; e + 1 < events.size(); e += 2) {
      double[] from = events.get(e);
      double[] to = events.get(e + 1);
      if (from[1] != to[1]) {
        found[count++] = from[1];
        found[count++] = to[1];
        found[count++] = from[0];
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Area of one polygon by its vertices, positive whatever its direction, mm². */
  public static double polygonAreaMm2(double[] polygonMm) {
    int n = polygonMm.length / 2;
    double twice = 0;
    for (int a = n - 1, b = 0; b < n; a = b++) {
      double dx = polygonMm[2 * b] - polygonMm[0];
      double dy = polygonMm[2 * b + 1] - polygonMm[1];
      twice += (polygonMm[2 * a] - polygonMm[0]) * dy - dx * (polygonMm[2 * a + 1] - polygonMm[1]);
    }
    return Math.abs(twice) / 2;
  }

  /** An edge at constant y, from its smaller to its larger x. */
  private record LevelEdge(double y, double lowX, double highX, int polygon) {}

  /** State of one sweep. */
  private static final class Sweep {
    private final double[] x0;
    private final double[] y0;
    private final double[] x1;
    private final double[] y1;
    private final int[] polygon;
    private final int edges;
    private final int[] active;
    private int activeCount;
    private final double[] lowX;
    private final double[] highX;
    private final double[] midX;
    private final int[] sign;
    private final double[] startY;
    private final List<LevelEdge> levelEdges = new ArrayList<>();
    private int nextLevelEdge;
    private double[] out = new double[256];
    private int[] outSigns = new int[64];
    private int outCount;
    private boolean selfCrossing;
    private boolean mutualCrossing;

    Sweep(List<double[]> polygonsMm) {
      int vertices = 0;
      for (double[] polygonMm : polygonsMm) {
        vertices += polygonMm.length / 2;
      }
      x0 = new double[vertices];
      y0 = new double[vertices];
      x1 = new double[vertices];
      y1 = new double[vertices];
      polygon = new int[vertices];
      int count = 0;
      for (int p = 0; p < polygonsMm.size(); p++) {
        double[] at = polygonsMm.get(p);
        int n = at.length / 2;
        for (int a = n - 1, b = 0; b < n; a = b++) {
          double ya = at[2 * a + 1];
          double yb = at[2 * b + 1];
          if (ya == yb) {
            levelEdges.add(
                new LevelEdge(
                    ya, Math.min(at[2 * a], at[2 * b]), Math.max(at[2 * a], at[2 * b]), p));
            continue;
          }
          boolean up = ya < yb;
          x0[count] = up ? at[2 * a] : at[2 * b];
          y0[count] = up ? ya : yb;
          x1[count] = up ? at[2 * b] : at[2 * a];
          y1[count] = up ? yb : ya;
          polygon[count++] = p;
        }
      }
      levelEdges.sort(Comparator.comparingDouble(LevelEdge::y));
      edges = count;
      active = new int[count];
      lowX = new double[count];
      highX = new double[count];
      midX = new double[count];
      sign = new int[count];
      startY = new double[count];
    }

    void run() {
      double[] levels = levels();
      if (levels.length < 2) {
        return;
      }
      int[] first = new int[edges];
      int[] last = new int[edges];
      int[] offset = new int[levels.length + 1];
      for (int e = 0; e < edges; e++) {
        first[e] = Arrays.binarySearch(levels, y0[e]);
        last[e] = Arrays.binarySearch(levels, y1[e]);
        offset[first[e] + 1]++;
      }
      for (int b = 0; b < levels.length; b++) {
        offset[b + 1] += offset[b];
      }
      int[] byStart = new int[edges];
      int[] fill = offset.clone();
      for (int e = 0; e < edges; e++) {
        byStart[fill[first[e]]++] = e;
      }
      for (int b = 0; b < levels.length; b++) {
        retire(last, b);
        passLevelEdges(levels[b]);
        for (int s = offset[b]; s < offset[b + 1]; s++) {
          active[activeCount++] = byStart[s];
        }
        if (b + 1 < levels.length && activeCount > 0) {
          band(levels[b], levels[b + 1]);
        }
      }
    }

    private double[] levels() {
      double[] all = new double[2 * edges];
      System.arraycopy(y0, 0, all, 0, edges);
      System.arraycopy(y1, 0, all, edges, edges);
      Arrays.sort(all);
      int unique = 0;
      for (int i = 0; i < all.length; i++) {
        if (i == 0 || all[i] != all[unique - 1]) {
          all[unique++] = all[i];
        }
      }
      return Arrays.copyOf(all, unique);
    }

    /** Notes where edges that go on cross edges that run along a level. */
    private void passLevelEdges(double y) {
      while (nextLevelEdge < levelEdges.size() && levelEdges.get(nextLevelEdge).y <= y) {
        LevelEdge level = levelEdges.get(nextLevelEdge++);
        for (int a = 0; a < activeCount; a++) {
          int e = active[a];
          double x = xAt(e, y);
          if (x > level.lowX + CROSSING_TOLERANCE_MM && x < level.highX - CROSSING_TOLERANCE_MM) {
            noteCrossing(polygon[e], level.polygon);
          }
        }
      }
    }

    private void noteCrossing(int one, int other) {
      if (one == other) {
        selfCrossing = true;
      } else {
        mutualCrossing = true;
      }
    }

    private void retire(int[] last, int level) {
      int kept = 0;
      for (int a = 0; a < activeCount; a++) {
        int e = active[a];
        if (last[e] == level) {
          emit(e, y1[e]);
        } else {
          active[kept++] = e;
        }
      }
      activeCount = kept;
    }

    private void band(double lowY, double highY) {
      order(lowY, highY);
      if (!crossed()) {
        alternate(lowY);
        return;
      }
      double[] cuts = cuts(lowY, highY);
      for (int c = 0; c + 1 < cuts.length; c++) {
        order(cuts[c], cuts[c + 1]);
        alternate(cuts[c]);
      }
    }

    private void order(double lowY, double highY) {
      for (int a = 0; a < activeCount; a++) {
        int e = active[a];
        lowX[e] = xAt(e, lowY);
        highX[e] = xAt(e, highY);
        double mid = lowX[e] + highX[e];
        midX[e] = mid;
        int slot = a;
        while (slot > 0 && midX[active[slot - 1]] > mid) {
          active[slot] = active[slot - 1];
          slot--;
        }
        active[slot] = e;
      }
    }

    private double xAt(int e, double y) {
      if (y <= y0[e]) {
        return x0[e];
      }
      if (y >= y1[e]) {
        return x1[e];
      }
      return x0[e] + (x1[e] - x0[e]) * ((y - y0[e]) / (y1[e] - y0[e]));
    }

    private boolean crossed() {
      boolean found = false;
      for (int a = 0; a + 1 < activeCount; a++) {
        int e = active[a];
        int f = active[a + 1];
        double inversionMm = Math.max(lowX[e] - lowX[f], highX[e] - highX[f]);
        if (inversionMm > ORDER_TOLERANCE_MM) {
          found = true;
          if (inversionMm > CROSSING_TOLERANCE_MM) {
            noteCrossing(polygon[e], polygon[f]);
          }
        }
      }
      return found;
    }

    private double[] cuts(double lowY, double highY) {
      double[] found = new double[2 + activeCount * (activeCount - 1) / 2];
      int count = 0;
      found[count++] = lowY;
      found[count++] = highY;
      for (int a = 0; a < activeCount; a++) {
        for (int b = a + 1; b < activeCount; b++) {
          double low = lowX[active[a]] - lowX[active[b]];
          double high = highX[active[a]] - highX[active[b]];
          if (low * high < 0) {
            double y = lowY + (highY - lowY) * (low / (low - high));
            if (y > lowY && y < highY) {
              found[count++] = y;
            }
          }
        }
      }
      double[] sorted = Arrays.copyOf(found, count);
      Arrays.sort(sorted);
      return sorted;
    }

    private void alternate(double lowY) {
      for (int a = 0; a < activeCount; a++) {
        int e = active[a];
        int side = isPaired(a) ? 0 : (a & 1) == 0 ? 1 : -1;
        if (sign[e] != side) {
          emit(e, lowY);
          sign[e] = side;
          startY[e] = lowY;
        }
      }
    }

    /** True when an edge lies on a neighbour of the other direction, which it cancels. */
    private boolean isPaired(int a) {
      int e = active[a];
      int run = 0;
      int at = a;
      while (at > 0 && lies(active[at - 1], e)) {
        at--;
      }
      int place = a - at;
      while (at + run < activeCount && lies(active[at + run], e)) {
        run++;
      }
      return place < run - run % 2;
    }

    private boolean lies(int e, int f) {
      return Math.abs(lowX[e] - lowX[f]) <= ORDER_TOLERANCE_MM
          && Math.abs(highX[e] - highX[f]) <= ORDER_TOLERANCE_MM;
    }

    private void emit(int e, double endY) {
      if (sign[e] == 0 || !(endY > startY[e])) {
        return;
      }
      if (outCount == outSigns.length) {
        out = Arrays.copyOf(out, 2 * out.length);
        outSigns = Arrays.copyOf(outSigns, 2 * outSigns.length);
      }
      int at = 4 * outCount;
      out[at] = xAt(e, startY[e]);
      out[at + 1] = startY[e];
      out[at + 2] = xAt(e, endY);
      out[at + 3] = endY;
      outSigns[outCount++] = sign[e];
    }
  }
}
