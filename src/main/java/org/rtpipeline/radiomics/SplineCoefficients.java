package org.rtpipeline.radiomics;

import java.util.Arrays;

/**
 * Coefficients of the cubic B-spline through samples, mirrored at both ends (Unser 1993).
 *
 * <p>Lines are filtered in place, side by side.
 */
final class SplineCoefficients {

  private static final double POLE = Math.sqrt(3) - 2;

  /** The start of the causal sum is cut where its terms fall below this. */
  private static final double TOLERANCE = 1e-10;

  private static final int HORIZON =
      (int) Math.ceil(Math.log(TOLERANCE) / Math.log(Math.abs(POLE)));

  private SplineCoefficients() {}

  /**
   * Coefficients of a box of an image. Lines are filtered from end to end, so that a box has the
   * same coefficients as the whole image, to the last bit.
   */
  static double[] of(Raster image, IndexBox box) {
    GridSize size = image.size();
    double[] line = new double[size.nx()];
    double[] plane = new double[box.nx() * size.ny()];
    int kept = box.nx() * box.ny();
    double[] tall = new double[kept * size.nz()];
    for (int z = 0; z < size.nz(); z++) {
      for (int y = 0; y < size.ny(); y++) {
        image.copy(size.index(0, y, z), line, size.nx());
        alongAxis(line, size.nx(), 1, 1);
        System.arraycopy(line, box.x0(), plane, y * box.nx(), box.nx());
      }
      alongAxis(plane, size.ny(), box.nx(), 1);
      System.arraycopy(plane, box.y0() * box.nx(), tall, z * kept, kept);
    }
    alongAxis(tall, size.nz(), kept, 1);
    return Arrays.copyOfRange(tall, box.z0() * kept, (box.z0() + box.nz()) * kept);
  }

  /** Replaces samples by coefficients along all axes of a grid that are longer than one. */
  static void inPlace(double[] values, int nx, int ny, int nz) {
    alongAxis(values, nx, 1, ny * nz);
    alongAxis(values, ny, nx, nz);
    alongAxis(values, nz, nx * ny, 1);
  }

  /**
   * One axis.
   *
   * @param n samples of a line
   * @param inner distance between samples of a line, and lines side by side
   * @param outer groups of lines
   */
  private static void alongAxis(double[] c, int n, int inner, int outer) {
    if (n < 2) {
      return;
    }
    double gain = (1 - POLE) * (1 - 1 / POLE);
    double[] sum = new double[inner];
    for (int o = 0; o < outer; o++) {
      int start = o * n * inner;
      for (int i = start; i < start + n * inner; i++) {
        c[i] *= gain;
      }
      causalStart(c, start, n, inner, sum);
      System.arraycopy(sum, 0, c, start, inner);
      for (int k = 1; k < n; k++) {
        int at = start + k * inner;
        for (int w = 0; w < inner; w++) {
          c[at + w] += POLE * c[at - inner + w];
        }
      }
      double factor = POLE / (POLE * POLE - 1);
      int last = start + (n - 1) * inner;
      for (int w = 0; w < inner; w++) {
        c[last + w] = factor * (POLE * c[last - inner + w] + c[last + w]);
      }
      for (int k = n - 2; k >= 0; k--) {
        int at = start + k * inner;
        for (int w = 0; w < inner; w++) {
          c[at + w] = POLE * (c[at + inner + w] - c[at + w]);
        }
      }
    }
  }

  private static void causalStart(double[] c, int start, int n, int inner, double[] sum) {
    System.arraycopy(c, start, sum, 0, inner);
    if (HORIZON < n) {
      double power = POLE;
      for (int k = 1; k < HORIZON; k++) {
        for (int w = 0; w < inner; w++) {
          sum[w] += power * c[start + k * inner + w];
        }
        power *= POLE;
      }
      return;
    }
    double power = POLE;
    double mirrored = Math.pow(POLE, n - 1.0);
    int last = start + (n - 1) * inner;
    for (int w = 0; w < inner; w++) {
      sum[w] += mirrored * c[last + w];
    }
    double inverse = 1 / POLE;
    double back = mirrored * (mirrored * inverse);
    for (int k = 1; k < n - 1; k++) {
      for (int w = 0; w < inner; w++) {
        sum[w] += (power + back) * c[start + k * inner + w];
      }
      power *= POLE;
      back *= inverse;
    }
    for (int w = 0; w < inner; w++) {
      sum[w] /= 1 - power * power;
    }
  }
}
