package org.rtpipeline.radiomics;

import java.util.Optional;
import org.rtpipeline.radiomics.RadiomicsOptions.RangeUnit;

/** Narrows a region to a closed range of intensities. */
final class Resegmenter {

  private Resegmenter() {}

  /** The part of a region whose intensities lie in a range; empty when there is none. */
  static Optional<Region> narrow(Region region, RadiomicsOptions.Resegmentation range) {
    double[] x = region.intensities();
    byte[] inside = region.inside();
    double[] scale = scale(x, inside, range.unit());
    double one = scale[0] + scale[1] * range.lower();
    double other =
        range.upper() == null ? Double.POSITIVE_INFINITY : scale[0] + scale[1] * range.upper();
    double lower = range.upper() == null ? one : Math.min(one, other);
    double upper = range.upper() == null ? other : Math.max(one, other);
    byte[] out = new byte[inside.length];
    for (int i = 0; i < inside.length; i++) {
      out[i] = (byte) (inside[i] != 0 && x[i] >= lower && x[i] <= upper ? 1 : 0);
    }
    return Region.of(region.image(), region.box(), out);
  }

  /** Offset and unit of the bounds, in intensities. */
  private static double[] scale(double[] x, byte[] inside, RangeUnit unit) {
    if (unit == RangeUnit.ABSOLUTE) {
      return new double[] {0, 1};
    }
    double sum = 0;
    double largest = Double.NEGATIVE_INFINITY;
    int n = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i] != 0) {
        sum += x[i];
        largest = Math.max(largest, x[i]);
        n++;
      }
    }
    if (unit == RangeUnit.RELATIVE) {
      return new double[] {0, largest};
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i] != 0) {
        double off = x[i] - mean;
        squares += off * off;
      }
    }
    return new double[] {mean, Math.sqrt(squares / n)};
  }
}
