package org.rtpipeline.radiomics;

import java.util.List;
import java.util.Optional;

/** Names of the features of each family. */
final class FeatureNames {

  private FeatureNames() {}

  /** The names, in the order of output. */
  static List<String> of(FeatureClass family) {
    return switch (family) {
      case SHAPE -> Shape.NAMES;
      case SHAPE2D -> PlaneShape.NAMES;
      case FIRSTORDER -> FirstOrder.NAMES;
      case GLCM -> CooccurrenceFeatures.NAMES;
      case GLRLM -> SizeFeatureNames.RUNS;
      case GLSZM -> SizeFeatureNames.ZONES;
      case GLDM -> SizeFeatureNames.DEPENDENCE;
      case NGTDM -> ToneDifferenceFeatures.NAMES;
    };
  }

  /** The family of a name such as glcm. */
  static Optional<FeatureClass> family(String label) {
    for (FeatureClass family : FeatureClass.values()) {
      if (family.label().equals(label)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }
}
