package org.rtpipeline.radiomics;

import java.util.Optional;

/**
 * Edges of grey level bins as PyRadiomics computes them, in floating point: the level of an
 * intensity is the number of edges that it reaches.
 */
final class BinEdges {

  /** More bins than this in one region are refused. */
  static final int MOST_BINS = 1 << 22;

  private final double[] edges;
  private final double start;
  private final double step;

  private BinEdges(double[] edges, double step) {
    this.edges = edges;
    this.start = edges[0];
    this.step = step;
  }

  /** Edges for at least one intensity; empty when there would be more than {@link #MOST_BINS}. */
  static Optional<BinEdges> of(double[] x, Discretisation how, Raster.Numbers numbers) {
    double minimum = x[0];
    double maximum = x[0];
    for (double value : x) {
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
    double low = minimum;
    double high = maximum;
    return how.fold(
        width -> ofWidth(low, high, width.width()),
        count -> Optional.of(ofCount(low, high, count.count(), numbers)));
  }

  private static Optional<BinEdges> ofWidth(double minimum, double maximum, double width) {
    double rest = minimum % width;
    if (rest < 0) {
      rest += width;
    }
    double first = minimum - rest;
    double bins = Math.ceil((maximum + 2 * width - first) / width);
    if (bins > MOST_BINS) {
      return Optional.empty();
    }
    double step = first + width - first;
    double[] edges = new double[(int) bins];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = first + i * step;
    }
    return Optional.of(new BinEdges(edges, step));
  }

  private static BinEdges ofCount(
      double minimum, double maximum, int count, Raster.Numbers numbers) {
    double first = minimum == maximum ? minimum - 0.5 : minimum;
    double last = minimum == maximum ? maximum + 0.5 : maximum;
    double step = (last - first) / count;
    double[] edges = new double[count + 1];
    for (int i = 0; i <= count; i++) {
      double edge = i == count ? last : i * step + first;
      edges[i] = numbers == Raster.Numbers.SINGLE ? (float) edge : edge;
    }
    edges[count] = numbers == Raster.Numbers.SINGLE ? (float) (edges[count] + 1) : edges[count] + 1;
    return new BinEdges(edges, step);
  }

  /** Level of each intensity: how many edges are at most it. */
  int[] levels(double[] x) {
    int[] levels = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      levels[i] = level(x[i]);
    }
    return levels;
  }

  private int level(double value) {
    int level = (int) Math.floor((value - start) / step) + 1;
    level = Math.max(0, Math.min(edges.length, level));
    while (level < edges.length && edges[level] <= value) {
      level++;
    }
    while (level > 0 && edges[level - 1] > value) {
      level--;
    }
    return level;
  }
}
