package org.rtpipeline.metadata.pet;

/** A PET series cannot be turned into uptake values; caught where the series is judged. */
final class PetExcludedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final PetExclusion exclusion;

  /**
   * A reason.
   *
   * @param details attribute, value seen and what was expected; no patient data
   */
  PetExcludedException(PetExclusion exclusion, String details) {
    super(details);
    this.exclusion = exclusion;
  }

  PetExclusion exclusion() {
    return exclusion;
  }

  String details() {
    return String.valueOf(getMessage());
  }
}
