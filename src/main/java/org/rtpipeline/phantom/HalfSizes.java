package org.rtpipeline.phantom;

import org.rtpipeline.geometry.Point;

/** What solids given by a centre and three half sizes have in common. */
final class HalfSizes {

  private HalfSizes() {}

  static void check(Point halfMm) {
    if (!(halfMm.xMm() > 0 && halfMm.yMm() > 0 && halfMm.zMm() > 0)) {
      throw new IllegalArgumentException("half sizes must be over 0 mm, got " + halfMm);
    }
  }

  /** Offset from the centre along an axis in units of the half size. */
  static double relative(Axis axis, Point pointMm, Point centreMm, Point halfMm) {
    return (axis.ofMm(pointMm) - axis.ofMm(centreMm)) / axis.ofMm(halfMm);
  }

  static double share(Spread spread, Axis axis, double coordinateMm, Point centreMm, Point halfMm) {
    return spread.share((coordinateMm - axis.ofMm(centreMm)) / axis.ofMm(halfMm));
  }

  static double meanExcessMm(
      Spread spread, Axis axis, double coordinateMm, Point centreMm, Point halfMm) {
    double half = axis.ofMm(halfMm);
    return half * spread.excess((coordinateMm - axis.ofMm(centreMm)) / half);
  }
}
