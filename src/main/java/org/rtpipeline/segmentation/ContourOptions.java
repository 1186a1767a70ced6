package org.rtpipeline.segmentation;

import java.io.Serializable;

/**
 * How masks become contours.
 *
 * @param outline what a contour runs along
 * @param holes how a hole is said
 */
public record ContourOptions(Outline outline, Holes holes) implements Serializable {

  /** Pixel edges and keyholes: every reader gets the mask back, voxel by voxel. */
  public static final ContourOptions EXACT = new ContourOptions(Outline.EDGE, Holes.KEYHOLE);

  /** What a contour runs along. */
  public enum Outline {
    /** The edges of the pixels, so that area and mask are kept exactly. */
    EDGE,
    /** The half-way line of the slightly smoothed mask, without steps. */
    SUBVOXEL
  }

  /** How a hole is said. */
  public enum Holes {
    /** A channel without width joins the hole to the contour around it (PS3.3 C.8.8.6.3). */
    KEYHOLE,
    /** A contour of its own, of type CLOSED_PLANAR, inside the other. */
    SEPARATE,
    /** A contour of its own; all contours are of type CLOSEDPLANAR_XOR. */
    XOR
  }
}
