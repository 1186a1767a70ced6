package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;

/**
 * A rigid or affine spatial registration (PS3.3 C.20.2).
 *
 * @param sopInstanceUid the object
 * @param frameOfReferenceUid the frame that everything is brought into
 * @param transforms one per registered source
 * @param findings what was odd about the object
 */
public record Registration(
    String sopInstanceUid,
    String frameOfReferenceUid,
    List<Transform> transforms,
    List<Finding> findings)
    implements Serializable {

  /** Copies the lists. */
  public Registration {
    transforms = List.copyOf(transforms);
    findings = List.copyOf(findings);
  }

  /**
   * One matrix.
   *
   * @param sourceFrameOfReferenceUid the frame the points come from
   * @param type RIGID, RIGID_SCALE or AFFINE
   * @param matrix 16 numbers, row by row, source mm to registered mm
   * @param imageUids SOP instance UIDs of the images it is meant for
   */
  public record Transform(
      String sourceFrameOfReferenceUid, String type, List<Double> matrix, List<String> imageUids)
      implements Serializable {

    /** Refuses anything but 16 numbers. */
    public Transform {
      matrix = List.copyOf(matrix);
      imageUids = List.copyOf(imageUids);
      if (matrix.size() != 16) {
        throw new IllegalArgumentException("a transform has 16 numbers, got " + matrix.size());
      }
    }
  }
}
