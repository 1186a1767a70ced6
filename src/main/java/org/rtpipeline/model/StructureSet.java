package org.rtpipeline.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The regions of one RTSTRUCT object, or the outlines of the segments of one segmentation.
 *
 * @param sopInstanceUid the object
 * @param label structure set label (3006,0002) or content label (0070,0080), empty when absent
 * @param approvalStatus (300E,0002); null when absent
 * @param frameOfReferenceUid the frame the contours live in; null when the object names none
 * @param rois in ascending order of ROI number
 * @param findings what was odd about the object or single ROIs
 */
public record StructureSet(
    String sopInstanceUid,
    String label,
    @Nullable String approvalStatus,
    @Nullable String frameOfReferenceUid,
    List<Roi> rois,
    List<Finding> findings)
    implements Serializable {

  /** Copies the lists. */
  public StructureSet {
    rois = List.copyOf(rois);
    findings = List.copyOf(findings);
  }

  /** The frame that a region of the set lies in: its own, else that of the set; null if neither. */
  public @Nullable String frameOf(Roi roi) {
    String own = roi.frameOfReferenceUid();
    return own == null ? frameOfReferenceUid : own;
  }

  /**
   * Whether a region of the set lies in a frame; unknown frames are trusted.
   *
   * @param frameUid null when not known
   */
  public boolean isIn(@Nullable String frameUid, Roi roi) {
    String own = frameOf(roi);
    return own == null || frameUid == null || own.equals(frameUid);
  }

  /** The same set with a further finding. */
  public StructureSet with(Finding finding) {
    List<Finding> more = new ArrayList<>(findings);
    more.add(finding);
    return new StructureSet(sopInstanceUid, label, approvalStatus, frameOfReferenceUid, rois, more);
  }

  /** The same set in another frame of reference, with its regions there. */
  public StructureSet inFrame(@Nullable String frameUid, List<Roi> others) {
    return new StructureSet(sopInstanceUid, label, approvalStatus, frameUid, others, findings);
  }

  /** The same set with other regions. */
  public StructureSet with(List<Roi> others) {
    return inFrame(frameOfReferenceUid, others);
  }
}
