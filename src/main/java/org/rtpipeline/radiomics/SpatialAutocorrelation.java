package org.rtpipeline.radiomics;

import java.util.Arrays;

/**
 * Moran's I (IBSI 1, N365) and Geary's C (NPT7) of the intensities of a region: each pair of voxels
 * weighs 1 / distance.
 *
 * <p>With y = x - mean inside the region and 0 outside, m the mask and w the weight of a step, all
 * pair sums are sums over voxels of y (w * y), m (w * m) and y² (w * m), where * is the
 * convolution: exact, by Fourier transform, in O(n log n) instead of O(n²). y and m are transformed
 * together as real and imaginary part, plane by plane and then line by line across the planes.
 *
 * @param moranI NaN for a flat region or a single voxel
 * @param gearyC NaN for a flat region or a single voxel
 */
record SpatialAutocorrelation(double moranI, double gearyC) {

  /**
   * Both numbers.
   *
   * @param x intensities of a box
   * @param mask of the box, not 0 inside the region
   * @param size of the box, with spacing
   */
  static SpatialAutocorrelation of(double[] x, byte[] mask, GridSize size) {
    double n = 0;
    double mean = 0;
    for (int i = 0; i < x.length; i++) {
      if (mask[i] != 0) {
        n++;
        mean += x[i];
      }
    }
    mean /= n;
    double[] y = new double[x.length];
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      if (mask[i] != 0) {
        y[i] = x[i] - mean;
        squares += y[i] * y[i];
      }
    }
    double[] sums = sums(y, mask, size);
    double weights = sums[1];
    return squares == 0
        ? new SpatialAutocorrelation(Double.NaN, Double.NaN)
        : new SpatialAutocorrelation(
            n / weights * sums[0] / squares, (n - 1) / weights * (sums[2] - sums[0]) / squares);
  }

  /** Sums over all pairs, in both orders, of w y y', w and w y². */
  private static double[] sums(double[] y, byte[] mask, GridSize size) {
    Convolution planes = new Convolution(size);
    planes.load(y, mask);
    planes.convolve();
    double pairs = 0;
    double weights = 0;
    double squares = 0;
    int at = 0;
    for (int z = 0; z < size.nz(); z++) {
      for (int row = 0; row < size.ny(); row++) {
        int from = planes.index(row, z);
        for (int column = 0; column < size.nx(); column++, at++) {
          if (mask[at] != 0) {
            pairs += y[at] * planes.re[from + column];
            weights += planes.im[from + column];
            squares += y[at] * y[at] * planes.im[from + column];
          }
        }
      }
    }
    return new double[] {pairs, weights, squares};
  }

  /** Two fields, padded along x and y, that become their convolutions with 1 / distance. */
  private static final class Convolution {
    private final GridSize size;
    private final int nx;
    private final int ny;
    private final int nz;
    private final double[] re;
    private final double[] im;
    private final LineFourier alongX;
    private final LineFourier alongY;
    private final LineFourier alongZ;
    private final double[] kernel;

    Convolution(GridSize size) {
      this.size = size;
      nx = LineFourier.length(2 * size.nx());
      ny = LineFourier.length(2 * size.ny());
      nz = LineFourier.length(2 * size.nz());
      int cells = Math.multiplyExact(Math.multiplyExact(nx, ny), size.nz());
      re = new double[cells];
      im = new double[cells];
      alongX = new LineFourier(nx);
      alongY = new LineFourier(ny);
      alongZ = new LineFourier(nz);
      kernel = kernel();
    }

    int index(int row, int plane) {
      return nx * (row + ny * plane);
    }

    void load(double[] y, byte[] mask) {
      int at = 0;
      for (int z = 0; z < size.nz(); z++) {
        for (int row = 0; row < size.ny(); row++) {
          int to = index(row, z);
          for (int column = 0; column < size.nx(); column++, at++) {
            re[to + column] = y[at];
            im[to + column] = mask[at] != 0 ? 1 : 0;
          }
        }
      }
    }

    void convolve() {
      for (int z = 0; z < size.nz(); z++) {
        rows(re, im, z);
        columns(re, im, z);
      }
      acrossPlanes();
      for (int z = 0; z < size.nz(); z++) {
        columns(im, re, z);
        rows(im, re, z);
      }
      double scale = 1.0 / nx / ny / nz;
      for (int i = 0; i < re.length; i++) {
        re[i] *= scale;
        im[i] *= scale;
      }
    }

    /** Transforms rows of a plane; those beyond the box are empty before and not needed after. */
    private void rows(double[] x, double[] y, int z) {
      for (int row = 0; row < size.ny(); row++) {
        alongX.transform(x, y, index(row, z), 1);
      }
    }

    private void columns(double[] x, double[] y, int z) {
      for (int column = 0; column < nx; column++) {
        alongY.transform(x, y, index(0, z) + column, nx);
      }
    }

    private void acrossPlanes() {
      double[] lineRe = new double[nz];
      double[] lineIm = new double[nz];
      int plane = nx * ny;
      for (int row = 0; row < ny; row++) {
        for (int column = 0; column < nx; column++) {
          int at = row * nx + column;
          Arrays.fill(lineRe, 0);
          Arrays.fill(lineIm, 0);
          for (int z = 0; z < size.nz(); z++) {
            lineRe[z] = re[at + z * plane];
            lineIm[z] = im[at + z * plane];
          }
          alongZ.transform(lineRe, lineIm, 0, 1);
          for (int z = 0; z < nz; z++) {
            double w = kernel[octant(fold(column, nx), fold(row, ny), fold(z, nz))];
            lineRe[z] *= w;
            lineIm[z] *= w;
          }
          alongZ.transform(lineIm, lineRe, 0, 1);
          for (int z = 0; z < size.nz(); z++) {
            re[at + z * plane] = lineRe[z];
            im[at + z * plane] = lineIm[z];
          }
        }
      }
    }

    private static int fold(int k, int n) {
      return Math.min(k, n - k);
    }

    private int octant(int x, int y, int z) {
      return x + (nx / 2 + 1) * (y + (ny / 2 + 1) * z);
    }

    /** Transform of 1 / distance, even along each axis, so one octant holds all of it. */
    private double[] kernel() {
      int hx = nx / 2 + 1;
      int hy = ny / 2 + 1;
      int hz = nz / 2 + 1;
      double[] w = new double[hx * hy * hz];
      for (int z = 0; z < hz; z++) {
        for (int y = 0; y < hy; y++) {
          for (int x = 0; x < hx; x++) {
            double dx = x * size.dxMm();
            double dy = y * size.dyMm();
            double dz = z * size.dzMm();
            double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
            w[octant(x, y, z)] = distance == 0 ? 0 : 1 / distance;
          }
        }
      }
      even(w, alongX, nx, 1, hx, hy * hz, 0);
      for (int z = 0; z < hz; z++) {
        even(w, alongY, ny, hx, 1, hx, octant(0, 0, z));
      }
      even(w, alongZ, nz, hx * hy, 1, hx * hy, 0);
      return w;
    }

    /** Transforms lines of half + 1 samples that go on mirrored. */
    private static void even(
        double[] w, LineFourier fourier, int n, int stride, int next, int lines, int start) {
      double[] lineRe = new double[n];
      double[] lineIm = new double[n];
      for (int line = 0; line < lines; line++) {
        int from = start + line * next;
        Arrays.fill(lineIm, 0);
        for (int k = 0; k < n; k++) {
          lineRe[k] = w[from + fold(k, n) * stride];
        }
        fourier.transform(lineRe, lineIm, 0, 1);
        for (int k = 0; k <= n / 2; k++) {
          w[from + k * stride] = lineRe[k];
        }
      }
    }
  }
}
