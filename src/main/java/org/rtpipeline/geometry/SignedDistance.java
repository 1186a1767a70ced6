package org.rtpipeline.geometry;

import java.util.Arrays;

/**
 * Distance of every node of a raster to the boundary of a region, positive inside, in mm.
 *
 * <p>Each node learns its nearest boundary piece from its neighbours in sweeps over the raster and
 * then measures the distance to that piece itself, so values are exact wherever the nearest piece
 * is found, and never too small.
 */
public final class SignedDistance {

  private static final int NONE = -1;

  private final int columns;
  private final int rows;
  private final double cellXMm;
  private final double cellYMm;
  private final double[] ends;
  private final int[] nearest;
  private final double[] squareMm2;
  private final boolean[] inside;

  private SignedDistance(
      EvenOddRegion region,
      double originXMm,
      double originYMm,
      double cellXMm,
      double cellYMm,
      int columns,
      int rows) {
    this.columns = columns;
    this.rows = rows;
    this.cellXMm = cellXMm;
    this.cellYMm = cellYMm;
    this.ends = pieces(region, originXMm, originYMm);
    this.nearest = new int[columns * rows];
    this.squareMm2 = new double[columns * rows];
    this.inside = new boolean[columns * rows];
    Arrays.fill(nearest, NONE);
    Arrays.fill(squareMm2, Double.POSITIVE_INFINITY);
  }

  /**
   * Measures a raster.
   *
   * @param region the region
   * @param originXMm x of the first node
   * @param originYMm y of the first node
   * @param cellXMm distance between nodes along x
   * @param cellYMm distance between nodes along y
   * @param columns nodes along x
   * @param rows nodes along y
   */
  public static SignedDistance of(
      EvenOddRegion region,
      double originXMm,
      double originYMm,
      double cellXMm,
      double cellYMm,
      int columns,
      int rows) {
    SignedDistance distance =
        new SignedDistance(region, originXMm, originYMm, cellXMm, cellYMm, columns, rows);
    distance.seed();
    distance.fillInside(region.signs());
    distance.sweep();
    return distance;
  }

  /** Distance of each node, mm, positive inside, x fastest; minus infinity for an empty region. */
  public double[] valuesMm() {
    double[] valuesMm = new double[squareMm2.length];
    for (int at = 0; at < valuesMm.length; at++) {
      double mm = Math.sqrt(squareMm2[at]);
      valuesMm[at] = inside[at] ? mm : -mm;
    }
    return valuesMm;
  }

  /**
   * A function with the same zeros that falls off towards the boundary like that of an ellipse:
   * {@code d (2 r - d)}, with d the signed distance and r the largest distance inside the same
   * connected part. Over a stack of sections of a sphere, cone or lying cylinder it is a parabola
   * along the normal at every point, so three planes give all others back.
   */
  public double[] domeMm2() {
    double[] valuesMm = valuesMm();
    int[] part = new int[valuesMm.length];
    double[] radiusMm = radii(valuesMm, part);
    int[] partOfPiece = new int[ends.length / 4];
    for (int piece = 0; piece < partOfPiece.length; piece++) {
      partOfPiece[piece] = partNear(piece, part);
    }
    double smallestMm = 0.5 * Math.min(cellXMm, cellYMm);
    for (int at = 0; at < valuesMm.length; at++) {
      int piece = nearest[at];
      int of = part[at] > 0 || piece == NONE ? part[at] : partOfPiece[piece];
      double radius = Math.max(radiusMm[of], smallestMm);
      valuesMm[at] = valuesMm[at] * (2 * radius - valuesMm[at]);
    }
    return valuesMm;
  }

  /** Label of the inside node closest to the middle of a piece; 0 when there is none around it. */
  private int partNear(int piece, int[] part) {
    double x = 0.5 * (ends[4 * piece] + ends[4 * piece + 2]) / cellXMm;
    double y = 0.5 * (ends[4 * piece + 1] + ends[4 * piece + 3]) / cellYMm;
    int found = 0;
    double best = Double.POSITIVE_INFINITY;
    for (int j = (int) Math.floor(y) - 1; j <= (int) Math.floor(y) + 2; j++) {
      for (int i = (int) Math.floor(x) - 1; i <= (int) Math.floor(x) + 2; i++) {
        if (i >= 0 && i < columns && j >= 0 && j < rows && part[j * columns + i] > 0) {
          double square = (i - x) * (i - x) + (j - y) * (j - y);
          if (square < best) {
            best = square;
            found = part[j * columns + i];
          }
        }
      }
    }
    return found;
  }

  /** Labels connected inside nodes from 1 and gives the largest distance of each label. */
  private double[] radii(double[] valuesMm, int[] part) {
    double[] radiusMm = new double[8];
    int parts = 0;
    int[] stack = new int[64];
    for (int start = 0; start < part.length; start++) {
      if (!inside[start] || part[start] != 0) {
        continue;
      }
      parts++;
      if (parts == radiusMm.length) {
        radiusMm = Arrays.copyOf(radiusMm, 2 * parts);
      }
      int depth = 0;
      stack[depth++] = start;
      part[start] = parts;
      while (depth > 0) {
        int at = stack[--depth];
        radiusMm[parts] = Math.max(radiusMm[parts], valuesMm[at]);
        int x = at % columns;
        int[] next = {
          x > 0 ? at - 1 : at,
          x + 1 < columns ? at + 1 : at,
          at >= columns ? at - columns : at,
          at + columns < part.length ? at + columns : at
        };
        if (depth + 4 > stack.length) {
          stack = Arrays.copyOf(stack, 2 * stack.length);
        }
        for (int to : next) {
          if (inside[to] && part[to] == 0) {
            part[to] = parts;
            stack[depth++] = to;
          }
        }
      }
    }
    return radiusMm;
  }

  private static double[] pieces(EvenOddRegion region, double originXMm, double originYMm) {
    double[] steep = region.endsMm();
    double[] level = region.levelEndsMm();
    double[] all = new double[steep.length + level.length / 3 * 4];
    for (int at = 0; at < steep.length; at += 2) {
      all[at] = steep[at] - originXMm;
      all[at + 1] = steep[at + 1] - originYMm;
    }
    int to = steep.length;
    for (int at = 0; at < level.length; at += 3) {
      all[to++] = level[at] - originXMm;
      all[to++] = level[at + 2] - originYMm;
      all[to++] = level[at + 1] - originXMm;
      all[to++] = level[at + 2] - originYMm;
    }
    return all;
  }

  private void seed() {
    for (int piece = 0; 4 * piece < ends.length; piece++) {
      int at = 4 * piece;
      int lowX = node(Math.min(ends[at], ends[at + 2]), cellXMm, columns, 0);
      int highX = node(Math.max(ends[at], ends[at + 2]), cellXMm, columns, 1);
      int lowY = node(Math.min(ends[at + 1], ends[at + 3]), cellYMm, rows, 0);
      int highY = node(Math.max(ends[at + 1], ends[at + 3]), cellYMm, rows, 1);
      for (int y = lowY; y <= highY; y++) {
        for (int x = lowX; x <= highX; x++) {
          offer(x, y, piece);
        }
      }
    }
  }

  private static int node(double mm, double cellMm, int count, int up) {
    return Math.min(Math.max((int) Math.floor(mm / cellMm) + up, 0), count - 1);
  }

  private void offer(int x, int y, int piece) {
    double square = squareTo(piece, x * cellXMm, y * cellYMm);
    int at = y * columns + x;
    if (square < squareMm2[at]) {
      squareMm2[at] = square;
      nearest[at] = piece;
    }
  }

  private double squareTo(int piece, double x, double y) {
    int at = 4 * piece;
    double dx = ends[at + 2] - ends[at];
    double dy = ends[at + 3] - ends[at + 1];
    double px = x - ends[at];
    double py = y - ends[at + 1];
    double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? (px * dx + py * dy) / length2 : 0;
    t = Math.min(Math.max(t, 0), 1);
    px -= t * dx;
    py -= t * dy;
    return px * px + py * py;
  }

  private void fillInside(int[] signs) {
    int[] cover = new int[columns * rows];
    for (int piece = 0; piece < signs.length; piece++) {
      int at = 4 * piece;
      double y0 = ends[at + 1] / cellYMm;
      double y1 = ends[at + 3] / cellYMm;
      for (int row = Math.max(0, (int) Math.ceil(y0)); row < y1 && row < rows; row++) {
        double share = (row - y0) / (y1 - y0);
        double x = (ends[at] + (ends[at + 2] - ends[at]) * share) / cellXMm;
        int from = Math.max(0, (int) Math.ceil(x));
        if (from < columns) {
          cover[row * columns + from] += signs[piece];
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      int winding = 0;
      for (int at = row * columns; at < (row + 1) * columns; at++) {
        winding += cover[at];
        inside[at] = winding > 0;
      }
    }
  }

  /** Four sweeps in alternating directions hand the nearest piece on. */
  private void sweep() {
    for (int pass = 0; pass < 2; pass++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          ask(x, y, x - 1, y);
          ask(x, y, x - 1, y - 1);
          ask(x, y, x, y - 1);
          ask(x, y, x + 1, y - 1);
        }
        for (int x = columns - 2; x >= 0; x--) {
          ask(x, y, x + 1, y);
        }
      }
      for (int y = rows - 1; y >= 0; y--) {
        for (int x = columns - 1; x >= 0; x--) {
          ask(x, y, x + 1, y);
          ask(x, y, x + 1, y + 1);
          ask(x, y, x, y + 1);
          ask(x, y, x - 1, y + 1);
        }
        for (int x = 1; x < columns; x++) {
          ask(x, y, x - 1, y);
        }
      }
    }
  }

  private void ask(int x, int y, int fromX, int fromY) {
    if (fromX < 0 || fromX >= columns || fromY < 0 || fromY >= rows) {
      return;
    }
    int piece = nearest[fromY * columns + fromX];
    if (piece != NONE && piece != nearest[y * columns + x]) {
      offer(x, y, piece);
    }
  }
}
