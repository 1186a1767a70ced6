package org.rtpipeline.model;

/** What the tables may hold of names, birth dates, other identifiers and staff. */
public enum PersonalData {
  /** Nothing. */
  DROP,
  /** What the objects hold. */
  KEEP
}
