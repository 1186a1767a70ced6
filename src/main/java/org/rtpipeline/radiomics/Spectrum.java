package org.rtpipeline.radiomics;

/** Complex numbers on a grid, as samples or as their discrete Fourier transform. */
final class Spectrum {

  private final int[] n;
  private final double[] re;
  private final double[] im;

  /** Keeps the arrays, x fastest, then y, then z. */
  Spectrum(int[] n, double[] re, double[] im) {
    this.n = n;
    this.re = re;
    this.im = im;
  }

  /** Real parts; the array itself. */
  double[] re() {
    return re;
  }

  /** Imaginary parts; the array itself. */
  double[] im() {
    return im;
  }

  /** Replaces samples by their transform along an axis. */
  void forward(int axis) {
    FourierTransform transform = new FourierTransform(n[axis]);
    double[][] line = new double[2][n[axis]];
    int inner = inner(axis);
    for (int i = 0; i < re.length / n[axis]; i++) {
      int from = first(i, axis);
      read(from, inner, line);
      transform.forward(line);
      write(from, inner, line);
    }
  }

  /** Replaces the transform along an axis by its samples. */
  void inverse(int axis) {
    FourierTransform transform = new FourierTransform(n[axis]);
    double[][] line = new double[2][n[axis]];
    int inner = inner(axis);
    for (int i = 0; i < re.length / n[axis]; i++) {
      int from = first(i, axis);
      read(from, inner, line);
      transform.inverse(line);
      write(from, inner, line);
    }
  }

  /** The product, number by number. */
  Spectrum times(Spectrum other) {
    double[] outRe = new double[re.length];
    double[] outIm = new double[re.length];
    for (int i = 0; i < outRe.length; i++) {
      outRe[i] = re[i] * other.re[i] - im[i] * other.im[i];
      outIm[i] = re[i] * other.im[i] + im[i] * other.re[i];
    }
    return new Spectrum(n, outRe, outIm);
  }

  /** Distance of neighbours along an axis in the arrays. */
  private int inner(int axis) {
    return axis == 0 ? 1 : axis == 1 ? n[0] : n[0] * n[1];
  }

  /** Position of the first number of a line. */
  private int first(int line, int axis) {
    int inner = inner(axis);
    return line / inner * inner * n[axis] + line % inner;
  }

  private void read(int from, int step, double[][] line) {
    for (int i = 0; i < line[0].length; i++) {
      line[0][i] = re[from + i * step];
      line[1][i] = im[from + i * step];
    }
  }

  private void write(int from, int step, double[][] line) {
    for (int i = 0; i < line[0].length; i++) {
      re[from + i * step] = line[0][i];
      im[from + i * step] = line[1][i];
    }
  }
}
