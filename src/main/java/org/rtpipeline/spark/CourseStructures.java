package org.rtpipeline.spark;

import org.rtpipeline.model.StructureSet;

/**
 * One structure set that stages compute for, and who drew it.
 *
 * @param set the structures
 * @param origin who drew them
 * @param source what the column {@code segmentation_source} says of sets that this product made, as
 *     {@code Custom}; empty for clinical sets, whose word depends on the dose
 */
public record CourseStructures(StructureSet set, Origin origin, String source) {

  /** Who drew a structure set. */
  public enum Origin {
    /** It came with the input. */
    CLINICAL,
    /** A segmentation back end of this product. */
    AUTOMATIC,
    /** Derived from other structures by rules. */
    CUSTOM
  }

  /** A structure set of the input. */
  static CourseStructures clinical(StructureSet set) {
    return new CourseStructures(set, Origin.CLINICAL, "");
  }
}
