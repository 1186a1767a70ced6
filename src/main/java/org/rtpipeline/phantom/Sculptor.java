package org.rtpipeline.phantom;

import java.util.List;
import java.util.SplittableRandom;
import org.rtpipeline.geometry.Point;

/**
 * Makes the solids of one patient: a layout gives the usual place and size, the patient's random
 * numbers change both a little.
 *
 * <p>In z every solid begins and ends where a CT slab does ({@link PhantomSize#SLAB_MM}), so
 * contours at slab centres tile it without overhang. Heights are given in slabs from the middle of
 * the CT.
 */
final class Sculptor {

  private static final double SMALLEST_SCALE = 0.94;
  private static final double LARGEST_SCALE = 1.06;
  private static final double FARTHEST_SHIFT_MM = 2;

  private final SplittableRandom random;
  private final double scale;
  private final int liftSlabs;

  Sculptor(SplittableRandom random) {
    this.random = random;
    this.scale = random.nextDouble(SMALLEST_SCALE, LARGEST_SCALE);
    this.liftSlabs = random.nextInt(-1, 2);
  }

  /** The outline of the patient: an upright elliptic cylinder that is only scaled. */
  Solid body(double halfXMm, double halfYMm, int halfSlabs) {
    return new Cylinder(
        Axis.Z,
        Point.ORIGIN,
        new Point(scale * halfXMm, scale * halfYMm, halfSlabs * PhantomSize.SLAB_MM));
  }

  Solid ellipsoid(double xMm, double yMm, int low, int high, double halfXMm, double halfYMm) {
    return new Ellipsoid(centre(xMm, yMm, low, high), half(low, high, halfXMm, halfYMm));
  }

  Solid upright(double xMm, double yMm, int low, int high, double halfXMm, double halfYMm) {
    return cylinder(Axis.Z, xMm, yMm, low, high, halfXMm, halfYMm);
  }

  Solid cylinder(
      Axis along, double xMm, double yMm, int low, int high, double halfXMm, double halfYMm) {
    return new Cylinder(along, centre(xMm, yMm, low, high), half(low, high, halfXMm, halfYMm));
  }

  Solid box(double xMm, double yMm, int low, int high, double halfXMm, double halfYMm) {
    return new Box(centre(xMm, yMm, low, high), half(low, high, halfXMm, halfYMm));
  }

  Solid cone(double xMm, double yMm, int low, int high, double radiusMm, Cone.Apex apex) {
    Point centreMm = centre(xMm, yMm, low, high);
    double heightMm = (high - low) * PhantomSize.SLAB_MM;
    double baseMm = centreMm.zMm() + (apex == Cone.Apex.UP ? -heightMm / 2 : heightMm / 2);
    return new Cone(
        new Point(centreMm.xMm(), centreMm.yMm(), baseMm), scale * radiusMm, heightMm, apex);
  }

  /** An upright tube whose wall has the given thickness, mm. */
  Solid tube(
      double xMm, double yMm, int low, int high, double radiusMm, double wallMm, Hollow.Hole hole) {
    Point centreMm = centre(xMm, yMm, low, high);
    return new Hollow(
        new Cylinder(Axis.Z, centreMm, half(low, high, radiusMm, radiusMm)),
        new Cylinder(Axis.Z, centreMm, half(low, high, radiusMm - wallMm, radiusMm - wallMm)),
        hole);
  }

  /** An ellipsoid without its core; the wall is one slab thick above and below. */
  Solid shell(double xMm, double yMm, int low, int high, double radiusMm, double wallMm) {
    Point centreMm = centre(xMm, yMm, low, high);
    return new Hollow(
        new Ellipsoid(centreMm, half(low, high, radiusMm, radiusMm)),
        new Ellipsoid(centreMm, half(low + 1, high - 1, radiusMm - wallMm, radiusMm - wallMm)),
        Hollow.Hole.OWN_CONTOUR);
  }

  Solid group(Solid... parts) {
    return new Group(List.of(parts));
  }

  private Point centre(double xMm, double yMm, int low, int high) {
    double xShiftMm = random.nextDouble(-FARTHEST_SHIFT_MM, FARTHEST_SHIFT_MM);
    double yShiftMm = random.nextDouble(-FARTHEST_SHIFT_MM, FARTHEST_SHIFT_MM);
    return new Point(
        scale * xMm + xShiftMm,
        scale * yMm + yShiftMm,
        (0.5 * (low + high) + liftSlabs) * PhantomSize.SLAB_MM);
  }

  private Point half(int low, int high, double halfXMm, double halfYMm) {
    return new Point(scale * halfXMm, scale * halfYMm, 0.5 * (high - low) * PhantomSize.SLAB_MM);
  }
}
