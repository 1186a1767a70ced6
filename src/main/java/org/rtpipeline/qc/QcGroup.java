package org.rtpipeline.qc;

import java.util.Locale;

/** What a check is about. */
public enum QcGroup {
  /** Which objects a course has. */
  FILE_EXISTENCE,
  /** The planning CT. */
  CT_VALIDATION,
  /** The plans. */
  RP_VALIDATION,
  /** The doses. */
  RD_VALIDATION,
  /** How objects refer to one another. */
  CONSISTENCY,
  /** Regions that the image cuts. */
  STRUCTURE_CROPPING,
  /** The regions themselves. */
  STRUCTURES,
  /** What part of the body the images show. */
  BODY_REGIONS,
  /** Planned and delivered fractions. */
  FRACTIONS,
  /** A course beside the others. */
  COHORT;

  /** The word in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
