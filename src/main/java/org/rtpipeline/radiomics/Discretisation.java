package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.function.Function;

/** How intensities become grey levels. */
public sealed interface Discretisation extends Serializable {

  /**
   * Bins of a fixed width, aligned to 0 (PyRadiomics binWidth).
   *
   * @param width in units of the image, over 0
   */
  record FixedWidth(double width) implements Discretisation {
    /** Checks the width. */
    public FixedWidth {
      if (!(width > 0)) {
        throw new IllegalArgumentException("bin width must be over 0, got " + width);
      }
    }

    @Override
    public <T> T fold(Function<FixedWidth, T> ofWidth, Function<FixedCount, T> ofCount) {
      return ofWidth.apply(this);
    }
  }

  /**
   * A fixed number of bins between the least and the greatest intensity of the ROI (PyRadiomics
   * binCount).
   *
   * @param count at least 1
   */
  record FixedCount(int count) implements Discretisation {
    /** Checks the count. */
    public FixedCount {
      if (count < 1) {
        throw new IllegalArgumentException("bin count must be at least 1, got " + count);
      }
    }

    @Override
    public <T> T fold(Function<FixedWidth, T> ofWidth, Function<FixedCount, T> ofCount) {
      return ofCount.apply(this);
    }
  }

  /** One answer for either kind. */
  <T> T fold(Function<FixedWidth, T> ofWidth, Function<FixedCount, T> ofCount);
}
