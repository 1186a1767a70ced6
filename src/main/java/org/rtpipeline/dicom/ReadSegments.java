package org.rtpipeline.dicom;

import java.util.List;
import org.rtpipeline.model.LabelMap;

/**
 * What a segmentation object gave.
 *
 * @param sopInstanceUid the object
 * @param frameOfReferenceUid (0020,0052), empty when absent
 * @param referencedSeriesUids the image series it was made from
 * @param labels the segments, on the planes that the object has; its findings say what was odd
 */
public record ReadSegments(
    String sopInstanceUid,
    String frameOfReferenceUid,
    List<String> referencedSeriesUids,
    LabelMap labels) {
  /** Copies the list. */
  public ReadSegments {
    referencedSeriesUids = List.copyOf(referencedSeriesUids);
  }
}
