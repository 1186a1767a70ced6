package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Joins holes to the outlines around them by channels without width. */
final class Channels {

  private Channels() {}

  /**
   * The loops with every hole hung on the next loop to its left.
   *
   * @param loops x, y of every point in turn; those with the inside on the left hand are holes
   */
  static List<double[]> joined(List<double[]> loops) {
    List<double[]> joined = new ArrayList<>();
    List<double[]> holes = new ArrayList<>();
    for (double[] loop : loops) {
      (doubleArea(loop) < 0 ? holes : joined).add(loop);
    }
    holes.sort(Comparator.comparingDouble(hole -> hole[leftmost(hole)]));
    for (double[] hole : holes) {
      hang(hole, joined);
    }
    return joined;
  }

  /** Twice the area of a loop, positive with the inside on the right hand (y downwards). */
  static double doubleArea(double[] loop) {
    double sum = 0;
    for (int p = 0; p < loop.length; p += 2) {
      int q = (p + 2) % loop.length;
      sum += loop[p] * loop[q + 1] - loop[q] * loop[p + 1];
    }
    return sum;
  }

  private static int leftmost(double[] loop) {
    int best = 0;
    for (int p = 2; p < loop.length; p += 2) {
      if (loop[p] < loop[best]) {
        best = p;
      }
    }
    return best;
  }

  private static void hang(double[] hole, List<double[]> joined) {
    int from = leftmost(hole);
    double x = hole[from];
    double y = hole[from + 1];
    int ring = -1;
    int after = -1;
    double nearest = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < joined.size(); r++) {
      double[] loop = joined.get(r);
      for (int p = 0; p < loop.length; p += 2) {
        int q = (p + 2) % loop.length;
        if (loop[p + 1] <= y != loop[q + 1] <= y) {
          double share = (y - loop[p + 1]) / (loop[q + 1] - loop[p + 1]);
          double crossing = loop[p] + share * (loop[q] - loop[p]);
          if (crossing < x && crossing > nearest) {
            nearest = crossing;
            ring = r;
            after = p;
          }
        }
      }
    }
    if (ring < 0) {
      joined.add(hole);
    } else {
      joined.set(ring, spliced(joined.get(ring), after, nearest, hole, from));
    }
  }

  private static double[] spliced(
      double[] loop, int after, double crossing, double[] hole, int from) {
    double[] out = new double[loop.length + hole.length + 6];
    System.arraycopy(loop, 0, out, 0, after + 2);
    int at = after + 2;
    out[at++] = crossing;
    out[at++] = hole[from + 1];
    for (int p = 0; p <= hole.length; p += 2) {
      out[at++] = hole[(from + p) % hole.length];
      out[at++] = hole[(from + p) % hole.length + 1];
    }
    out[at++] = crossing;
    out[at++] = hole[from + 1];
    System.arraycopy(loop, after + 2, out, at, loop.length - after - 2);
    return out;
  }
}
