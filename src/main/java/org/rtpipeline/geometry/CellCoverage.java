package org.rtpipeline.geometry;

import java.util.Arrays;

/**
 * How much of each cell of a raster a region covers, and where the centroid of the covered part
 * lies, both exact.
 *
 * <p>Every boundary piece adds the signed area and first moments between itself and the right end
 * of its row to the cells it passes; one running sum per row finishes the job. Edges that run to
 * and fro along the same line cancel.
 */
public final class CellCoverage {

  /** A covered share this close to 1 counts as the whole cell. */
  public static final double FULL_TOLERANCE = 1e-9;

  private static final int SLOTS = 5;

  private int columns;
  private int rows;
  private double[] sums;
  private double[] share;
  private double[] centroidX;
  private double[] centroidY;

  /** Cells that a boundary passes; everywhere else sums are 0 and centroids 0.5. */
  private boolean[] passed;

  private int[] passedCells = new int[256];
  private int passedCount;

  /** An empty raster of {@code columns × rows} cells. */
  public CellCoverage(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    this.sums = new double[SLOTS * columns * rows];
    this.share = new double[columns * rows];
    this.centroidX = middles(columns * rows);
    this.centroidY = middles(columns * rows);
    this.passed = new boolean[columns * rows];
  }

  private static double[] middles(int cells) {
    double[] middles = new double[cells];
    Arrays.fill(middles, 0.5);
    return middles;
  }

  /** Takes another size, for the next region; the memory is kept while it is enough. */
  public void resize(int newColumns, int newRows) {
    int cells = newColumns * newRows;
    if (cells > share.length) {
      sums = new double[SLOTS * cells];
      share = new double[cells];
      centroidX = middles(cells);
      centroidY = middles(cells);
      passed = new boolean[cells];
      passedCount = 0;
    }
    columns = newColumns;
    rows = newRows;
  }

  /** Cells along x. */
  public int columns() {
    return columns;
  }

  /** Cells along y. */
  public int rows() {
    return rows;
  }

  /** Covered part of each cell, 0 to 1, x fastest; the array itself, which may be longer. */
  public double[] share() {
    return share;
  }

  /** Centroid of the covered part along x, 0 at the cell's lower end to 1; the array itself. */
  public double[] centroidX() {
    return centroidX;
  }

  /** Centroid of the covered part along y, 0 at the cell's lower end to 1; the array itself. */
  public double[] centroidY() {
    return centroidY;
  }

  /**
   * Covers the raster with a region; what lies beyond the raster is left out.
   *
   * @param region the region
   * @param originXMm lower x of the first cell
   * @param originYMm lower y of the first cell
   * @param cellXMm cell size along x
   * @param cellYMm cell size along y
   */
  public void cover(
      EvenOddRegion region, double originXMm, double originYMm, double cellXMm, double cellYMm) {
    forget();
    double[] ends = region.endsMm();
    int[] signs = region.signs();
    for (int p = 0; p < signs.length; p++) {
      int at = 4 * p;
      addPiece(
          (ends[at] - originXMm) / cellXMm,
          (ends[at + 1] - originYMm) / cellYMm,
          (ends[at + 2] - originXMm) / cellXMm,
          (ends[at + 3] - originYMm) / cellYMm,
          signs[p]);
    }
    finish();
  }

  /** Makes every cell one that no boundary passes. */
  private void forget() {
    for (int p = 0; p < passedCount; p++) {
      int cell = passedCells[p];
      passed[cell] = false;
      centroidX[cell] = 0.5;
      centroidY[cell] = 0.5;
      Arrays.fill(sums, SLOTS * cell, SLOTS * cell + SLOTS, 0);
    }
    passedCount = 0;
  }

  private void pass(int cell) {
    if (passed[cell]) {
      return;
    }
    passed[cell] = true;
    if (passedCount == passedCells.length) {
      passedCells = Arrays.copyOf(passedCells, 2 * passedCount);
    }
    passedCells[passedCount++] = cell;
  }

  private void addPiece(double xa, double ya, double xb, double yb, int sign) {
    if (!(yb > ya) || yb <= 0 || ya >= rows || Math.min(xa, xb) >= columns) {
      return;
    }
    double slope = (xb - xa) / (yb - ya);
    double y0 = ya;
    double x0 = xa;
    double y1 = yb;
    double x1 = xb;
    if (y0 < 0) {
      x0 = xa - ya * slope;
      y0 = 0;
    }
    if (y1 > rows) {
      x1 = xa + (rows - ya) * slope;
      y1 = rows;
    }
    cutAt(0, x0, y0, x1, y1, sign);
  }

  /** Cuts a piece where it passes the left or the right end of the raster. */
  private void cutAt(int cut, double x0, double y0, double x1, double y1, int sign) {
    if (!(y1 > y0)) {
      return;
    }
    double border = cut == 0 ? 0 : columns;
    if (cut < 2) {
      if ((x0 < border) != (x1 < border) && x0 != x1) {
        double y = y0 + (y1 - y0) * ((border - x0) / (x1 - x0));
        y = Math.min(Math.max(y, y0), y1);
        cutAt(cut + 1, x0, y0, border, y, sign);
        cutAt(cut + 1, border, y, x1, y1, sign);
      } else {
        cutAt(cut + 1, x0, y0, x1, y1, sign);
      }
      return;
    }
    if (x0 + x1 >= 2.0 * columns) {
      return;
    }
    addRows(Math.min(Math.max(x0, 0), columns), y0, Math.min(Math.max(x1, 0), columns), y1, sign);
  }

  private void addRows(double x0, double y0, double x1, double y1, int sign) {
    double slope = (x1 - x0) / (y1 - y0);
    int row = Math.min((int) y0, rows - 1);
    double y = y0;
    double x = x0;
    while (y < y1) {
      double nextY = row + 1 < y1 ? row + 1 : y1;
      double nextX = nextY == y1 ? x1 : x0 + (nextY - y0) * slope;
      addColumns(row, x, y - row, nextX, nextY - row, sign);
      y = nextY;
      x = nextX;
      row++;
    }
  }

  private void addColumns(int row, double xa, double ya, double xb, double yb, int sign) {
    boolean rightwards = xb >= xa;
    int column = (int) xa;
    if (!rightwards && column == xa) {
      column--;
    }
    column = Math.min(Math.max(column, 0), columns - 1);
    double x = xa;
    double y = ya;
    double slope = xb == xa ? 0 : (yb - ya) / (xb - xa);
    while (true) {
      double border = rightwards ? column + 1 : column;
      boolean lastCell = rightwards ? xb <= border : xb >= border;
      double nextX = lastCell ? xb : border;
      double nextY = lastCell ? yb : ya + (border - xa) * slope;
      addToCell(row * columns + column, x - column, y, nextX - column, nextY, sign);
      if (lastCell) {
        return;
      }
      x = nextX;
      y = nextY;
      column += rightwards ? 1 : -1;
      if (column < 0 || column >= columns) {
        return;
      }
    }
  }

  private void addToCell(int cell, double xa, double ya, double xb, double yb, int sign) {
    pass(cell);
    double dy = sign * (yb - ya);
    int at = SLOTS * cell;
    sums[at] += dy;
    sums[at + 1] += dy * (ya + yb) * 0.5;
    sums[at + 2] -= dy * (xa + xb) * 0.5;
    sums[at + 3] -= dy * (xa * xa + xa * xb + xb * xb) * (1.0 / 6);
    sums[at + 4] -= dy * (2 * ya * xa + ya * xb + yb * xa + 2 * yb * xb) * (1.0 / 6);
  }

  private void finish() {
    for (int row = 0; row < rows; row++) {
      double cover = 0;
      double coverY = 0;
      double between = 0;
      for (int cell = row * columns; cell < (row + 1) * columns; cell++) {
        if (!passed[cell] && (between == 0 || between == 1)) {
          share[cell] = between;
          continue;
        }
        pass(cell);
        int at = SLOTS * cell;
        cover += sums[at];
        coverY += sums[at + 1];
        between = cover > 1 - FULL_TOLERANCE ? 1 : cover > FULL_TOLERANCE ? cover : 0;
        double area = cover + sums[at + 2];
        if (area > 1 - FULL_TOLERANCE) {
          share[cell] = 1;
        } else if (area > FULL_TOLERANCE) {
          share[cell] = area;
          centroidX[cell] = clamp((0.5 * cover + sums[at + 3]) / area);
          centroidY[cell] = clamp((coverY + sums[at + 4]) / area);
        } else {
          share[cell] = 0;
        }
      }
    }
  }

  /**
   * Covers the raster with the part where a function is over 0, linear along the triangles between
   * the corners and the middle of each cell.
   *
   * @param nodes function at the corners of the cells, {@code (columns + 1) × (rows + 1)}
   */
  public void coverWhereOver0(double[] nodes) {
    int width = columns + 1;
    if (nodes.length != width * (rows + 1)) {
      throw new IllegalArgumentException(
          "raster has " + width * (rows + 1) + " corners, function " + nodes.length);
    }
    forget();
    double[] sum = new double[3];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at = row * width + column;
        int cell = row * columns + column;
        double a = nodes[at];
        double b = nodes[at + 1];
        double c = nodes[at + width + 1];
        double d = nodes[at + width];
        if (a > 0 && b > 0 && c > 0 && d > 0) {
          share[cell] = 1;
        } else if (a <= 0 && b <= 0 && c <= 0 && d <= 0) {
          share[cell] = 0;
        } else {
          pass(cell);
          double m = 0.25 * (a + b + c + d);
          Arrays.fill(sum, 0);
          addTriangle(0, 0, a, 1, 0, b, m, sum);
          addTriangle(1, 0, b, 1, 1, c, m, sum);
          addTriangle(1, 1, c, 0, 1, d, m, sum);
          addTriangle(0, 1, d, 0, 0, a, m, sum);
          share[cell] = Math.min(sum[0], 1);
          centroidX[cell] = sum[0] > 0 ? clamp(sum[1] / sum[0]) : 0.5;
          centroidY[cell] = sum[0] > 0 ? clamp(sum[2] / sum[0]) : 0.5;
        }
      }
    }
  }

  /** Adds area and first moments of the part over 0 of the triangle to the middle of the cell. */
  private static void addTriangle(
      double xa, double ya, double fa, double xb, double yb, double fb, double fm, double[] sum) {
    double[] x = {xa, xb, 0.5};
    double[] y = {ya, yb, 0.5};
    double[] f = {fa, fb, fm};
    double[] px = new double[4];
    double[] py = new double[4];
    int count = 0;
    for (int p = 0; p < 3; p++) {
      int q = (p + 1) % 3;
      if (f[p] > 0) {
        px[count] = x[p];
        py[count++] = y[p];
      }
      if ((f[p] > 0) != (f[q] > 0)) {
        double t = f[p] / (f[p] - f[q]);
        px[count] = x[p] + t * (x[q] - x[p]);
        py[count++] = y[p] + t * (y[q] - y[p]);
      }
    }
    for (int p = 2; p < count; p++) {
      double area =
          0.5
              * Math.abs(
                  (px[p - 1] - px[0]) * (py[p] - py[0]) - (px[p] - px[0]) * (py[p - 1] - py[0]));
      sum[0] += area;
      sum[1] += area * (px[0] + px[p - 1] + px[p]) / 3;
      sum[2] += area * (py[0] + py[p - 1] + py[p]) / 3;
    }
  }

  private static double clamp(double share) {
    return Math.min(Math.max(share, 0), 1);
  }
}
