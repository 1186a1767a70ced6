package org.rtpipeline.dvh;

import java.io.Serializable;

/**
 * How a region is modelled between and beyond its contours, and how the dose between its points.
 *
 * @param binWidthGy widest bin of the histogram, Gy, over 0; a dose whose maximum is below 20 000
 *     such bins is given narrower ones
 * @param endCaps what lies beyond the first and the last contour
 * @param betweenPlanes what lies between neighbouring contours
 * @param interpolation dose between the points of its grid
 * @param cellsPerRoi cells a small region is cut into at least, 1000 to 10 000 000
 */
public record DvhOptions(
    double binWidthGy,
    EndCaps endCaps,
    BetweenPlanes betweenPlanes,
    Interpolation interpolation,
    int cellsPerRoi)
    implements Serializable {

  /** What is used when nothing else is asked for. */
  public static final DvhOptions DEFAULT =
      new DvhOptions(
          0.01, EndCaps.HALF_SLICE, BetweenPlanes.PRISM, Interpolation.TRILINEAR, 60_000);

  /** What lies beyond the first and the last contour of a region. */
  public enum EndCaps {
    /** Half the distance to the neighbouring plane. */
    HALF_SLICE,
    /** Nothing: the region ends at the contour. */
    NONE,
    /** Half the distance to the neighbouring plane, with edges rounded like a quarter circle. */
    ROUNDED
  }

  /** What lies between neighbouring contours of a region. */
  public enum BetweenPlanes {
    /** Each contour reaches to half-way to its neighbours, as in most planning systems. */
    PRISM,
    /**
     * A surface along the normal through all contours, by blending functions of their signed
     * distances; it follows cones, spheres and lying cylinders, and goes on beyond the end planes
     * as it came.
     */
    LINEAR
  }

  /** Dose between the points of its grid. */
  public enum Interpolation {
    /** Linear along each axis. */
    TRILINEAR,
    /** Cubic along each axis, through all points, after Catmull and Rom. */
    TRICUBIC
  }

  /** Refuses widths and counts out of range. */
  public DvhOptions {
    if (!(binWidthGy > 0) || Double.isInfinite(binWidthGy)) {
      throw new IllegalArgumentException("bin width must be over 0 Gy, got " + binWidthGy);
    }
    if (cellsPerRoi < 1000 || cellsPerRoi > 10_000_000) {
      throw new IllegalArgumentException(
          "cells per ROI must be 1000 to 10000000, got " + cellsPerRoi);
    }
  }

  /** These options with other end caps. */
  public DvhOptions withEndCaps(EndCaps other) {
    return new DvhOptions(binWidthGy, other, betweenPlanes, interpolation, cellsPerRoi);
  }

  /** These options with another model between the planes. */
  public DvhOptions withBetweenPlanes(BetweenPlanes other) {
    return new DvhOptions(binWidthGy, endCaps, other, interpolation, cellsPerRoi);
  }

  /** These options with another dose interpolation. */
  public DvhOptions withInterpolation(Interpolation other) {
    return new DvhOptions(binWidthGy, endCaps, betweenPlanes, other, cellsPerRoi);
  }

  /** These options with more or fewer cells in a small region. */
  public DvhOptions withCellsPerRoi(int other) {
    return new DvhOptions(binWidthGy, endCaps, betweenPlanes, interpolation, other);
  }
}
