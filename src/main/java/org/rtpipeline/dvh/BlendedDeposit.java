package org.rtpipeline.dvh;

import org.rtpipeline.geometry.CellCoverage;

/** Adds the thin layers of a blended surface to a histogram, and their extremes to a range. */
final class BlendedDeposit {

  /** Layers per distance between two planes at least, so that the surface between is followed. */
  static final int LAYERS_PER_GAP = 12;

  private final BlendedSurface surface;
  private final DoseLattice lattice;
  private final int split;
  private final HistogramBuilder builder;
  private final double[] range;
  private final CellCoverage coverage;
  private final double[] function;
  private final byte[] entries;
  private final double[] lowGy;
  private final double[] highGy;

  /**
   * Layers of one surface.
   *
   * @param range lowest and highest dose so far, widened
   */
  BlendedDeposit(
      BlendedSurface surface,
      DoseLattice lattice,
      int split,
      HistogramBuilder builder,
      double[] range) {
    this.surface = surface;
    this.lattice = lattice;
    this.split = split;
    this.builder = builder;
    this.range = range;
    int[] window = surface.window();
    this.coverage = new CellCoverage(window[2] * split, window[3] * split);
    this.function = new double[surface.nodes()];
    this.entries = new byte[window[2] * window[3]];
    this.lowGy = new double[(window[2] + 1) * (window[3] + 1)];
    this.highGy = new double[lowGy.length];
  }

  /**
   * Adds the layers between two offsets and returns their volume, mm³, inside the dose or not.
   *
   * @param lowMm lower offset
   * @param highMm upper offset
   */
  double add(double lowMm, double highMm) {
    double thickestMm =
        Math.min((highMm - lowMm) / LAYERS_PER_GAP, lattice.smallestStepW() * 2.0 / split);
    double[] cuts = lattice.cuts(lowMm, highMm, thickestMm);
    double volumeMm3 = 0;
    for (int l = 0; l + 1 < cuts.length; l++) {
      volumeMm3 += layer(cuts[l], cuts[l + 1]);
    }
    return volumeMm3;
  }

  private double layer(double lowMm, double highMm) {
    double middleMm = 0.5 * (lowMm + highMm);
    surface.at(middleMm, function);
    coverage.coverWhereOver0(function);
    double cellMm3 = lattice.stepU() / split * (lattice.stepV() / split) * (highMm - lowMm);
    double cells = 0;
    for (double share : coverage.share()) {
      cells += share;
    }
    if (middleMm > lattice.lowestW() && middleMm < lattice.highestW()) {
      int[] window = surface.window();
      lattice.window(lowMm, window[0], window[1], window[2] + 1, window[3] + 1, lowGy);
      lattice.window(highMm, window[0], window[1], window[2] + 1, window[3] + 1, highGy);
      deposit(window, cellMm3);
      widen(lowGy);
      widen(highGy);
    }
    return cells * cellMm3;
  }

  private void deposit(int[] window, double cellMm3) {
    int[] counts = {lattice.countU(), lattice.countV()};
    DepositKernel.entries(coverage, window, split, counts, entries);
    double blockMm3 = cellMm3 * split * split;
    DepositKernel.blocks(DepositKernel.ONCE, entries, window, lowGy, highGy, blockMm3, builder);
    DepositKernel.cells(coverage, entries, window, split, counts, lowGy, highGy, cellMm3, builder);
  }

  /** Notes the doses where the surface crosses the raster, and at lattice points inside. */
  private void widen(double[] gy) {
    int[] window = surface.window();
    int columns = window[2] * split + 1;
    int rows = window[3] * split + 1;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double f = function[y * columns + x];
        if (f > 0 && x % split == 0 && y % split == 0) {
          note(gy, x, y);
        }
        if (x + 1 < columns) {
          double right = function[y * columns + x + 1];
          if ((f > 0) != (right > 0)) {
            note(gy, x + f / (f - right), y);
          }
        }
        if (y + 1 < rows) {
          double above = function[(y + 1) * columns + x];
          if ((f > 0) != (above > 0)) {
            note(gy, x, y + f / (f - above));
          }
        }
      }
    }
  }

  private void note(double[] gy, double x, double y) {
    int[] window = surface.window();
    double u = x / split;
    double v = y / split;
    if (u + window[0] < -0.5
        || u + window[0] > lattice.countU() - 0.5
        || v + window[1] < -0.5
        || v + window[1] > lattice.countV() - 0.5) {
      return;
    }
    int i = Math.min((int) u, window[2] - 1);
    int j = Math.min((int) v, window[3] - 1);
    int width = window[2] + 1;
    int at = j * width + i;
    double low = gy[at] + (gy[at + 1] - gy[at]) * (u - i);
    double high = gy[at + width] + (gy[at + width + 1] - gy[at + width]) * (u - i);
    double dose = low + (high - low) * (v - j);
    if (dose < range[0]) {
      range[0] = dose;
    }
    if (dose > range[1]) {
      range[1] = dose;
    }
  }
}
