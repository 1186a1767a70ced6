package org.rtpipeline.radiomics;

import java.util.Optional;

/**
 * Grey levels of the intensities of a region by the bins of the IBSI (chapter 2.7): levels count
 * from 1.
 */
final class GreyLevels {

  private final int[] levels;
  private final int highest;
  private final double start;
  private final double size;

  private GreyLevels(int[] levels, int highest, double start, double size) {
    this.levels = levels;
    this.highest = highest;
    this.start = start;
    this.size = size;
  }

  /**
   * Levels of intensities, at least one; empty when the bins would be too many.
   *
   * <p>Fixed size: ⌊(x - x₀) / size⌋ + 1 with x₀ the lower bound of the range, else the least
   * intensity. Fixed number: ⌊N (x - min) / (max - min)⌋ + 1, the greatest intensity in N; equal
   * intensities are level 1.
   */
  static Optional<GreyLevels> of(
      double[] x, IbsiOptions.Bins bins, IbsiOptions.Narrowing narrowing) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    double min = least;
    double max = greatest;
    return bins.fold(
        fixed -> {
          double start = narrowing.lower() == null ? min : narrowing.lower();
          return sized(x, start, max, fixed.size());
        },
        fixed -> Optional.of(numbered(x, min, max, fixed.number())));
  }

  private static Optional<GreyLevels> sized(double[] x, double start, double max, double size) {
    double highest = Math.floor((max - start) / size) + 1;
    if (highest > BinEdges.MOST_BINS) {
      return Optional.empty();
    }
    int[] levels = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      levels[i] = (int) Math.floor((x[i] - start) / size) + 1;
    }
    return Optional.of(new GreyLevels(levels, (int) highest, start, size));
  }

  private static GreyLevels numbered(double[] x, double min, double max, int number) {
    int[] levels = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      double share = max == min ? 0 : (x[i] - min) / (max - min);
      levels[i] = Math.min(number, (int) Math.floor(number * share) + 1);
    }
    return new GreyLevels(levels, max == min ? 1 : number, min, (max - min) / number);
  }

  /** Level of each intensity; the array itself. */
  int[] levels() {
    return levels;
  }

  /** Number of levels of the histogram: the greatest that bins of this kind reach. */
  int highest() {
    return highest;
  }

  /** Lower edge of level 1. */
  double start() {
    return start;
  }

  /** Width of a level. */
  double size() {
    return size;
  }
}
