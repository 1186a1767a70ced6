package org.rtpipeline.phantom;

import java.util.List;
import org.rtpipeline.geometry.Point;

/**
 * A straight cylinder with an elliptic or circular cross section.
 *
 * @param along the axis it lies along
 * @param centreMm its centre
 * @param halfMm half its length along its axis, and its two semi-axes across, mm, each over 0
 */
public record Cylinder(Axis along, Point centreMm, Point halfMm) implements Solid {

  /** Checks the sizes. */
  public Cylinder {
    HalfSizes.check(halfMm);
  }

  @Override
  public String shape() {
    return "cylinder_" + (along == Axis.X ? "x" : along == Axis.Y ? "y" : "z");
  }

  @Override
  public double volumeMm3() {
    return 2 * Math.PI * halfMm.xMm() * halfMm.yMm() * halfMm.zMm();
  }

  @Override
  public boolean contains(Point pointMm) {
    double acrossSquared = 0;
    for (Axis axis : Axis.values()) {
      double u = HalfSizes.relative(axis, pointMm, centreMm, halfMm);
      if (axis != along) {
        acrossSquared += u * u;
      } else if (Math.abs(u) > 1) {
        return false;
      }
    }
    return acrossSquared <= 1;
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
    return HalfSizes.share(spread(axis), axis, coordinateMm, centreMm, halfMm);
  }

  @Override
  public double meanExcessMm(Axis axis, double coordinateMm) {
    return HalfSizes.meanExcessMm(spread(axis), axis, coordinateMm, centreMm, halfMm);
  }

  @Override
  public List<double[]> outlinesMm(double zMm) {
    double w = (zMm - centreMm.zMm()) / halfMm.zMm();
    if (Math.abs(w) >= 1) {
      return List.of();
    }
    if (along == Axis.Z) {
      return List.of(Outlines.ellipse(centreMm.xMm(), centreMm.yMm(), halfMm.xMm(), halfMm.yMm()));
    }
    double narrowing = Math.sqrt(1 - w * w);
    return List.of(
        Outlines.rectangle(
            centreMm.xMm(),
            centreMm.yMm(),
            along == Axis.X ? halfMm.xMm() : narrowing * halfMm.xMm(),
            along == Axis.Y ? halfMm.yMm() : narrowing * halfMm.yMm()));
  }

  private Spread spread(Axis axis) {
    return axis == along ? Spread.EVEN : Spread.DISC;
  }
}
