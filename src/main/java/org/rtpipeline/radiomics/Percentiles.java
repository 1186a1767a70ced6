package org.rtpipeline.radiomics;

import java.util.Arrays;

/**
 * Percentiles by linear interpolation between order statistics (NumPy's default). Values are
 * counted in equal intervals between the least and the greatest; only the intervals that hold an
 * answer are sorted.
 */
final class Percentiles {

  private static final int INTERVALS = 4096;

  private final double[] x;
  private final double least;
  private final double scale;
  private final int[] upTo;
  private final double[][] sorted;

  /** Keeps the array: at least one value, none NaN. */
  Percentiles(double[] values) {
    x = values;
    double low = values[0];
    double high = values[0];
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    least = low;
    double range = high - low;
    boolean isOne = !(range > 0) || !Double.isFinite(INTERVALS / range) || range > Float.MAX_VALUE;
    scale = isOne ? 0 : (INTERVALS - 1) / range;
    upTo = new int[INTERVALS];
    for (double value : values) {
      upTo[interval(value)]++;
    }
    for (int i = 1; i < INTERVALS; i++) {
      upTo[i] += upTo[i - 1];
    }
    sorted = new double[INTERVALS][];
  }

  /** Never falls as the value rises. */
  private int interval(double value) {
    return scale == 0 ? 0 : (int) ((value - least) * scale);
  }

  /** The percentile, 0 to 100. */
  double at(double percent) {
    double position = percent / 100 * (x.length - 1);
    int below = (int) Math.floor(position);
    double share = position - below;
    double low = select(below);
    if (share == 0) {
      return low;
    }
    double high = select(below + 1);
    double step = high - low;
    return share >= 0.5 ? high - step * (1 - share) : low + step * share;
  }

  /** Value at a position of the sorted order. */
  double select(int k) {
    int found = Arrays.binarySearch(upTo, k + 1);
    int interval = found < 0 ? -found - 1 : found;
    while (interval > 0 && upTo[interval - 1] > k) {
      interval--;
    }
    int before = interval == 0 ? 0 : upTo[interval - 1];
    double[] values = sorted[interval];
    if (values == null) {
      values = valuesOf(interval, upTo[interval] - before);
      sorted[interval] = values;
    }
    return values[k - before];
  }

  private double[] valuesOf(int interval, int n) {
    double[] values = new double[n];
    int to = 0;
    for (double value : x) {
      if (interval(value) == interval) {
        values[to++] = value;
      }
    }
    Arrays.sort(values);
    return values;
  }
}
