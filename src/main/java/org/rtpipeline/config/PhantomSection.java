package org.rtpipeline.config;

import java.io.Serializable;

/**
 * A cohort of phantoms that a job may make for itself.
 *
 * @param making whether the run makes its own input
 * @param cohort which cohort it is
 * @param patients how many
 * @param seed the same seed makes the same cohort
 * @param size how large its images are
 */
public record PhantomSection(Making making, Cohort cohort, int patients, long seed, Size size)
    implements Serializable {

  /** Whether the run makes its own input. */
  public enum Making {
    /** The input is there. */
    NEVER,
    /** The input is made when its folder is absent or empty. */
    WHEN_ABSENT
  }

  /** Which cohort it is. */
  public enum Cohort {
    /** Whole courses of one plan each. */
    PLAIN,
    /** One small patient for each thing that clinics send beside plain courses. */
    MIXED
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
