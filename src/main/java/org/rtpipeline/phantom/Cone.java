package org.rtpipeline.phantom;

import java.util.List;
import org.rtpipeline.geometry.Point;

/**
 * A circular cone that stands along z.
 *
 * @param baseCentreMm centre of its base
 * @param radiusMm radius of its base, mm, over 0
 * @param heightMm distance from base to apex, mm, over 0
 * @param apex on which side of the base the apex lies
 */
public record Cone(Point baseCentreMm, double radiusMm, double heightMm, Apex apex)
    implements Solid {

  /** Where the apex of a cone lies. */
  public enum Apex {
    /** Towards the head. */
    UP,
    /** Towards the feet. */
    DOWN
  }

  /** Checks the sizes. */
  public Cone {
    if (!(radiusMm > 0 && heightMm > 0)) {
      throw new IllegalArgumentException(
          "radius and height must be over 0 mm, got " + radiusMm + " and " + heightMm);
    }
  }

  @Override
  public String shape() {
    return apex == Apex.UP ? "cone_up" : "cone_down";
  }

  @Override
  public double volumeMm3() {
    return Math.PI * radiusMm * radiusMm * heightMm / 3;
  }

  @Override
  public boolean contains(Point pointMm) {
    double sectionMm = radiusAtMm(pointMm.zMm());
    double xMm = pointMm.xMm() - baseCentreMm.xMm();
    double yMm = pointMm.yMm() - baseCentreMm.yMm();
    return sectionMm >= 0 && xMm * xMm + yMm * yMm <= sectionMm * sectionMm;
  }

  @Override
  public double lowestMm(Axis axis) {
    if (axis == Axis.Z) {
      return baseCentreMm.zMm() - (apex == Apex.UP ? 0 : heightMm);
    }
    return axis.ofMm(baseCentreMm) - radiusMm;
  }

  @Override
  public double highestMm(Axis axis) {
    if (axis == Axis.Z) {
      return baseCentreMm.zMm() + (apex == Apex.UP ? heightMm : 0);
    }
    return axis.ofMm(baseCentreMm) + radiusMm;
  }

  @Override
  public double shareAbove(Axis axis, double coordinateMm) {
    if (axis != Axis.Z) {
      return Spread.CONE.share((coordinateMm - axis.ofMm(baseCentreMm)) / radiusMm);
    }
    double t = Math.max(0, Math.min((coordinateMm - lowestMm(axis)) / heightMm, 1));
    return apex == Apex.UP ? (1 - t) * (1 - t) * (1 - t) : 1 - t * t * t;
  }

  @Override
  public double meanExcessMm(Axis axis, double coordinateMm) {
    if (axis != Axis.Z) {
      return radiusMm * Spread.CONE.excess((coordinateMm - axis.ofMm(baseCentreMm)) / radiusMm);
    }
    double t = (coordinateMm - lowestMm(axis)) / heightMm;
    double inside = Math.max(0, Math.min(t, 1));
    double below = Math.max(0, -t);
    double excess =
        apex == Apex.UP ? Math.pow(1 - inside, 4) / 4 : 1 - inside - (1 - Math.pow(inside, 4)) / 4;
    return heightMm * (excess + below);
  }

  @Override
  public List<double[]> outlinesMm(double zMm) {
    double sectionMm = radiusAtMm(zMm);
    return sectionMm > 0
        ? List.of(Outlines.ellipse(baseCentreMm.xMm(), baseCentreMm.yMm(), sectionMm, sectionMm))
        : List.of();
  }

  private double radiusAtMm(double zMm) {
    double heightAboveBaseMm =
        apex == Apex.UP ? zMm - baseCentreMm.zMm() : baseCentreMm.zMm() - zMm;
    return heightAboveBaseMm < 0 ? -1 : radiusMm * (1 - heightAboveBaseMm / heightMm);
  }
}
