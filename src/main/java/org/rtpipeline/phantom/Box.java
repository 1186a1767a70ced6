package org.rtpipeline.phantom;

import java.util.List;
import org.rtpipeline.geometry.Point;

/**
 * A box along the patient axes.
 *
 * @param centreMm its centre
 * @param halfMm half its sizes, mm, each over 0
 */
public record Box(Point centreMm, Point halfMm) implements Solid {

  /** Checks the sizes. */
  public Box {
    HalfSizes.check(halfMm);
  }

  @Override
  public String shape() {
    return "box";
  }

  @Override
  public double volumeMm3() {
    return 8 * halfMm.xMm() * halfMm.yMm() * halfMm.zMm();
  }

  @Override
  public boolean contains(Point pointMm) {
    for (Axis axis : Axis.values()) {
      if (Math.abs(HalfSizes.relative(axis, pointMm, centreMm, halfMm)) > 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double lowestMm(Axis axis) {
    return axis.ofMm(centreMm) - axis.ofMm(halfMm);
  }

  @Override
  public double highestMm(Axis axis) {
    return axis.ofMm(centreMm) + axis.ofMm(halfMm);
  }

  @Override
  public double shareAbove(Axis axis, double coordinateMm) {
    return HalfSizes.share(Spread.EVEN, axis, coordinateMm, centreMm, halfMm);
  }

  @Override
  public double meanExcessMm(Axis axis, double coordinateMm) {
    return HalfSizes.meanExcessMm(Spread.EVEN, axis, coordinateMm, centreMm, halfMm);
  }

  @Override
  public List<double[]> outlinesMm(double zMm) {
    if (Math.abs(zMm - centreMm.zMm()) >= halfMm.zMm()) {
      return List.of();
    }
    return List.of(Outlines.rectangle(centreMm.xMm(), centreMm.yMm(), halfMm.xMm(), halfMm.yMm()));
  }
}
