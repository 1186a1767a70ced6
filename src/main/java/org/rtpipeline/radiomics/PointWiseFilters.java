package org.rtpipeline.radiomics;

/** Functions of single intensities, scaled by the largest magnitude of the whole image. */
final class PointWiseFilters {

  private PointWiseFilters() {}

  /**
   * The filtered box.
   *
   * @param x intensities of the box; overwritten
   * @param largest magnitude of the whole image
   */
  static double[] apply(ImageFilter.PointWise filter, double[] x, double largest) {
    return switch (filter) {
      case SQUARE -> square(x, largest);
      case SQUAREROOT -> squareRoot(x, largest);
      case LOGARITHM -> logarithm(x, largest);
      case EXPONENTIAL -> exponential(x, largest);
    };
  }

  private static double[] square(double[] x, double largest) {
    double factor = 1 / Math.sqrt(largest);
    for (int i = 0; i < x.length; i++) {
      x[i] = factor * x[i] * (factor * x[i]);
    }
    return x;
  }

  private static double[] squareRoot(double[] x, double largest) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.copySign(Math.sqrt(Math.abs(x[i]) * largest), x[i]);
    }
    return x;
  }

  private static double[] logarithm(double[] x, double largest) {
    double factor = largest / Math.log(largest + 1);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.copySign(Math.log(Math.abs(x[i]) + 1), x[i]) * factor;
    }
    return x;
  }

  private static double[] exponential(double[] x, double largest) {
    double factor = Math.log(largest) / largest;
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.exp(factor * x[i]);
    }
    return x;
  }
}
