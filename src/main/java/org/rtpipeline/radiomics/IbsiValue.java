package org.rtpipeline.radiomics;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One number of a region in the manner of the IBSI.
 *
 * @param feature what was computed
 * @param aggregation how texture matrices were combined; null for families without matrices
 * @param value the number; NaN when it is not defined for the region
 */
public record IbsiValue(IbsiFeature feature, @Nullable Aggregation aggregation, double value)
    implements Serializable {

  /** Name of the column: tag and aggregation, such as cm_joint_max_2_5d_merged. */
  public String column() {
    return aggregation == null ? feature.tag() : feature.tag() + "_" + aggregation.column();
  }
}
