package org.rtpipeline.radiomics;

import java.util.Locale;

/** Whose habits are followed; a table never mixes them within a region of an image. */
public enum RadiomicsMode {
  /** Those of PyRadiomics. */
  PYRADIOMICS,
  /** The reference manuals of the IBSI. */
  IBSI;

  /** The word in files and tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
