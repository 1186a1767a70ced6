package org.rtpipeline.spark;

import java.util.Set;
import java.util.TreeSet;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/**
 * One structure set that stages compute for, and who drew it.
 *
 * @param set the structures
 * @param origin who drew them
 * @param source what the column {@code segmentation_source} says, as {@code Custom} or {@code SEG};
 *     empty for clinical sets, whose word depends on the dose
 * @param clipped numbers of the regions of which bounds along the patient have left a part
 */
public record CourseStructures(
    StructureSet set, Origin origin, String source, Set<Integer> clipped) {

  /** Sorts the numbers. */
  public CourseStructures {
    clipped = new TreeSet<>(clipped);
  }

  /** A structure set of whole regions. */
  CourseStructures(StructureSet set, Origin origin, String source) {
    this(set, origin, source, Set.of());
  }

  /** Who drew a structure set. */
  public enum Origin {
    /** It came with the input, as a structure set. */
    CLINICAL,
    /** It came with the input, as a segmentation object. */
    SEGMENTATION,
    /** A segmentation back end of this product. */
    AUTOMATIC,
    /** Derived from other structures by rules. */
    CUSTOM,
    /** Others cut at the bounds of a region of the body. */
    CROPPED
  }

  /** The same structures in another form. */
  CourseStructures with(StructureSet other) {
    return new CourseStructures(other, origin, source, clipped);
  }

  /** Whether a region is a part that bounds along the patient have left. */
  boolean isClipped(Roi roi) {
    return clipped.contains(roi.number());
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
