package org.rtpipeline.dicom;

import java.util.List;

/**
 * The image series that the contours of a structure set or the segments were drawn on.
 *
 * @param studyUid its study
 * @param seriesUid the series
 * @param sopClassUid class of its images
 * @param sopInstanceUids its images, in the order they are to be named
 */
public record ContourImages(
    String studyUid, String seriesUid, String sopClassUid, List<String> sopInstanceUids) {

  /** A CT series. */
  public ContourImages(String studyUid, String seriesUid, List<String> sopInstanceUids) {
    this(studyUid, seriesUid, StorageClass.CT_IMAGE, sopInstanceUids);
  }

  /** Copies the list; a series without images cannot be referred to. */
  public ContourImages {
    if (sopInstanceUids.isEmpty()) {
      throw new IllegalArgumentException("series " + seriesUid + " has no images to refer to");
    }
    sopInstanceUids = List.copyOf(sopInstanceUids);
  }
}
