package org.rtpipeline.radiomics;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One number of a region.
 *
 * @param imageType image it was computed on, such as original or wavelet-HHL
 * @param featureClass family of the feature
 * @param feature name within the family
 * @param value the number; NaN when it is not defined for the region
 * @param ibsiId four letters of the IBSI reference manual; null where that knows no such feature
 */
public record FeatureValue(
    String imageType,
    FeatureClass featureClass,
    String feature,
    double value,
    @Nullable String ibsiId)
    implements Serializable {

  /** The column of PyRadiomics: image type, class and feature. */
  public String name() {
    return imageType + "_" + featureClass.label() + "_" + feature;
  }
}
