package org.rtpipeline.radiomics;

import java.util.Locale;

/** A family of features, named as PyRadiomics names it. */
public enum FeatureClass {
  SHAPE,
  SHAPE2D,
  FIRSTORDER,
  GLCM,
  GLRLM,
  GLSZM,
  GLDM,
  NGTDM;

  /** The name inside a feature's name. */
  public String label() {
    return this == SHAPE2D ? "shape2D" : name().toLowerCase(Locale.ROOT);
  }
}
