package org.rtpipeline.radiomics;

/**
 * Weights of old samples by a sinc that a window brings down to nothing at {@value #RADIUS} samples
 * (Meijering 1999), the same as those of ITK.
 */
enum WindowedSinc {
  COSINE {
    @Override
    double window(double x) {
      return Math.cos(x * (Math.PI / (2 * RADIUS)));
    }
  },
  HAMMING {
    @Override
    double window(double x) {
      return 0.54 + 0.46 * Math.cos(x * (Math.PI / RADIUS));
    }
  },
  WELCH {
    @Override
    double window(double x) {
      return 1 - x * (1.0 / (RADIUS * RADIUS)) * x;
    }
  },
  LANCZOS {
    @Override
    double window(double x) {
      return sinc(x / RADIUS);
    }
  },
  BLACKMAN {
    @Override
    double window(double x) {
      return 0.42
          + 0.5 * Math.cos(x * (Math.PI / RADIUS))
          + 0.08 * Math.cos(x * (2 * Math.PI / RADIUS));
    }
  };

  /** Samples looked at on either side. */
  static final int RADIUS = 5;

  /** Height of the window at a distance of at most {@link #RADIUS} samples. */
  abstract double window(double x);

  /**
   * Weights of 2 x {@link #RADIUS} samples, the first {@link #RADIUS} - 1 below the one at or below
   * the position; on a sample that one alone counts.
   *
   * @param share how far the position lies above a sample, 0 to 1
   */
  double[] weights(double share) {
    double[] weights = new double[2 * RADIUS];
    if (share == 0) {
      weights[RADIUS - 1] = 1;
      return weights;
    }
    double x = share + RADIUS;
    for (int i = 0; i < weights.length; i++) {
      x -= 1;
      weights[i] = window(x) * sinc(x);
    }
    return weights;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
