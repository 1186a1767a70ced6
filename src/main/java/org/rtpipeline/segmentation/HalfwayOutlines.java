package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Outlines of a mask in one plane where its smoothed values pass one half: marching squares over a
 * Gaussian of {@value #SIGMA} pixels, crossings by linear interpolation, points in pixels.
 */
final class HalfwayOutlines {

  private static final double SIGMA = 0.7;
  private static final int REACH = 3;
  private static final double LEVEL = 0.5;

  private final double[] values;
  private final int width;
  private final int height;

  private HalfwayOutlines(double[] values, int width, int height) {
    this.values = values;
    this.width = width;
    this.height = height;
  }

  /**
   * The outlines of one plane, inside on the right hand (x to the right, y downwards).
   *
   * @param mask 1 inside; x fastest, then y
   * @return x, y of every point in turn; holes are loops of their own unless they hang on a channel
   */
  static List<double[]> of(byte[] mask, int columns, int rows, ContourOptions.Holes holes) {
    int width = columns + 2 * REACH;
    int height = rows + 2 * REACH;
    double[] padded = new double[width * height];
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        padded[(j + REACH) * width + i + REACH] = mask[j * columns + i];
      }
    }
    double[] smooth = smoothed(smoothed(padded, width, height, 1), width, height, width);
    List<double[]> loops = new HalfwayOutlines(smooth, width, height).loops();
    return holes == ContourOptions.Holes.KEYHOLE ? Channels.joined(loops) : loops;
  }

  private static double[] smoothed(double[] in, int width, int height, int stride) {
    double[] weights = new double[2 * REACH + 1];
    double sum = 0;
    for (int w = -REACH; w <= REACH; w++) {
      weights[w + REACH] = Math.exp(-0.5 * w * w / (SIGMA * SIGMA));
      sum += weights[w + REACH];
    }
    double[] out = new double[in.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int place = stride == 1 ? x : y;
        int most = stride == 1 ? width : height;
        double value = 0;
        for (int w = Math.max(-REACH, -place); w <= Math.min(REACH, most - 1 - place); w++) {
          value += weights[w + REACH] * in[y * width + x + w * stride];
        }
        out[y * width + x] = value / sum;
      }
    }
    return out;
  }

  /** Sides of the cells are numbered 2·(y·width + x), one more for the side that runs along y. */
  private List<double[]> loops() {
    int[] next = new int[2 * width * height];
    Arrays.fill(next, -1);
    for (int y = 0; y + 1 < height; y++) {
      for (int x = 0; x + 1 < width; x++) {
        link(x, y, next);
      }
    }
    List<double[]> loops = new ArrayList<>();
    for (int start = 0; start < next.length; start++) {
      if (next[start] >= 0) {
        loops.add(loop(start, next));
      }
    }
    return loops;
  }

  /**
   * Links the sides that the outline crosses in the cell between four pixel centres. Clockwise from
   * the upper left corner, it comes in over a side from inside to outside and leaves over one from
   * outside to inside; where it crosses all four, the mean of the corners says what hangs together.
   */
  private void link(int x, int y, int[] next) {
    int at = y * width + x;
    int[] sides = {2 * at, 2 * (at + 1) + 1, 2 * (at + width), 2 * at + 1};
    double[] corners = {values[at], values[at + 1], values[at + width + 1], values[at + width]};
    double middle = (corners[0] + corners[1] + corners[2] + corners[3]) / 4;
    boolean isSaddle = crossings(corners) == 4;
    for (int side = 0; side < 4; side++) {
      if (corners[side] > LEVEL && corners[(side + 1) % 4] <= LEVEL) {
        int leave = isSaddle ? (side + (middle > LEVEL ? 1 : 3)) % 4 : entry(corners);
        next[sides[side]] = sides[leave];
      }
    }
  }

  private static int crossings(double[] corners) {
    int crossings = 0;
    for (int side = 0; side < 4; side++) {
      crossings += corners[side] > LEVEL != corners[(side + 1) % 4] > LEVEL ? 1 : 0;
    }
    return crossings;
  }

  /** The side that leads, clockwise, from outside to inside. */
  private static int entry(double[] corners) {
    int side = 0;
    while (corners[side] > LEVEL || corners[(side + 1) % 4] <= LEVEL) {
      side++;
    }
    return side;
  }

  private double[] loop(int start, int[] next) {
    double[] points = new double[64];
    int count = 0;
    int side = start;
    while (next[side] >= 0) {
      if (count == points.length) {
        points = Arrays.copyOf(points, 2 * count);
      }
      int at = side / 2;
      int other = side % 2 == 0 ? at + 1 : at + width;
      double share = (LEVEL - values[at]) / (values[other] - values[at]);
      points[count++] = at % width - REACH + (side % 2 == 0 ? share : 0);
      points[count++] = at / width - REACH + (side % 2 == 0 ? 0 : share);
      int to = next[side];
      next[side] = -1;
      side = to;
    }
    return Arrays.copyOf(points, count);
  }
}
