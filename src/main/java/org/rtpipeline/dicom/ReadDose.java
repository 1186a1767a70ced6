package org.rtpipeline.dicom;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;

/**
 * What an RTDOSE file gave.
 *
 * @param sopInstanceUid the object
 * @param frameOfReferenceUid (0020,0052); null when absent
 * @param grid doses in Gy, planes in ascending order along the normal
 * @param findings what was odd about the object
 */
public record ReadDose(
    String sopInstanceUid,
    @Nullable String frameOfReferenceUid,
    DoseGrid grid,
    List<Finding> findings) {
  /** Copies the findings. */
  public ReadDose {
    findings = List.copyOf(findings);
  }
}
