package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Laplacian of Gaussian by its kernel sampled at voxels (IBSI 2, Laplacian-of-Gaussian filter).
 *
 * <p>The kernel is a sum over axes of the second derivative along that axis, each a product of
 * kernels along the axes.
 */
final class SampledLaplacian {

  private final List<List<Kernel>> terms = new ArrayList<>();
  private int reach;

  SampledLaplacian(ResponseFilter.Laplacian log, GridSize size) {
    List<Kernel> smooth = new ArrayList<>(Collections.nCopies(3, Kernel.NONE));
    List<Kernel> curved = new ArrayList<>(Collections.nCopies(3, Kernel.NONE));
    for (int axis = 0; axis < 3; axis++) {
      if (log.plane().contains(axis)) {
        double sigma = log.sigmaMm() / size.spacingMm(axis);
        int radius = (int) Math.floor(log.truncation() * sigma + 0.5);
        reach = Math.max(reach, radius);
        smooth.set(axis, gaussian(sigma, radius, 0));
        curved.set(axis, gaussian(sigma, radius, 2));
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      if (log.plane().contains(axis)) {
        List<Kernel> term = new ArrayList<>(smooth);
        term.set(axis, curved.get(axis));
        terms.add(term);
      }
    }
  }

  private static Kernel gaussian(double sigma, int radius, int derivative) {
    double[] taps = new double[2 * radius + 1];
    double variance = sigma * sigma;
    for (int k = -radius; k <= radius; k++) {
      double value = Math.exp(-k * k / (2 * variance)) / (Math.sqrt(2 * Math.PI) * sigma);
      double factor = derivative == 0 ? 1 : k * k / (variance * variance) - 1 / variance;
      taps[k + radius] = value * factor;
    }
    return Kernel.centred(taps);
  }

  /** Voxels to either side that the response reads. */
  int reach() {
    return reach;
  }

  /**
   * The response; a new array.
   *
   * @param x fastest along x, then y, then z
   * @param n samples along x, y and z
   */
  double[] to(double[] x, int[] n, Boundary boundary) {
    double[] sum = new double[x.length];
    for (List<Kernel> term : terms) {
      double[] part = SeparableResponse.convolve(x, n, term, boundary);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    return sum;
  }
}
