package org.rtpipeline.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** One contour of a region, as the structure set holds it (PS3.3 C.8.8.6). */
public final class Contour implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Contour geometric types (3006,0042). */
  public enum Type {
    POINT,
    OPEN_PLANAR,
    OPEN_NONPLANAR,
    CLOSED_PLANAR,
    CLOSEDPLANAR_XOR
  }

  private final Type type;
  private final double[] pointsMm;
  private final @Nullable String imageSopInstanceUid;

  /**
   * Keeps the array; the caller no longer writes to it.
   *
   * @param type geometric type
   * @param pointsMm x, y, z of every point in turn, patient coordinates, mm; a multiple of three
   * @param imageSopInstanceUid the image the contour was drawn on, when known
   */
  public Contour(Type type, double[] pointsMm, @Nullable String imageSopInstanceUid) {
    if (pointsMm.length % 3 != 0) {
      throw new IllegalArgumentException("coordinates come in threes, got " + pointsMm.length);
    }
    this.type = type;
    this.pointsMm = pointsMm;
    this.imageSopInstanceUid = imageSopInstanceUid;
  }

  /** Geometric type. */
  public Type type() {
    return type;
  }

  /** True for the types that enclose an area. */
  public boolean isClosed() {
    return type == Type.CLOSED_PLANAR || type == Type.CLOSEDPLANAR_XOR;
  }

  /** Number of points. */
  public int points() {
    return pointsMm.length / 3;
  }

  /** x, y, z of every point in turn, mm; the array itself, not a copy: nobody writes to it. */
  public double[] pointsMm() {
    return pointsMm;
  }

  /** The image the contour was drawn on; null when the structure set does not say. */
  public @Nullable String imageSopInstanceUid() {
    return imageSopInstanceUid;
  }
}
