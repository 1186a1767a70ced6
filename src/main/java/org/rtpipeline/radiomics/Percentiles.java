package org.rtpipeline.radiomics;

/**
 * Percentiles by linear interpolation between order statistics (NumPy's default). Selection, not
 * sorting: asking is cheap once the neighbourhood of an answer is in place.
 */
final class Percentiles {

  private final double[] x;
  private final boolean[] placed;

  /** Works on a copy of the values, at least one, none NaN. */
  Percentiles(double[] values) {
    x = values.clone();
    placed = new boolean[values.length];
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
    int from = 0;
    int to = x.length - 1;
    if (placed[k]) {
      return x[k];
    }
    for (int i = k; i >= 0; i--) {
      if (placed[i]) {
        from = i + 1;
        break;
      }
    }
    for (int i = k; i < x.length; i++) {
      if (placed[i]) {
        to = i - 1;
        break;
      }
    }
    while (from < to) {
      double pivot = median(x[from], x[from + (to - from) / 2], x[to]);
      int i = from;
      int j = to;
      while (i <= j) {
        while (x[i] < pivot) {
          i++;
        }
        while (x[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = x[i];
          x[i++] = x[j];
          x[j--] = swapped;
        }
      }
      if (k <= j) {
        to = j;
      } else if (k >= i) {
        from = i;
      } else {
        break;
      }
    }
    placed[k] = true;
    return x[k];
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
