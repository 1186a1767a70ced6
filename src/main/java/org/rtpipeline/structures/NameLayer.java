package org.rtpipeline.structures;

import java.util.Locale;

/** Whom a name map is for, the widest first. */
public enum NameLayer {
  /** Every patient of a site. */
  SITE,
  /** The patients of one study or job. */
  COHORT,
  /** Single patients. */
  PATIENT;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
