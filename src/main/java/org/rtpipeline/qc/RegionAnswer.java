package org.rtpipeline.qc;

import java.io.Serializable;

/**
 * Whether an image shows a region of the body.
 *
 * @param basis what says so
 * @param isShown the answer
 * @param confidence how sure it is, 0 to 1, in hundredths
 * @param vertebrae vertebrae of the region among the structures
 * @param hasOrgan whether enough of an organ of the region is among the structures
 */
public record RegionAnswer(
    Basis basis, boolean isShown, double confidence, int vertebrae, boolean hasOrgan)
    implements Serializable {

  /** What an answer rests on. */
  public enum Basis {
    /** Nothing: there is neither a structure of the region nor an image that tells. */
    NONE,
    /** Shape of the body, air and bone in the image. */
    IMAGE,
    /** Structures of the region, or a labelled spine. */
    STRUCTURES
  }
}
