package org.rtpipeline.config;

import java.io.Serializable;

/**
 * How dose-volume histograms are computed.
 *
 * @param binWidthGy width of a bin of the curves, Gy
 * @param endCaps what lies beyond the first and the last plane
 * @param betweenPlanes the shape between two planes
 */
public record DvhSection(double binWidthGy, EndCaps endCaps, BetweenPlanes betweenPlanes)
    implements Serializable {
  /** What lies beyond the first and the last plane. */
  public enum EndCaps {
    /** Half a slice of the same outline. */
    HALF_SLICE,
    /** Nothing. */
    NONE,
    /** Half a slice that closes. */
    ROUNDED
  }

  /** The shape between two planes. */
  public enum BetweenPlanes {
    /** Each outline reaches halfway to its neighbours. */
    PRISM,
    /** Outlines pass into each other. */
    LINEAR
  }
}
