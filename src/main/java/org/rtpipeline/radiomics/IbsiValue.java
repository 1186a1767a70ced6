package org.rtpipeline.radiomics;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One number of a region in the manner of the IBSI.
 *
 * @param image what it was computed on: original, or the name of a response
 * @param feature what was computed
 * @param aggregation how texture matrices were combined; null for families without matrices
 * @param value the number; NaN when it is not defined for the region
 */
public record IbsiValue(
    String image, IbsiFeature feature, @Nullable Aggregation aggregation, double value)
    implements Serializable {

  /** A number of the image itself. */
  static IbsiValue original(IbsiFeature feature, @Nullable Aggregation aggregation, double value) {
    return new IbsiValue(TableFeature.ORIGINAL, feature, aggregation, value);
  }

  /** The same number, of another image. */
  IbsiValue on(String other) {
    return new IbsiValue(other, feature, aggregation, value);
  }

  /**
   * Name of the column: tag and aggregation, such as cm_joint_max_2_5d_merged, after the name of
   * the response where there is one, such as mean-5_stat_mean.
   */
  public String column() {
    String tagged =
        aggregation == null ? feature.tag() : feature.tag() + "_" + aggregation.column();
    return image.equals(TableFeature.ORIGINAL) ? tagged : image + "_" + tagged;
  }
}
