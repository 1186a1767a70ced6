package org.rtpipeline.geometry;

import java.io.Serializable;

/**
 * A coordinate system whose third axis is perpendicular to the planes of interest.
 *
 * @param originMm where all three coordinates are 0
 * @param u first in-plane direction, unit vector
 * @param v second in-plane direction, unit vector
 * @param w direction from plane to plane, unit vector
 */
public record PlaneFrame(Point originMm, Point u, Point v, Point w) implements Serializable {

  /** A frame around a normal, its first axis as close to {@code alongU} as the normal allows. */
  public static PlaneFrame around(Point originMm, Point normal, Point alongU) {
    Point w = normal.times(1 / normal.length());
    Point u = alongU.minus(w.times(alongU.dot(w)));
    if (u.length() < 1e-3) {
      Point other = Math.abs(w.xMm()) < 0.9 ? new Point(1, 0, 0) : new Point(0, 1, 0);
      u = other.minus(w.times(other.dot(w)));
    }
    u = u.times(1 / u.length());
    return new PlaneFrame(originMm, u, w.cross(u), w);
  }

  /** Patient position of a point of the frame. */
  public Point toPatientMm(double uMm, double vMm, double wMm) {
    return originMm.plus(u.times(uMm)).plus(v.times(vMm)).plus(w.times(wMm));
  }
}
