package org.rtpipeline.spark;

import org.rtpipeline.model.StructureSet;

/**
 * One structure set that stages compute for, and who drew it.
 *
 * @param set the structures
 * @param origin who drew them
 * @param source what the column {@code segmentation_source} says, as {@code Custom} or {@code SEG};
 *     empty for clinical sets, whose word depends on the dose
 */
public record CourseStructures(StructureSet set, Origin origin, String source) {

  /** Who drew a structure set. */
  public enum Origin {
    /** It came with the input, as a structure set. */
    CLINICAL,
    /** It came with the input, as a segmentation object. */
    SEGMENTATION,
    /** A segmentation back end of this product. */
    AUTOMATIC,
    /** Derived from other structures by rules. */
    CUSTOM
  }

  /** What the column {@code segmentation_source} says of structure sets of the input. */
  static final String MANUAL = "Manual";

  /** The same of segmentation objects of the input. */
  static final String SEGMENTATION_OBJECT = "SEG";

  /** A segmentation object of the input. */
  static CourseStructures segmentation(StructureSet set) {
    return new CourseStructures(set, Origin.SEGMENTATION, SEGMENTATION_OBJECT);
  }

  /** A structure set of the input. */
  static CourseStructures clinical(StructureSet set) {
    return new CourseStructures(set, Origin.CLINICAL, "");
  }
}
