package org.rtpipeline.radiomics;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Deprecated features of PyRadiomics, which only a file of parameters that names them asks for:
 * some have numbers that follow from other features, the rest have none any more.
 */
final class DeprecatedFeatures {

  private DeprecatedFeatures() {}

  /** Names of a family that have numbers. */
  static List<String> of(FeatureClass family) {
    return switch (family) {
      case SHAPE -> List.of("Compactness1", "Compactness2", "SphericalDisproportion");
      case SHAPE2D -> List.of("SphericalDisproportion");
      case FIRSTORDER -> List.of("StandardDeviation");
      case GLCM, GLRLM, GLSZM, GLDM, NGTDM -> List.of();
    };
  }

  /** Names of a family that PyRadiomics still takes, but gives no number for. */
  static List<String> withoutNumber(FeatureClass family) {
    return switch (family) {
      case GLCM -> List.of("Dissimilarity", "Homogeneity1", "Homogeneity2", "SumVariance");
      case GLDM -> List.of("DependencePercentage", "GrayLevelNonUniformityNormalized");
      case SHAPE, SHAPE2D, FIRSTORDER, GLRLM, GLSZM, NGTDM -> List.of();
    };
  }

  /**
   * The number of a name.
   *
   * @param number of the other features of the family by their names
   */
  static double value(FeatureClass family, String name, ToDoubleFunction<String> number) {
    return switch (name) {
      case "Compactness1" ->
          number.applyAsDouble("MeshVolume")
              / (Math.pow(number.applyAsDouble("SurfaceArea"), 1.5) * Math.sqrt(Math.PI));
      case "Compactness2" -> Math.pow(number.applyAsDouble("Sphericity"), 3);
      case "SphericalDisproportion" -> 1 / number.applyAsDouble("Sphericity");
      case "StandardDeviation" -> Math.sqrt(number.applyAsDouble("Variance"));
      default -> throw new IllegalArgumentException(family.label() + " has no feature " + name);
    };
  }
}
