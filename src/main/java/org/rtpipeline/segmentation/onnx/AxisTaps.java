package org.rtpipeline.segmentation.onnx;

/**
 * Resampling of one axis as weights: new sample i is the sum of the old samples from {@code
 * first(i)} on, times its weights.
 *
 * <p>Samples are cells of one common length, so new sample i lies at old index {@code (i + ½)·n/m −
 * ½}; outside, the edge sample goes on. These are the conventions of {@code
 * scipy.ndimage.zoom(mode='nearest', grid_mode=True)}.
 */
final class AxisTaps {

  /** Pole of the filter that turns samples into coefficients of the cubic B-spline (Unser 1993). */
  private static final double POLE = Math.sqrt(3) - 2;

  /** Coefficients further away than this weigh less than 1e-18. */
  private static final int SPLINE_REACH = 32;

  private final int from;
  private final int[] first;
  private final double[][] weights;

  private AxisTaps(int from, int[] first, double[][] weights) {
    this.from = from;
    this.first = first;
    this.weights = weights;
  }

  /**
   * From n samples to m samples; the same samples when n is m.
   *
   * @param order of the spline: 0 nearest, 1 linear, 3 cubic
   */
  static AxisTaps of(int n, int m, int order) {
    if (order != 0 && order != 1 && order != 3) {
      throw new IllegalArgumentException("spline order is 0, 1 or 3, got " + order);
    }
    int[] first = new int[m];
    double[][] weights = new double[m][];
    double scale = (double) n / m;
    for (int i = 0; i < m; i++) {
      double at = scale * (i + 0.5) - 0.5;
      if (n == m || order == 0) {
        double clamped = Math.max(0, Math.min(n - 1.0, at));
        first[i] = n == m ? i : (int) Math.floor(clamped + 0.5);
        weights[i] = new double[] {1};
      } else if (order == 1) {
        linear(at, n, i, first, weights);
      } else {
        cubic(at, n, i, first, weights);
      }
    }
    return new AxisTaps(n, first, weights);
  }

  private static void linear(double at, int n, int i, int[] first, double[][] weights) {
    double clamped = Math.max(0, Math.min(n - 1.0, at));
    int low = (int) Math.floor(clamped);
    double part = clamped - low;
    first[i] = low;
    weights[i] = low + 1 < n ? new double[] {1 - part, part} : new double[] {1};
  }

  private static void cubic(double at, int n, int i, int[] first, double[][] weights) {
    int base = (int) Math.floor(at);
    double t = at - base;
    double u = 1 - t;
    double[] spline = {
      u * u * u / 6, 2.0 / 3 - t * t * (2 - t) / 2, 2.0 / 3 - u * u * (2 - u) / 2, t * t * t / 6
    };
    double[] power = new double[SPLINE_REACH + 1];
    power[0] = -6 * POLE / (1 - POLE * POLE);
    for (int k = 1; k <= SPLINE_REACH; k++) {
      power[k] = power[k - 1] * POLE;
    }
    int low = clamp(base - 1 - SPLINE_REACH, n);
    int high = clamp(base + 2 + SPLINE_REACH, n);
    double[] row = new double[high - low + 1];
    for (int k = 0; k < 4; k++) {
      for (int s = -SPLINE_REACH; s <= SPLINE_REACH; s++) {
        row[clamp(base - 1 + k + s, n) - low] += spline[k] * power[Math.abs(s)];
      }
    }
    first[i] = low;
    weights[i] = row;
  }

  private static int clamp(int index, int n) {
    return Math.max(0, Math.min(n - 1, index));
  }

  /** Old samples. */
  int from() {
    return from;
  }

  /** New samples. */
  int to() {
    return first.length;
  }

  /** The first old sample that new sample i is made of. */
  int first(int i) {
    return first[i];
  }

  /** The last old sample that new sample i is made of. */
  int last(int i) {
    return first[i] + weights[i].length - 1;
  }

  /** Weights of the old samples of new sample i; the array itself. */
  double[] weights(int i) {
    return weights[i];
  }

  /**
   * A plane resampled along both axes.
   *
   * @param plane rows.from() x columns.from() values, columns fastest
   * @return rows.to() x columns.to() values
   */
  static double[] plane(double[] plane, AxisTaps rows, AxisTaps columns) {
    if (plane.length != rows.from * columns.from) {
      throw new IllegalArgumentException(
          "plane has " + plane.length + " values, taps " + rows.from + " x " + columns.from);
    }
    int width = columns.to();
    double[] wide = new double[rows.from * width];
    for (int y = 0; y < rows.from; y++) {
      for (int x = 0; x < width; x++) {
        double[] weight = columns.weights[x];
        int at = y * columns.from + columns.first[x];
        double sum = 0;
        for (int k = 0; k < weight.length; k++) {
          sum += weight[k] * plane[at + k];
        }
        wide[y * width + x] = sum;
      }
    }
    double[] out = new double[rows.to() * width];
    for (int y = 0; y < rows.to(); y++) {
      double[] weight = rows.weights[y];
      for (int k = 0; k < weight.length; k++) {
        add(wide, (rows.first[y] + k) * width, weight[k], out, y * width, width);
      }
    }
    return out;
  }

  private static void add(double[] in, int at, double weight, double[] out, int to, int values) {
    for (int i = 0; i < values; i++) {
      out[to + i] += weight * in[at + i];
    }
  }
}
