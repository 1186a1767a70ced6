package org.rtpipeline.dvh;

import org.rtpipeline.geometry.CellCoverage;

/** Adds the covered cells of one thin layer to a histogram. */
final class DepositKernel {

  private static final int BEYOND = 2;

  /** With more cells per lattice cell than this, cells wholly inside enter one by one, too. */
  private static final int LARGEST_ONCE = 4;

  /** No cell of the block enters: none is covered, or the dose is unknown. */
  static final byte NOTHING = 0;

  /** The covered cells enter one by one. */
  static final byte CELLS = 1;

  /** The block is wholly inside and enters once. */
  static final byte ONCE = 2;

  private DepositKernel() {}

  /**
   * Tells how every block, the cells of one lattice cell, enters a layer.
   *
   * @param coverage cells of the layer, {@code split} per lattice cell and axis
   * @param window first lattice cell along u and v, lattice cells along u and v
   * @param split cells per lattice cell and axis, even
   * @param lattice number of lattice points along u and v
   * @param entries filled from 0, u fastest
   */
  static void entries(
      CellCoverage coverage, int[] window, int split, int[] lattice, byte[] entries) {
    int at = 0;
    for (int j = 0; j < window[3]; j++) {
      int edgeV = edge(window[1] + j, lattice[1]);
      for (int i = 0; i < window[2]; i++) {
        int edgeU = edge(window[0] + i, lattice[0]);
        byte entry = NOTHING;
        if (edgeU != BEYOND && edgeV != BEYOND) {
          entry = entry(coverage, i, j, split);
          if (entry == ONCE && (edgeU != 0 || edgeV != 0 || split > LARGEST_ONCE)) {
            entry = CELLS;
          }
        }
        entries[at++] = entry;
      }
    }
  }

  private static byte entry(CellCoverage coverage, int i, int j, int split) {
    double[] share = coverage.share();
    double first = share[j * split * coverage.columns() + i * split];
    if (first != 0 && first != 1) {
      return CELLS;
    }
    for (int y = 0; y < split; y++) {
      int row = (j * split + y) * coverage.columns() + i * split;
      for (int x = 0; x < split; x++) {
        if (share[row + x] != first) {
          return CELLS;
        }
      }
    }
    return first == 1 ? ONCE : NOTHING;
  }

  /**
   * Adds the blocks of one layer that enter cell by cell.
   *
   * @param coverage cells of the layer, {@code split} per lattice cell and axis
   * @param entries how every block enters
   * @param window first lattice cell along u and v, lattice cells along u and v
   * @param split cells per lattice cell and axis, even
   * @param lattice number of lattice points along u and v
   * @param lowGy doses of the window's lattice points at the lower end of the layer
   * @param highGy the same at its upper end
   * @param cellVolume volume of a whole cell of the layer
   * @param builder receives the volumes
   */
  static void cells(
      CellCoverage coverage,
      byte[] entries,
      int[] window,
      int split,
      int[] lattice,
      double[] lowGy,
      double[] highGy,
      double cellVolume,
      HistogramBuilder builder) {
    int cellsU = window[2];
    int width = cellsU + 1;
    for (int j = 0; j < window[3]; j++) {
      int edgeV = edge(window[1] + j, lattice[1]);
      for (int i = 0; i < cellsU; i++) {
        if (entries[j * cellsU + i] == CELLS) {
          int edgeU = edge(window[0] + i, lattice[0]);
          int at = j * width + i;
          cells(coverage, i, j, split, edgeU, edgeV, at, width, lowGy, highGy, cellVolume, builder);
        }
      }
    }
  }

  /**
   * Adds the blocks of one layer that enter in one way, each once.
   *
   * @param entry which blocks
   * @param entries how every block enters
   * @param window first lattice cell along u and v, lattice cells along u and v
   * @param lowGy doses of the window's lattice points at the lower end of the layer
   * @param highGy the same at its upper end
   * @param blockVolume volume of a whole block of the layer
   * @param builder receives the volumes
   */
  static void blocks(
      byte entry,
      byte[] entries,
      int[] window,
      double[] lowGy,
      double[] highGy,
      double blockVolume,
      HistogramBuilder builder) {
    int cellsU = window[2];
    int width = cellsU + 1;
    for (int j = 0; j < window[3]; j++) {
      for (int i = 0; i < cellsU; i++) {
        if (entries[j * cellsU + i] != entry) {
          continue;
        }
        int at = j * width + i;
        double low0 = lowGy[at] + lowGy[at + width];
        double low1 = lowGy[at + 1] + lowGy[at + width + 1];
        double high0 = highGy[at] + highGy[at + width];
        double high1 = highGy[at + 1] + highGy[at + width + 1];
        double lv = lowGy[at + width] + lowGy[at + width + 1] - lowGy[at] - lowGy[at + 1];
        double hv = highGy[at + width] + highGy[at + width + 1] - highGy[at] - highGy[at + 1];
        double low = low0 + low1;
        double high = high0 + high1;
        double mean = 0.125 * (low + high);
        double wu = low1 + high1 - low0 - high0;
        double wv = lv + hv;
        double ww = high - low;
        if (!Double.isNaN(mean)) {
          builder.deposit(blockVolume, mean, 0.0625 * (wu * wu + wv * wv + ww * ww));
        }
      }
    }
  }

  /** -1 for the strip before the first lattice point, 1 for the one after the last, else 0. */
  private static int edge(int cell, int points) {
    if (cell < -1 || cell > points - 1) {
      return BEYOND;
    }
    if (cell < 0) {
      return -1;
    }
    return cell == points - 1 ? 1 : 0;
  }

  private static void cells(
      CellCoverage coverage,
      int i,
      int j,
      int split,
      int edgeU,
      int edgeV,
      int at,
      int width,
      double[] lowGy,
      double[] highGy,
      double cellVolume,
      HistogramBuilder builder) {
    double l00 = lowGy[at];
    double lu = lowGy[at + 1] - l00;
    double lv = lowGy[at + width] - l00;
    double luv = lowGy[at + width + 1] - l00 - lu - lv;
    double h00 = highGy[at];
    double hu = highGy[at + 1] - h00;
    double hv = highGy[at + width] - h00;
    double huv = highGy[at + width + 1] - h00 - hu - hv;
    if (Double.isNaN(luv + huv)) {
      return;
    }
    double step = 1.0 / split;
    int fromX = edgeU < 0 ? split / 2 : 0;
    int toX = edgeU > 0 ? split / 2 : split;
    int fromY = edgeV < 0 ? split / 2 : 0;
    int toY = edgeV > 0 ? split / 2 : split;
    double[] shares = coverage.share();
    for (int y = fromY; y < toY; y++) {
      int row = (j * split + y) * coverage.columns() + i * split;
      for (int x = fromX; x < toX; x++) {
        double share = shares[row + x];
        if (share > 0) {
          double u = (x + coverage.centroidX()[row + x]) * step;
          double v = (y + coverage.centroidY()[row + x]) * step;
          double low = l00 + lu * u + (lv + luv * u) * v;
          double high = h00 + hu * u + (hv + huv * u) * v;
          double wu = 0.5 * step * (lu + hu + (luv + huv) * v);
          double wv = 0.5 * step * (lv + hv + (luv + huv) * u);
          double ww = high - low;
          builder.deposit(
              share * cellVolume, 0.5 * (low + high), share * (wu * wu + wv * wv) + ww * ww);
        }
      }
    }
  }
}
