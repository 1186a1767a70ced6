package org.rtpipeline.geometry;

import java.io.Serializable;

/**
 * A point or a direction in DICOM patient coordinates (LPS).
 *
 * @param xMm towards the patient's left, mm (unitless for a direction)
 * @param yMm towards posterior, mm
 * @param zMm towards the head, mm
 */
public record Point(double xMm, double yMm, double zMm) implements Serializable {

  /** The origin of the patient coordinate system. */
  public static final Point ORIGIN = new Point(0, 0, 0);

  /** Sum of the coordinates of both. */
  public Point plus(Point other) {
    return new Point(xMm + other.xMm, yMm + other.yMm, zMm + other.zMm);
  }

  /** This minus the other, coordinate by coordinate. */
  public Point minus(Point other) {
    return new Point(xMm - other.xMm, yMm - other.yMm, zMm - other.zMm);
  }

  /** Every coordinate multiplied by the factor. */
  public Point times(double factor) {
    return new Point(xMm * factor, yMm * factor, zMm * factor);
  }

  /** Inner product. */
  public double dot(Point other) {
    return xMm * other.xMm + yMm * other.yMm + zMm * other.zMm;
  }

  /** Vector product, right-handed. */
  public Point cross(Point other) {
    return new Point(
        yMm * other.zMm - zMm * other.yMm,
        zMm * other.xMm - xMm * other.zMm,
        xMm * other.yMm - yMm * other.xMm);
  }

  /** Euclidean length. */
  public double length() {
    return Math.sqrt(dot(this));
  }
}
