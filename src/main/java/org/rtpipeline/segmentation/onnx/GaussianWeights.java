package org.rtpipeline.segmentation.onnx;

/**
 * How much each voxel of a tile counts: a Gaussian round the middle of the tile, as nnU-Net 2
 * computes it.
 *
 * <p>A point filtered with a standard deviation of an eighth of the tile along each axis, cut at
 * four of them, greatest value 10, in half precision; what that leaves at 0 counts as the least
 * other value.
 */
final class GaussianWeights {

  private static final double SIGMA_SHARE = 1.0 / 8;
  private static final double TRUNCATE = 4;
  private static final double GREATEST = 10;

  private static final int HALF_FRACTION_BITS = 10;
  private static final int HALF_LEAST_EXPONENT = -14;

  private GaussianWeights() {}

  /** Weights of a tile; an axis of one voxel has no part in them. */
  static float[] of(Extent tile) {
    double[] along0 = line(tile.n0());
    double[] along1 = line(tile.n1());
    double[] along2 = line(tile.n2());
    double most = along0[tile.n0() / 2] * along1[tile.n1() / 2] * along2[tile.n2() / 2];
    double divisor = most / GREATEST;
    float[] weights = new float[tile.voxels()];
    float least = Float.POSITIVE_INFINITY;
    int at = 0;
    for (double a : along0) {
      for (double b : along1) {
        for (double c : along2) {
          float weight = half((float) (a * b * c / divisor));
          weights[at++] = weight;
          least = weight > 0 ? Math.min(least, weight) : least;
        }
      }
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weights[i] == 0 ? least : weights[i];
    }
    return weights;
  }

  private static double[] line(int n) {
    double[] line = new double[n];
    if (n == 1) {
      line[0] = 1;
      return line;
    }
    double sigma = n * SIGMA_SHARE;
    int radius = (int) (TRUNCATE * sigma + 0.5);
    double factor = -0.5 / (sigma * sigma);
    double sum = 0;
    for (int x = -radius; x <= radius; x++) {
      sum += Math.exp(factor * (x * x));
    }
    for (int i = 0; i < n; i++) {
      int x = i - n / 2;
      line[i] = Math.abs(x) > radius ? 0 : Math.exp(factor * (x * x)) / sum;
    }
    return line;
  }

  /** The nearest number of IEEE 754 half precision, ties to even; values up to 65504. */
  static float half(float value) {
    int exponent = Math.max(Math.getExponent(value), HALF_LEAST_EXPONENT);
    float unit = Math.scalb(1f, exponent - HALF_FRACTION_BITS);
    return (float) Math.rint(value / unit) * unit;
  }
}
