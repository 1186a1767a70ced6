package org.rtpipeline.dicom;

import java.util.List;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;

/**
 * What the files of an image series gave.
 *
 * @param volume modality values, planes in ascending order along the normal
 * @param findings what was odd about the series
 */
public record ReadVolume(ImageVolume volume, List<Finding> findings) {
  /** Copies the findings. */
  public ReadVolume {
    findings = List.copyOf(findings);
  }
}
