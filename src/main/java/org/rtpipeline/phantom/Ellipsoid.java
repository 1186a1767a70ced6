package org.rtpipeline.phantom;

import java.util.List;
import org.rtpipeline.geometry.Point;

/**
 * An ellipsoid along the patient axes.
 *
 * @param centreMm its centre
 * @param halfMm its three semi-axes, mm, each over 0
 */
public record Ellipsoid(Point centreMm, Point halfMm) implements Solid {

  /** Checks the sizes. */
  public Ellipsoid {
    HalfSizes.check(halfMm);
  }

  @Override
  public String shape() {
    return halfMm.xMm() == halfMm.yMm() && halfMm.yMm() == halfMm.zMm() ? "sphere" : "ellipsoid";
  }

  @Override
  public double volumeMm3() {
    return 4.0 / 3 * Math.PI * halfMm.xMm() * halfMm.yMm() * halfMm.zMm();
  }

  @Override
  public boolean contains(Point pointMm) {
    double x = HalfSizes.relative(Axis.X, pointMm, centreMm, halfMm);
    double y = HalfSizes.relative(Axis.Y, pointMm, centreMm, halfMm);
    double z = HalfSizes.relative(Axis.Z, pointMm, centreMm, halfMm);
    return x * x + y * y + z * z <= 1;
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
    return HalfSizes.share(Spread.BALL, axis, coordinateMm, centreMm, halfMm);
  }

  @Override
  public double meanExcessMm(Axis axis, double coordinateMm) {
    return HalfSizes.meanExcessMm(Spread.BALL, axis, coordinateMm, centreMm, halfMm);
  }

  @Override
  public List<double[]> outlinesMm(double zMm) {
    double w = (zMm - centreMm.zMm()) / halfMm.zMm();
    if (Math.abs(w) >= 1) {
      return List.of();
    }
    double narrowing = Math.sqrt(1 - w * w);
    return List.of(
        Outlines.ellipse(
            centreMm.xMm(), centreMm.yMm(), narrowing * halfMm.xMm(), narrowing * halfMm.yMm()));
  }
}
