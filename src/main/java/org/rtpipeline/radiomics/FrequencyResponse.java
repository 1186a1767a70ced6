package org.rtpipeline.radiomics;

import java.util.List;

/** Responses to filters that are defined by their spectrum. */
final class FrequencyResponse {

  /** Voxels that are read at least to either side of the wanted box. */
  private static final int REACH = 32;

  private FrequencyResponse() {}

  /** The domain that the response in a box is made in. */
  static FourierDomain domain(ResponseFilter.Simoncelli wavelet, GridSize size, IndexBox box) {
    return new FourierDomain(box, size, wavelet.plane(), REACH, wavelet.boundary());
  }

  /** The domain that the response in a box is made in. */
  static FourierDomain domain(ResponseFilter.Riesz riesz, GridSize size, IndexBox box) {
    if (riesz.of() instanceof ResponseFilter.Laplacian log) {
      int reach = REACH + new SampledLaplacian(log, size).reach();
      return new FourierDomain(box, size, log.plane(), reach, log.boundary());
    }
    return domain((ResponseFilter.Simoncelli) riesz.of(), size, box);
  }

  /** The response in a box; a new array. */
  static double[] of(ResponseFilter.Simoncelli wavelet, BoxedImage image, IndexBox box) {
    FourierDomain domain = domain(wavelet, image.size(), box);
    double[] values = domain.of(image);
    domain.multiply(values, (u, v, w) -> band(wavelet.level(), u, v, w), 0);
    return domain.wanted(values);
  }

  /** The response in a box; a new array. */
  static double[] of(ResponseFilter.Riesz riesz, BoxedImage image, IndexBox box) {
    List<Integer> order = riesz.order();
    int turns = order.stream().mapToInt(Integer::intValue).sum();
    FourierDomain domain = domain(riesz, image.size(), box);
    if (riesz.of() instanceof ResponseFilter.Laplacian log) {
      SampledLaplacian laplacian = new SampledLaplacian(log, image.size());
      double[] values = laplacian.to(domain.of(image), domain.counts(), Boundary.PERIODIC);
      domain.multiply(values, (u, v, w) -> riesz(order, turns, u, v, w), turns);
      return domain.wanted(values);
    }
    ResponseFilter.Simoncelli wavelet = (ResponseFilter.Simoncelli) riesz.of();
    double[] values = domain.of(image);
    domain.multiply(
        values, (u, v, w) -> band(wavelet.level(), u, v, w) * riesz(order, turns, u, v, w), turns);
    return domain.wanted(values);
  }

  /** cos(π/2·log2(2r)) for 1/4 &lt; r ≤ 1, where r doubles from level to level; else 0. */
  static double band(int level, double u, double v, double w) {
    double r = Math.sqrt(u * u + v * v + w * w) * (1 << (level - 1));
    return r > 0.25 && r <= 1 ? Math.cos(Math.PI / 2 * Math.log(2 * r) / Math.log(2)) : 0;
  }

  /** √(L!/(l!·m!·n!))·uˡ·vᵐ·wⁿ/rᴸ without its power of -i; 0 at frequency 0. */
  static double riesz(List<Integer> order, int total, double u, double v, double w) {
    double r = Math.sqrt(u * u + v * v + w * w);
    if (r == 0) {
      return 0;
    }
    double ways = factorial(total);
    for (int l : order) {
      ways /= factorial(l);
    }
    return Math.sqrt(ways)
        * Math.pow(u / r, order.get(0))
        * Math.pow(v / r, order.get(1))
        * Math.pow(w / r, order.get(2));
  }

  private static double factorial(int n) {
    double product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }
}
