package org.rtpipeline.qc;

/** How a check ended, mildest first. */
public enum QcLevel {
  /** As expected. */
  PASS,
  /** There was nothing to check. */
  NOT_EVALUATED,
  /** A fact worth knowing; nothing follows. */
  INFO,
  /** Results may be used after somebody has looked. */
  WARNING,
  /** Results that depend on it must not be used. */
  FAIL
}
