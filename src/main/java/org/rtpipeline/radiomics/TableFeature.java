package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feature as the tables show it, in either mode.
 *
 * @param imageType image it was computed on, such as original or wavelet-HHL
 * @param family family of the feature, such as glcm
 * @param feature name within the family
 * @param ibsiId four letters of the IBSI reference manual; null where that knows no such feature
 * @param aggregation how texture matrices became one number, in the words of the IBSI with its id;
 *     empty for features without matrices
 * @param value the number; NaN when it is not defined for the region
 */
public record TableFeature(
    String imageType,
    String family,
    String feature,
    @Nullable String ibsiId,
    String aggregation,
    double value)
    implements Serializable {

  /** Name of the image as it is. */
  static final String ORIGINAL = "original";

  /**
   * Features in the manner of PyRadiomics.
   *
   * @param texture says how matrices became one number
   */
  public static List<TableFeature> of(List<FeatureValue> values, RadiomicsOptions.Texture texture) {
    return values.stream()
        .map(
            value ->
                new TableFeature(
                    value.imageType(),
                    value.featureClass().label(),
                    value.feature(),
                    value.ibsiId(),
                    aggregation(value.featureClass(), texture),
                    value.value()))
        .toList();
  }

  /** Features in the manner of the IBSI, named by their tags. */
  public static List<TableFeature> of(List<IbsiValue> values) {
    return values.stream()
        .map(
            value ->
                new TableFeature(
                    value.image(),
                    value.feature().family().word(),
                    value.feature().tag(),
                    value.feature().ibsiId(),
                    shown(value.aggregation()),
                    value.value()))
        .toList();
  }

  private static String shown(@Nullable Aggregation aggregation) {
    return aggregation == null ? "" : aggregation.label() + " " + aggregation.ibsiId();
  }

  /** The words of IBSI 1, chapter 3.6, and their ids. */
  private static String aggregation(FeatureClass family, RadiomicsOptions.Texture texture) {
    boolean inSpace = texture.plane() == TexturePlane.VOLUME;
    return switch (family) {
      case SHAPE, SHAPE2D, FIRSTORDER -> "";
      case GLCM, GLRLM -> ofDirections(texture.weighting(), inSpace);
      case GLSZM, GLDM, NGTDM -> shown(inSpace ? Aggregation.VOLUME : Aggregation.PLANES);
    };
  }

  private static String ofDirections(@Nullable WeightingNorm weighting, boolean inSpace) {
    if (weighting == null) {
      return shown(inSpace ? Aggregation.VOLUME_AVERAGED : Aggregation.PLANES_AVERAGED);
    }
    if (weighting == WeightingNorm.NO_WEIGHTING) {
      return shown(inSpace ? Aggregation.VOLUME_MERGED : Aggregation.PLANES_MERGED);
    }
    return inSpace ? "3D_weighted" : "2.5D_weighted";
  }
}
