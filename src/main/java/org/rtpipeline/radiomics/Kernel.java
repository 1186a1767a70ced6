package org.rtpipeline.radiomics;

/** Taps along one axis; sample k of a convolution is Σ taps[j]·x[k + centre − j]. */
final class Kernel {

  /** Leaves an axis as it is. */
  static final Kernel NONE = new Kernel(new double[] {1}, 0);

  private final double[] taps;
  private final int centre;

  /** Keeps the array. */
  Kernel(double[] taps, int centre) {
    this.taps = taps;
    this.centre = centre;
  }

  /** Taps about their middle; of an even count, the one after the middle is the centre. */
  static Kernel centred(double... taps) {
    return new Kernel(taps, taps.length / 2);
  }

  /** The mean of an odd count of samples. */
  static Kernel mean(int samples) {
    double[] taps = new double[samples];
    java.util.Arrays.fill(taps, 1.0 / samples);
    return centred(taps);
  }

  /** The kernel seen from the other end of the axis. */
  Kernel flipped() {
    double[] turned = new double[taps.length];
    for (int j = 0; j < turned.length; j++) {
      turned[j] = taps[taps.length - 1 - j];
    }
    return new Kernel(turned, taps.length - 1 - centre);
  }

  /** The kernel with its taps so many samples apart. */
  Kernel dilated(int step) {
    double[] apart = new double[taps.length * step];
    for (int j = 0; j < taps.length; j++) {
      apart[j * step] = taps[j];
    }
    return new Kernel(apart, centre * step);
  }

  /** Samples to either side that the kernel may read. */
  int reach() {
    return Math.max(centre, taps.length - 1 - centre);
  }

  /**
   * The convolution along an axis; a new array.
   *
   * @param in x fastest, then y, then z
   * @param n samples along x, y and z
   */
  double[] along(double[] in, int[] n, int axis, Boundary boundary) {
    int inner = axis == 0 ? 1 : axis == 1 ? n[0] : n[0] * n[1];
    int row = n[axis] * inner;
    int samples = n[axis] + taps.length - 1;
    double[] extended = new double[samples * inner];
    double[] out = new double[in.length];
    for (int start = 0; start < in.length; start += row) {
      for (int i = 0; i < samples; i++) {
        int from = boundary.at(i + centre - (taps.length - 1), n[axis]);
        if (from != Boundary.OUTSIDE) {
          System.arraycopy(in, start + from * inner, extended, i * inner, inner);
        }
      }
      for (int j = 0; j < taps.length; j++) {
        double tap = taps[j];
        int at = (taps.length - 1 - j) * inner;
        for (int i = 0; tap != 0 && i < row; i++) {
          out[start + i] += tap * extended[at + i];
        }
      }
    }
    return out;
  }
}
