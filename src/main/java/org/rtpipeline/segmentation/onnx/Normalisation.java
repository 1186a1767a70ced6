package org.rtpipeline.segmentation.onnx;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What is done to the values of an image before a network sees them, in place and in single
 * precision.
 */
sealed interface Normalisation extends Serializable {

  /** Least divisor, as nnU-Net has it. */
  float LEAST_DIVISOR = 1e-8f;

  /**
   * Changes the values.
   *
   * @param inside true where a value counts, see {@link NonzeroRegion#filled}
   */
  void apply(float[] values, boolean[] inside);

  /** True when {@link #apply} looks at where values count. */
  default boolean looksInside() {
    return false;
  }

  /** Leaves values alone. */
  record None() implements Normalisation {
    @Override
    public void apply(float[] values, boolean[] inside) {}
  }

  /**
   * (clamp(x, low, high) − subtract) / divide; the CT scheme of nnU-Net, with percentiles, mean and
   * standard deviation of the intensities inside structures.
   */
  record Window(float low, float high, float subtract, float divide) implements Normalisation {
    @Override
    public void apply(float[] values, boolean[] inside) {
      float divisor = Math.max(divide, LEAST_DIVISOR);
      for (int i = 0; i < values.length; i++) {
        values[i] = (Math.min(Math.max(values[i], low), high) - subtract) / divisor;
      }
    }
  }

  /**
   * (x − mean) / standard deviation of the image, or of where it counts; values elsewhere then stay
   * as they are.
   */
  record ZScore(Over over) implements Normalisation {

    /** Which voxels count. */
    enum Over {
      IMAGE,
      NONZERO
    }

    @Override
    public boolean looksInside() {
      return over == Over.NONZERO;
    }

    @Override
    public void apply(float[] values, boolean[] inside) {
      double sum = 0;
      long n = 0;
      for (int i = 0; i < values.length; i++) {
        if (over == Over.IMAGE || inside[i]) {
          sum += values[i];
          n++;
        }
      }
      double mean = sum / n;
      double squares = 0;
      for (int i = 0; i < values.length; i++) {
        if (over == Over.IMAGE || inside[i]) {
          squares += (values[i] - mean) * (values[i] - mean);
        }
      }
      float subtract = (float) mean;
      float divisor = Math.max((float) Math.sqrt(squares / n), LEAST_DIVISOR);
      for (int i = 0; i < values.length; i++) {
        if (over == Over.IMAGE || inside[i]) {
          values[i] = (values[i] - subtract) / divisor;
        }
      }
    }
  }

  /** To 0 at the least value and 1 at the greatest. */
  record Unit() implements Normalisation {
    @Override
    public void apply(float[] values, boolean[] inside) {
      Bounds bounds = Bounds.of(values);
      float least = (float) bounds.least();
      float divisor = Math.max((float) bounds.greatest() - least, LEAST_DIVISOR);
      for (int i = 0; i < values.length; i++) {
        values[i] = (values[i] - least) / divisor;
      }
    }
  }

  /** To 0 and 1 at two quantiles, between which values are held when they lie outside. */
  record Quantiles(double low, double high) implements Normalisation {

    /** Refuses quantiles out of order. */
    public Quantiles {
      if (!(low >= 0 && low < high && high <= 1)) {
        throw new IllegalArgumentException(
            "quantiles rise from 0 to 1, got " + low + " and " + high);
      }
    }

    @Override
    public void apply(float[] values, boolean[] inside) {
      float[] sorted = values.clone();
      Arrays.sort(sorted);
      float least = at(sorted, low);
      float greatest = at(sorted, high);
      float divisor = Math.max(greatest - least, LEAST_DIVISOR);
      for (int i = 0; i < values.length; i++) {
        values[i] = (Math.min(Math.max(values[i], least), greatest) - least) / divisor;
      }
    }

    private static float at(float[] sorted, double quantile) {
      double at = quantile * (sorted.length - 1);
      int low = (int) at;
      int high = Math.min(low + 1, sorted.length - 1);
      return (float) (sorted[low] + (at - low) * (sorted[high] - sorted[low]));
    }
  }
}
