package org.rtpipeline.dvh;

import org.rtpipeline.geometry.CellCoverage;

/** Adds the covered cells of one thin layer to a histogram. */
final class DepositKernel {

  private static final int BEYOND = 2;

  /** With more cells per lattice cell than this, cells wholly inside enter one by one, too. */
  private static final int LARGEST_ONCE = 4;

  private DepositKernel() {}

  /**
   * Adds one layer.
   *
   * @param coverage cells of the layer, {@code split} per lattice cell and axis
   * @param window first lattice cell along u and v, lattice cells along u and v
   * @param split cells per lattice cell and axis, even
   * @param lattice number of lattice points along u and v
   * @param lowGy doses of the window's lattice points at the lower end of the layer
   * @param highGy the same at its upper end
   * @param cellVolume volume of a whole cell of the layer
   * @param builder receives the volumes
   */
  static void layer(
      CellCoverage coverage,
      int[] window,
      int split,
      int[] lattice,
      double[] lowGy,
      double[] highGy,
      double cellVolume,
      HistogramBuilder builder) {
    int cellsU = window[2];
    int cellsV = window[3];
    int width = cellsU + 1;
    double blockVolume = cellVolume * split * split;
    for (int j = 0; j < cellsV; j++) {
      int edgeV = edge(window[1] + j, lattice[1]);
      if (edgeV == BEYOND) {
        continue;
      }
      for (int i = 0; i < cellsU; i++) {
        int edgeU = edge(window[0] + i, lattice[0]);
        if (edgeU == BEYOND) {
          continue;
        }
        int at = j * width + i;
        boolean once =
            split <= LARGEST_ONCE && edgeU == 0 && edgeV == 0 && isFull(coverage, i, j, split);
        if (!once) {
          cells(coverage, i, j, split, edgeU, edgeV, at, width, lowGy, highGy, cellVolume, builder);
          continue;
        }
        double l00 = lowGy[at];
        double l10 = lowGy[at + 1];
        double l01 = lowGy[at + width];
        double l11 = lowGy[at + width + 1];
        double h00 = highGy[at];
        double h10 = highGy[at + 1];
        double h01 = highGy[at + width];
        double h11 = highGy[at + width + 1];
        double low = l00 + l10 + l01 + l11;
        double high = h00 + h10 + h01 + h11;
        double mean = 0.125 * (low + high);
        double wu = 0.25 * (l10 + l11 + h10 + h11 - l00 - l01 - h00 - h01);
        double wv = 0.25 * (l01 + l11 + h01 + h11 - l00 - l10 - h00 - h10);
        double ww = 0.25 * (high - low);
        if (!Double.isNaN(mean)) {
          builder.deposit(blockVolume, mean, wu * wu + wv * wv + ww * ww);
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

  private static boolean isFull(CellCoverage coverage, int i, int j, int split) {
    double[] share = coverage.share();
    for (int y = 0; y < split; y++) {
      int row = (j * split + y) * coverage.columns() + i * split;
      for (int x = 0; x < split; x++) {
        if (share[row + x] != 1) {
          return false;
        }
      }
    }
    return true;
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
