package org.rtpipeline.phantom;

import org.rtpipeline.geometry.Point;

/** An axis of the DICOM patient coordinate system. */
public enum Axis {
  /** From right to left. */
  X,
  /** From front to back. */
  Y,
  /** From feet to head. */
  Z;

  /** The coordinate of a point along this axis, mm. */
  public double ofMm(Point point) {
    if (this == X) {
      return point.xMm();
    }
    return this == Y ? point.yMm() : point.zMm();
  }
}
