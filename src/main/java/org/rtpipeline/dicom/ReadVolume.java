package org.rtpipeline.dicom;

import java.util.List;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;

/**
 * What the files of an image series gave.
 *
 * @param volume modality values, planes in ascending order along the normal
 * @param sopInstanceUids the image of each plane, in the order of the planes
 * @param findings what was odd about the series
 */
public record ReadVolume(ImageVolume volume, List<String> sopInstanceUids, List<Finding> findings) {
  /** Copies the lists. */
  public ReadVolume {
    sopInstanceUids = List.copyOf(sopInstanceUids);
    findings = List.copyOf(findings);
  }
}
