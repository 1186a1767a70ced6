package org.rtpipeline.radiomics;

/**
 * Discrete Fourier transform of a line of complex samples whose number has no prime factor over 5
 * (Cooley and Tukey 1965). Not safe for two threads at once.
 */
final class LineFourier {

  private static final int LARGEST_FACTOR = 5;

  private final int n;
  private final double[] cos;
  private final double[] sin;
  private final double[] re;
  private final double[] im;
  private final double[] partRe = new double[LARGEST_FACTOR];
  private final double[] partIm = new double[LARGEST_FACTOR];

  /** For lines of a length that {@link #length} gave. */
  LineFourier(int n) {
    this.n = n;
    cos = new double[n];
    sin = new double[n];
    re = new double[n];
    im = new double[n];
    for (int k = 0; k < n; k++) {
      cos[k] = Math.cos(2 * Math.PI * k / n);
      sin[k] = -Math.sin(2 * Math.PI * k / n);
    }
  }

  /** Least even number of samples, at least so many, that can be transformed. */
  static int length(int atLeast) {
    int n = Math.max(2, atLeast + atLeast % 2);
    while (left(n) != 1) {
      n += 2;
    }
    return n;
  }

  private static int left(int n) {
    int left = n;
    for (int factor = 2; factor <= LARGEST_FACTOR; factor++) {
      while (left % factor == 0) {
        left /= factor;
      }
    }
    return left;
  }

  /**
   * Replaces a line by its transform, not normalised. Real and imaginary part exchanged, it is the
   * inverse transform.
   *
   * @param x real parts
   * @param y imaginary parts
   * @param start first sample
   * @param stride distance of samples
   */
  void transform(double[] x, double[] y, int start, int stride) {
    recurse(x, y, start, stride, 0, n);
    for (int k = 0; k < n; k++) {
      x[start + k * stride] = re[k];
      y[start + k * stride] = im[k];
    }
  }

  private void recurse(double[] x, double[] y, int start, int stride, int to, int length) {
    if (length == 1) {
      re[to] = x[start];
      im[to] = y[start];
      return;
    }
    int factor = length % 4 == 0 ? 4 : length % 2 == 0 ? 2 : length % 3 == 0 ? 3 : 5;
    int part = length / factor;
    for (int r = 0; r < factor; r++) {
      recurse(x, y, start + r * stride, stride * factor, to + r * part, part);
    }
    int turn = n / length;
    for (int k = 0; k < part; k++) {
      for (int r = 0; r < factor; r++) {
        int at = to + r * part + k;
        int w = r * k * turn;
        partRe[r] = re[at] * cos[w] - im[at] * sin[w];
        partIm[r] = re[at] * sin[w] + im[at] * cos[w];
      }
      combine(factor, part, to + k);
    }
  }

  private void combine(int factor, int part, int to) {
    if (factor == 4) {
      four(part, to);
      return;
    }
    int turn = n / factor;
    for (int q = 0; q < factor; q++) {
      double sumRe = partRe[0];
      double sumIm = partIm[0];
      for (int r = 1; r < factor; r++) {
        int w = r * q % factor * turn;
        sumRe += partRe[r] * cos[w] - partIm[r] * sin[w];
        sumIm += partRe[r] * sin[w] + partIm[r] * cos[w];
      }
      re[to + q * part] = sumRe;
      im[to + q * part] = sumIm;
    }
  }

  private void four(int part, int to) {
    double evenRe = partRe[0] + partRe[2];
    double evenIm = partIm[0] + partIm[2];
    double oddRe = partRe[0] - partRe[2];
    double oddIm = partIm[0] - partIm[2];
    double sumRe = partRe[1] + partRe[3];
    double sumIm = partIm[1] + partIm[3];
    double offRe = partRe[1] - partRe[3];
    double offIm = partIm[1] - partIm[3];
    re[to] = evenRe + sumRe;
    im[to] = evenIm + sumIm;
    re[to + part] = oddRe + offIm;
    im[to + part] = oddIm - offRe;
    re[to + 2 * part] = evenRe - sumRe;
    im[to + 2 * part] = evenIm - sumIm;
    re[to + 3 * part] = oddRe - offIm;
    im[to + 3 * part] = oddIm + offRe;
  }
}
