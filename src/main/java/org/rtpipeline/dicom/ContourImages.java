package org.rtpipeline.dicom;

import java.util.List;

/**
 * The CT series that the contours of a structure set were drawn on.
 *
 * @param studyUid its study
 * @param seriesUid the series
 * @param sopInstanceUids its images, in the order they are to be named
 */
public record ContourImages(String studyUid, String seriesUid, List<String> sopInstanceUids) {

  /** Copies the list; a series without images cannot be referred to. */
  public ContourImages {
    if (sopInstanceUids.isEmpty()) {
      throw new IllegalArgumentException("series " + seriesUid + " has no images to refer to");
    }
    sopInstanceUids = List.copyOf(sopInstanceUids);
  }
}
