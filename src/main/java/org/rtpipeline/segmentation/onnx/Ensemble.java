package org.rtpipeline.segmentation.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Networks that are asked together, each also for mirrored images; the answer is the mean.
 *
 * <p>The mean is taken as nnU-Net takes it: over the image as it is and all mirrored ones of a
 * network, then over the networks.
 */
final class Ensemble implements Network {

  private final List<Network> folds;
  private final List<List<Integer>> flips;

  /**
   * Networks and the axes along which images may be mirrored.
   *
   * @param mirrorAxes of 0, 1 and 2; none to ask for the image as it is alone
   */
  Ensemble(List<Network> folds, List<Integer> mirrorAxes) {
    this.folds = List.copyOf(folds);
    this.flips = combinations(mirrorAxes);
  }

  /** All selections but the empty one, short ones first, each in the given order. */
  static List<List<Integer>> combinations(List<Integer> axes) {
    List<List<Integer>> all = new ArrayList<>();
    for (int size = 1; size <= axes.size(); size++) {
      select(axes, 0, size, List.of(), all);
    }
    return all;
  }

  private static void select(
      List<Integer> axes, int from, int more, List<Integer> chosen, List<List<Integer>> all) {
    if (more == 0) {
      all.add(chosen);
      return;
    }
    for (int i = from; i < axes.size(); i++) {
      List<Integer> longer = new ArrayList<>(chosen);
      longer.add(axes.get(i));
      select(axes, i + 1, more - 1, List.copyOf(longer), all);
    }
  }

  @Override
  public float[] run(float[] values, Extent extent) throws NetworkException {
    float[] sum = mirrored(folds.get(0), values, extent);
    for (int fold = 1; fold < folds.size(); fold++) {
      add(mirrored(folds.get(fold), values, extent), sum);
    }
    divide(sum, folds.size());
    return sum;
  }

  private float[] mirrored(Network network, float[] values, Extent extent) throws NetworkException {
    float[] sum = network.run(values, extent);
    for (List<Integer> axes : flips) {
      add(flipped(network.run(flipped(values, extent, axes), extent), extent, axes), sum);
    }
    divide(sum, flips.size() + 1);
    return sum;
  }

  private static void add(float[] values, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  private static void divide(float[] values, int by) {
    if (by > 1) {
      for (int i = 0; i < values.length; i++) {
        values[i] /= by;
      }
    }
  }

  /** Channels turned round along some axes. */
  static float[] flipped(float[] values, Extent extent, List<Integer> axes) {
    float[] out = new float[values.length];
    int at = 0;
    for (int start = 0; start < values.length; start += extent.voxels()) {
      for (int a = 0; a < extent.n0(); a++) {
        int from0 = axes.contains(0) ? extent.n0() - 1 - a : a;
        for (int b = 0; b < extent.n1(); b++) {
          int from1 = axes.contains(1) ? extent.n1() - 1 - b : b;
          int line = start + (from0 * extent.n1() + from1) * extent.n2();
          boolean back = axes.contains(2);
          for (int c = 0; c < extent.n2(); c++) {
            out[at++] = values[line + (back ? extent.n2() - 1 - c : c)];
          }
        }
      }
    }
    return out;
  }

  @Override
  public void close() {
    folds.forEach(Network::close);
  }
}
