package org.rtpipeline.phantom;

import java.util.List;
import org.rtpipeline.geometry.Point;

/**
 * A body in patient coordinates whose volume, and the spread of that volume along each patient
 * axis, have closed forms.
 */
public sealed interface Solid permits Ellipsoid, Cylinder, Box, Cone, Hollow, Group {

  /** What kind of body it is, one word. */
  String shape();

  /** Volume, mm3. */
  double volumeMm3();

  /** True when the point lies inside or on the surface. */
  boolean contains(Point pointMm);

  /** Lowest coordinate along an axis, mm. */
  double lowestMm(Axis axis);

  /** Highest coordinate along an axis, mm. */
  double highestMm(Axis axis);

  /** Share of the volume, 0 to 1, whose coordinate is this one or higher. */
  double shareAbove(Axis axis, double coordinateMm);

  /** Mean over the volume of max(0, its coordinate - this one), mm. */
  double meanExcessMm(Axis axis, double coordinateMm);

  /**
   * Closed outlines of the section at a height; even-odd filling of them is the section. Curved
   * outlines become polygons of exactly the same area.
   *
   * @param zMm height of the section, mm
   * @return x, y of every vertex in turn, one array per outline, none repeated at the end; empty
   *     when the section is
   */
  List<double[]> outlinesMm(double zMm);

  /** The connected bodies it consists of. */
  default List<Solid> parts() {
    return List.of(this);
  }

  /** A ball. */
  static Solid sphere(Point centreMm, double radiusMm) {
    return new Ellipsoid(centreMm, new Point(radiusMm, radiusMm, radiusMm));
  }
}
