package org.rtpipeline.radiomics;

import org.rtpipeline.geometry.Point;

/**
 * Masks on grids of their own, beside the image that they belong to, by the rules of PyRadiomics
 * and ITK.
 */
public final class MaskGeometry {

  /** Share of a voxel by which a region may reach beyond its image. */
  private static final double BEYOND = 1e-3;

  private MaskGeometry() {}

  /**
   * Whether two grids count as one: as many voxels, and origins and spacings that differ by at most
   * a share of the first spacing of the image, directions by at most that number.
   */
  public static boolean isSame(Raster image, Raster labels, double tolerance) {
    double toleranceMm = Math.abs(tolerance * image.size().dxMm());
    boolean same = isClose(image.firstMm(), labels.firstMm(), toleranceMm);
    for (int axis = 0; axis < 3; axis++) {
      double apartMm = image.size().spacingMm(axis) - labels.size().spacingMm(axis);
      same &= image.size().count(axis) == labels.size().count(axis);
      same &= Math.abs(apartMm) <= toleranceMm;
      same &= isClose(image.axes().get(axis), labels.axes().get(axis), tolerance);
    }
    return same;
  }

  private static boolean isClose(Point one, Point other, double tolerance) {
    Point apart = one.minus(other);
    return Math.abs(apart.xMm()) <= tolerance
        && Math.abs(apart.yMm()) <= tolerance
        && Math.abs(apart.zMm()) <= tolerance;
  }

  /**
   * Whether the first and the last corner of the box round a region lie in the image.
   *
   * @param mask on the grid of the labels, not 0 inside the region
   */
  public static boolean isInside(Raster image, Raster labels, byte[] mask) {
    IndexBox box = IndexBox.round(mask, labels.size()).orElseThrow();
    double[][] corners = ResampledGrid.onto(labels, image).corners(box);
    for (int axis = 0; axis < 3; axis++) {
      double low = Math.min(corners[0][axis], corners[1][axis]);
      double high = Math.max(corners[0][axis], corners[1][axis]);
      if (low < -0.5 - BEYOND || high > image.size().count(axis) - 0.5 + BEYOND) {
        return false;
      }
    }
    return true;
  }

  /**
   * The mask on the grid of the image: of the nearest voxel, 0 where there is none; a new array.
   *
   * @param mask on the grid of the labels, not 0 inside the region
   */
  public static byte[] onto(Raster image, Raster labels, byte[] mask) {
    Region region = Region.of(labels, IndexBox.whole(labels.size()), mask).orElseThrow();
    return Resampler.nearest(region, ResampledGrid.onto(image, labels));
  }
}
