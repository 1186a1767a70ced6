package org.rtpipeline.phantom;

/**
 * What cohort is made up.
 *
 * @param patients how many patients, 1 to 9999; one course each
 * @param seed the same seed gives the same files, byte for byte
 * @param size how large each course is
 */
public record PhantomOptions(int patients, long seed, PhantomSize size) {

  private static final int MOST_PATIENTS = 9999;

  /** Checks the number of patients. */
  public PhantomOptions {
    if (patients < 1 || patients > MOST_PATIENTS) {
      throw new IllegalArgumentException(
          "patients must be from 1 to " + MOST_PATIENTS + ", got " + patients);
    }
  }
}
