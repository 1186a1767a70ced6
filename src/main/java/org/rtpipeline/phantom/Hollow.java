package org.rtpipeline.phantom;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.geometry.Point;

/**
 * A solid with another one, wholly inside it, taken out: a tube, a shell, an organ wall.
 *
 * @param outer what it is cut from; its extreme coordinates along each axis stay part of it
 * @param inner what is missing
 * @param hole how the hole is drawn
 */
public record Hollow(Solid outer, Solid inner, Hole hole) implements Solid {

  /** How the hole of a section is drawn. */
  public enum Hole {
    /** As a contour of its own inside the outer one. */
    OWN_CONTOUR,
    /** As one contour that crosses over a bridge of no width to the hole and back. */
    KEYHOLE
  }

  @Override
  public String shape() {
    return hole == Hole.KEYHOLE ? "hollow_keyhole" : "hollow";
  }

  @Override
  public double volumeMm3() {
    return outer.volumeMm3() - inner.volumeMm3();
  }

  @Override
  public boolean contains(Point pointMm) {
    return outer.contains(pointMm) && !inner.contains(pointMm);
  }

  @Override
  public double lowestMm(Axis axis) {
    return outer.lowestMm(axis);
  }

  @Override
  public double highestMm(Axis axis) {
    return outer.highestMm(axis);
  }

  @Override
  public double shareAbove(Axis axis, double coordinateMm) {
    return (outer.volumeMm3() * outer.shareAbove(axis, coordinateMm)
            - inner.volumeMm3() * inner.shareAbove(axis, coordinateMm))
        / volumeMm3();
  }

  @Override
  public double meanExcessMm(Axis axis, double coordinateMm) {
    return (outer.volumeMm3() * outer.meanExcessMm(axis, coordinateMm)
            - inner.volumeMm3() * inner.meanExcessMm(axis, coordinateMm))
        / volumeMm3();
  }

  @Override
  public List<double[]> outlinesMm(double zMm) {
    List<double[]> outside = outer.outlinesMm(zMm);
    List<double[]> inside = inner.outlinesMm(zMm);
    if (hole == Hole.KEYHOLE && outside.size() == 1 && inside.size() == 1) {
      return List.of(Outlines.keyhole(outside.get(0), inside.get(0)));
    }
    List<double[]> all = new ArrayList<>(outside);
    all.addAll(inside);
    return all;
  }
}
