package org.rtpipeline.config;

import java.io.Serializable;

/**
 * A cohort of phantoms that a job may make for itself.
 *
 * @param making whether the run makes its own input
 * @param patients how many
 * @param seed the same seed makes the same cohort
 * @param size how large its images are
 */
public record PhantomSection(Making making, int patients, long seed, Size size)
    implements Serializable {

  /** Whether the run makes its own input. */
  public enum Making {
    /** The input is there. */
    NEVER,
    /** The input is made when its folder is absent or empty. */
    WHEN_ABSENT
  }

  /** How large the images are. */
  public enum Size {
    /** For tests and for a first look: seconds. */
    SMALL,
    /** As a clinic's: for benchmarks. */
    CLINICAL
  }

  /** Refuses a cohort of none. */
  public PhantomSection {
    if (patients < 1) {
      throw new IllegalArgumentException("patients is " + patients + ", expected at least 1");
    }
  }
}
