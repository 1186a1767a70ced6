package org.rtpipeline.radiomics;

import org.rtpipeline.radiomics.RadiomicsOptions.RangeUnit;

/** Narrows a region to a closed range of intensities. */
final class Resegmenter {

  private Resegmenter() {}

  /** The narrowed mask, a new array of 0 and 1. */
  static byte[] narrow(Region region, RadiomicsOptions.Resegmentation range) {
    double[] scale = scale(region, range.unit());
    double one = scale[0] + scale[1] * range.lower();
    double other =
        range.upper() == null ? Double.POSITIVE_INFINITY : scale[0] + scale[1] * range.upper();
    double lower = range.upper() == null ? one : Math.min(one, other);
    double upper = range.upper() == null ? other : Math.max(one, other);
    byte[] mask = region.mask();
    byte[] out = new byte[mask.length];
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        double value = region.image().at(i);
        out[i] = (byte) (value >= lower && value <= upper ? 1 : 0);
      }
    }
    return out;
  }

  /** Offset and unit of the bounds, in intensities. */
  private static double[] scale(Region region, RangeUnit unit) {
    if (unit == RangeUnit.ABSOLUTE) {
      return new double[] {0, 1};
    }
    double sum = 0;
    double largest = Double.NEGATIVE_INFINITY;
    int n = 0;
    byte[] mask = region.mask();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        sum += region.image().at(i);
        largest = Math.max(largest, region.image().at(i));
        n++;
      }
    }
    if (unit == RangeUnit.RELATIVE) {
      return new double[] {0, largest};
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        double off = region.image().at(i) - mean;
        squares += off * off;
      }
    }
    return new double[] {mean, Math.sqrt(squares / n)};
  }
}
