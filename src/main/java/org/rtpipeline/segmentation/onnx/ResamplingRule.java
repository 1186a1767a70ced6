package org.rtpipeline.segmentation.onnx;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * How nnU-Net resamples: all axes alike, or planes first and the one coarse axis by itself.
 *
 * @param order of the spline: 0 nearest, 1 linear, 3 cubic
 * @param coarseOrder of the spline along a coarse axis that is resampled by itself
 * @param separation when the coarse axis is resampled by itself
 */
record ResamplingRule(int order, int coarseOrder, Separation separation) implements Serializable {

  /** Ratio of the largest to the smallest spacing from which on a grid counts as coarse. */
  private static final double ANISOTROPY = 3;

  /** When the coarse axis is resampled by itself. */
  enum Separation {
    BY_SPACING,
    ALWAYS,
    NEVER
  }

  /** Refuses splines that are not there. */
  ResamplingRule {
    for (int each : new int[] {order, coarseOrder}) {
      if (each != 0 && each != 1 && each != 3) {
        throw new IllegalArgumentException("spline order is 0, 1 or 3, got " + each);
      }
    }
  }

  /**
   * The axis that is resampled by itself, if one is: the coarse one of the present grid, else that
   * of the new grid, and only if no other axis is as coarse.
   */
  OptionalInt separateAxis(double[] spacingMm, double[] newSpacingMm) {
    if (separation == Separation.NEVER) {
      return OptionalInt.empty();
    }
    if (separation == Separation.ALWAYS || isCoarse(spacingMm)) {
      return coarsest(spacingMm);
    }
    return isCoarse(newSpacingMm) ? coarsest(newSpacingMm) : OptionalInt.empty();
  }

  private static boolean isCoarse(double[] spacingMm) {
    return Math.max(spacingMm[0], Math.max(spacingMm[1], spacingMm[2]))
            / Math.min(spacingMm[0], Math.min(spacingMm[1], spacingMm[2]))
        > ANISOTROPY;
  }

  private static OptionalInt coarsest(double[] spacingMm) {
    double most = Math.max(spacingMm[0], Math.max(spacingMm[1], spacingMm[2]));
    OptionalInt found = OptionalInt.empty();
    for (int axis = 0; axis < 3; axis++) {
      if (most / spacingMm[axis] == 1) {
        if (found.isPresent()) {
          return OptionalInt.empty();
        }
        found = OptionalInt.of(axis);
      }
    }
    return found;
  }

  /**
   * Voxels of an image at a new spacing: the rounded quotient, half to even.
   *
   * @throws NetworkException when the image is thinner than half a new voxel
   */
  static Extent newExtent(Extent extent, double[] spacingMm, double[] newSpacingMm)
      throws NetworkException {
    int[] counts = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      counts[axis] = (int) Math.rint(spacingMm[axis] / newSpacingMm[axis] * extent.count(axis));
      if (counts[axis] < 1) {
        throw new NetworkException(
            extent.count(axis)
                + " voxels of "
                + spacingMm[axis]
                + " mm are none at "
                + newSpacingMm[axis]
                + " mm");
      }
    }
    return Extent.of(counts);
  }

  /** The passes from one grid to another. */
  Resampling between(Extent from, Extent to, double[] spacingMm, double[] newSpacingMm) {
    OptionalInt separate = separateAxis(spacingMm, newSpacingMm);
    if (separate.isPresent()) {
      return new Resampling(
          from, to, separate.getAsInt(), order, coarseOrder, Resampling.Clip.EACH_PLANE);
    }
    return new Resampling(from, to, 0, order, order, Resampling.Clip.WHOLE_VOLUME);
  }
}
