package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Outlines of a mask in one plane along the edges of its pixels.
 *
 * <p>Every edge between a pixel inside and one outside is walked once with the inside on the right
 * hand (x to the right, y downwards). Pixels that touch by a corner alone are parted there. Points
 * are in pixels: pixel (i, j) reaches from i - ½ to i + ½.
 */
final class EdgeOutlines {

  private static final int EAST = 0;
  private static final int SOUTH = 1;
  private static final int WEST = 2;
  private static final int NORTH = 3;
  private static final int[] STEP_X = {1, 0, -1, 0};
  private static final int[] STEP_Y = {0, 1, 0, -1};

  /** Where a channel leaves the side of a pixel, off both its corners and its middle. */
  private static final double CHANNEL = 0.25;

  private static final int NONE = -1;

  private final byte[] mask;
  private final int columns;
  private final int rows;
  private final int corners;
  private final boolean[] isEdge;

  /** Channels: the edge at the other end, or {@link #NONE}. */
  private final int[] channel;

  private EdgeOutlines(byte[] mask, int columns, int rows) {
    this.mask = mask;
    this.columns = columns;
    this.rows = rows;
    this.corners = columns + 1;
    this.isEdge = new boolean[4 * corners * (rows + 1)];
    this.channel = new int[isEdge.length];
    Arrays.fill(channel, NONE);
  }

  /**
   * The outlines of one plane.
   *
   * @param mask 1 inside; x fastest, then y
   * @return x, y of every corner in turn, in pixels; holes are loops of their own unless they hang
   *     on a channel
   */
  static List<double[]> of(byte[] mask, int columns, int rows, ContourOptions.Holes holes) {
    EdgeOutlines outlines = new EdgeOutlines(mask, columns, rows);
    outlines.markEdges();
    List<Integer> starts = outlines.loops(holes);
    List<double[]> loops = new ArrayList<>();
    for (int start : starts) {
      loops.add(outlines.walk(start));
    }
    return loops;
  }

  private boolean isInside(int i, int j) {
    return i >= 0 && i < columns && j >= 0 && j < rows && mask[j * columns + i] != 0;
  }

  private int edge(int x, int y, int direction) {
    return 4 * (y * corners + x) + direction;
  }

  private void markEdges() {
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        if (isInside(i, j)) {
          isEdge[edge(i, j, EAST)] = !isInside(i, j - 1);
          isEdge[edge(i + 1, j, SOUTH)] = !isInside(i + 1, j);
          isEdge[edge(i + 1, j + 1, WEST)] = !isInside(i, j + 1);
          isEdge[edge(i, j + 1, NORTH)] = !isInside(i - 1, j);
        }
      }
    }
  }

  /** The edge after this one; where two go on, the one that stays with the pixel. */
  private int next(int edge) {
    int direction = edge % 4;
    int x = edge / 4 % corners + STEP_X[direction];
    int y = edge / 4 / corners + STEP_Y[direction];
    for (int turn : new int[] {1, 0, 3}) {
      int to = edge(x, y, (direction + turn) % 4);
      if (isEdge[to]) {
        return to;
      }
    }
    throw new IllegalStateException("an outline ends at corner " + x + ", " + y);
  }

  /** One edge of each loop that is to be walked; dug channels join the others to them. */
  private List<Integer> loops(ContourOptions.Holes holes) {
    boolean[] seen = new boolean[isEdge.length];
    List<Integer> starts = new ArrayList<>();
    for (int edge = 0; edge < isEdge.length; edge++) {
      if (!isEdge[edge] || seen[edge]) {
        continue;
      }
      long doubleArea = 0;
      int leftmost = NONE;
      int at = edge;
      do {
        seen[at] = true;
        int x = at / 4 % corners;
        int y = at / 4 / corners;
        doubleArea += (long) x * STEP_Y[at % 4] - (long) y * STEP_X[at % 4];
        if (at % 4 == SOUTH && (leftmost == NONE || x < leftmost / 4 % corners)) {
          leftmost = at;
        }
        at = next(at);
      } while (at != edge);
      if (doubleArea < 0 && holes == ContourOptions.Holes.KEYHOLE) {
        dig(leftmost);
      } else {
        starts.add(edge);
      }
    }
    return starts;
  }

  /** Joins the leftmost side of a hole to the next outline on its left. */
  private void dig(int holeEdge) {
    int x = holeEdge / 4 % corners;
    int y = holeEdge / 4 / corners;
    int i = x - 1;
    while (isInside(i - 1, y)) {
      i--;
    }
    int other = edge(i, y + 1, NORTH);
    channel[holeEdge] = other;
    channel[other] = holeEdge;
  }

  private double[] walk(int start) {
    double[] points = new double[64];
    int count = 0;
    int at = start;
    int before = NONE;
    do {
      if (count + 6 > points.length) {
        points = Arrays.copyOf(points, 2 * points.length);
      }
      int x = at / 4 % corners;
      int y = at / 4 / corners;
      if (before != at % 4) {
        points[count++] = x - 0.5;
        points[count++] = y - 0.5;
      }
      before = at % 4;
      int other = channel[at];
      if (other != NONE) {
        double row = (at % 4 == SOUTH ? y : y - 1) - 0.5 + CHANNEL;
        points[count++] = x - 0.5;
        points[count++] = row;
        points[count++] = other / 4 % corners - 0.5;
        points[count++] = row;
        before = other % 4;
        at = next(other);
      } else {
        at = next(at);
      }
    } while (at != start);
    return withoutStraightStart(Arrays.copyOf(points, count), before == start % 4);
  }

  private static double[] withoutStraightStart(double[] points, boolean straight) {
    return straight ? Arrays.copyOfRange(points, 2, points.length) : points;
  }
}
