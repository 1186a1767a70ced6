package org.rtpipeline.segmentation.onnx;

/**
 * Least and greatest of some values.
 *
 * @param least no value is under it
 * @param greatest no value is over it
 */
record Bounds(double least, double greatest) {

  /** Holds nothing back. */
  static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  static Bounds of(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    return new Bounds(least, greatest);
  }

  Bounds and(Bounds other) {
    return new Bounds(Math.min(least, other.least), Math.max(greatest, other.greatest));
  }

  /** Sets what lies outside to the nearer bound, in place. */
  void hold(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(least, Math.min(greatest, values[i]));
    }
  }
}
