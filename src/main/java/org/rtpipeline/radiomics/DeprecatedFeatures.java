package org.rtpipeline.radiomics;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Features that PyRadiomics computes only when a file of parameters names them, for they follow
 * from others.
 */
final class DeprecatedFeatures {

  private DeprecatedFeatures() {}

  /** The names of a family. */
  static List<String> of(FeatureClass family) {
    return switch (family) {
      case SHAPE -> List.of("Compactness1", "Compactness2", "SphericalDisproportion");
      case SHAPE2D -> List.of("SphericalDisproportion");
      case FIRSTORDER -> List.of("StandardDeviation");
      case GLDM -> List.of("DependencePercentage", "GrayLevelNonUniformityNormalized");
      case GLCM, GLRLM, GLSZM, NGTDM -> List.of();
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
      case "DependencePercentage" -> 1;
      case "GrayLevelNonUniformityNormalized" ->
          number.applyAsDouble("GrayLevelNonUniformity")
              * number.applyAsDouble("DependenceNonUniformityNormalized")
              / number.applyAsDouble("DependenceNonUniformity");
      default -> throw new IllegalArgumentException(family.label() + " has no feature " + name);
    };
  }
}
