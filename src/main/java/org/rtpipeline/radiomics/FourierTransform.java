package org.rtpipeline.radiomics;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * Discrete Fourier transform of one length: X[k] = Σ x[m]·exp(∓2πi·k·m/n).
 *
 * <p>A length that is no power of two becomes a convolution of one that is (Bluestein 1970). Not
 * safe for two threads at once.
 */
final class FourierTransform {

  private final int n;
  private final int padded;

  /** exp(-πi·m²/n); empty for powers of two. */
  private final double[][] chirp;

  /** Spectrum of the conjugate chirp about sample 0. */
  private final double[][] chirpSpectrum;

  private final double[][] work;

  FourierTransform(int n) {
    this.n = n;
    boolean isPower = Integer.bitCount(n) == 1;
    padded = isPower ? n : Integer.highestOneBit(2 * n - 1) * 2;
    chirp = new double[2][isPower ? 0 : n];
    chirpSpectrum = new double[2][isPower ? 0 : padded];
    work = new double[2][isPower ? 0 : padded];
    for (int m = 0; m < chirp[0].length; m++) {
      double angle = Math.PI * ((long) m * m % (2L * n)) / n;
      chirp[0][m] = Math.cos(angle);
      chirp[1][m] = -Math.sin(angle);
      for (int at : new int[] {m, (padded - m) % padded}) {
        chirpSpectrum[0][at] = chirp[0][m];
        chirpSpectrum[1][at] = -chirp[1][m];
      }
    }
    if (!isPower) {
      power(chirpSpectrum, TransformType.FORWARD);
    }
  }

  /** The smallest power of two that is not below a length of at least 1. */
  static int powerFrom(int length) {
    int power = Integer.highestOneBit(length);
    return power == length ? power : 2 * power;
  }

  /** Replaces samples by their spectrum; real parts first, then imaginary. */
  void forward(double[][] line) {
    if (n == padded) {
      power(line, TransformType.FORWARD);
    } else {
      chirped(line);
    }
  }

  /** Replaces a spectrum by its samples. */
  void inverse(double[][] line) {
    if (n == padded) {
      power(line, TransformType.INVERSE);
      return;
    }
    double[][] swapped = {line[1], line[0]};
    chirped(swapped);
    for (double[] part : line) {
      for (int i = 0; i < n; i++) {
        part[i] /= n;
      }
    }
  }

  private static void power(double[][] line, TransformType way) {
    FastFourierTransformer.transformInPlace(line, DftNormalization.STANDARD, way);
  }

  private void chirped(double[][] line) {
    java.util.Arrays.fill(work[0], 0);
    java.util.Arrays.fill(work[1], 0);
    for (int m = 0; m < n; m++) {
      work[0][m] = line[0][m] * chirp[0][m] - line[1][m] * chirp[1][m];
      work[1][m] = line[0][m] * chirp[1][m] + line[1][m] * chirp[0][m];
    }
    power(work, TransformType.FORWARD);
    for (int k = 0; k < padded; k++) {
      double re = work[0][k];
      work[0][k] = re * chirpSpectrum[0][k] - work[1][k] * chirpSpectrum[1][k];
      work[1][k] = re * chirpSpectrum[1][k] + work[1][k] * chirpSpectrum[0][k];
    }
    power(work, TransformType.INVERSE);
    for (int m = 0; m < n; m++) {
      line[0][m] = work[0][m] * chirp[0][m] - work[1][m] * chirp[1][m];
      line[1][m] = work[0][m] * chirp[1][m] + work[1][m] * chirp[0][m];
    }
  }
}
