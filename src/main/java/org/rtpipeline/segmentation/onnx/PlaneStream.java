package org.rtpipeline.segmentation.onnx;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Resamples a volume of some channels plane by plane: planes go in, planes of the new grid come out
 * as soon as they can be made, and no more planes are held than the next one needs.
 */
final class PlaneStream {

  /** Takes the new planes one after the other. */
  @FunctionalInterface
  interface Sink {

    /**
     * The next plane.
     *
     * @param index from 0, without gaps
     * @param channels the plane of every channel; the sink may keep the arrays
     */
    void plane(int index, double[][] channels);
  }

  private final Resampling resampling;
  private final Bounds[] bounds;
  private final Sink sink;
  private final Deque<double[][]> held = new ArrayDeque<>();
  private int firstHeld;
  private int next;

  /**
   * Starts at the first plane.
   *
   * @param bounds of each channel, when the resampling needs them
   * @param sink takes the new planes
   */
  PlaneStream(Resampling resampling, Bounds[] bounds, Sink sink) {
    this.resampling = resampling;
    this.bounds = bounds;
    this.sink = sink;
  }

  /** Takes the next plane, one array for each channel. */
  void push(float[][] channels) {
    double[][] planes = new double[channels.length][];
    for (int c = 0; c < channels.length; c++) {
      planes[c] = resized(channels[c]);
    }
    held.addLast(planes);
    AxisTaps taps = resampling.planes();
    int newest = firstHeld + held.size() - 1;
    while (next < taps.to() && taps.last(next) <= newest) {
      sink.plane(next, mixed(taps, channels.length));
      next++;
      while (next < taps.to() && firstHeld < taps.first(next) && !held.isEmpty()) {
        held.removeFirst();
        firstHeld++;
      }
    }
  }

  private double[] resized(float[] plane) {
    double[] values = new double[plane.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = plane[i];
    }
    double[] out = AxisTaps.plane(values, resampling.rows(), resampling.columns());
    if (resampling.clipsPlanes()) {
      Bounds.of(plane).hold(out);
    }
    return out;
  }

  private double[][] mixed(AxisTaps taps, int channels) {
    double[] weights = taps.weights(next);
    double[][] sums = new double[channels][];
    int skip = taps.first(next) - firstHeld;
    int k = -skip;
    for (double[][] planes : held) {
      if (k >= 0 && k < weights.length) {
        for (int c = 0; c < channels; c++) {
          sums[c] = sums[c] == null ? times(planes[c], weights[k]) : sums[c];
          if (k > 0) {
            add(planes[c], weights[k], sums[c]);
          }
        }
      }
      k++;
    }
    for (int c = 0; resampling.needsBounds() && c < channels; c++) {
      bounds[c].hold(sums[c]);
    }
    return sums;
  }

  private static double[] times(double[] values, double weight) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = weight * values[i];
    }
    return out;
  }

  private static void add(double[] values, double weight, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * values[i];
    }
  }
}
