package org.rtpipeline.geometry;

import java.util.Arrays;

/** Cuts polygons at two heights along the patient. */
public final class AxialClip {

  /** Points this near to a height lie on it, mm: that of contours of one plane. */
  private static final double ON_BOUND_MM = PlaneStack.SAME_PLANE_TOLERANCE_MM;

  private AxialClip() {}

  /**
   * The part of a polygon between two heights, by Sutherland and Hodgman (1974). A polygon across
   * the patient is kept whole or not at all; one along the patient gets an edge at each height that
   * cuts it. Parts that only the cut joins stay joined along it, which encloses no further area.
   *
   * @param pointsMm x, y, z of every vertex in turn, patient coordinates
   * @param lowMm lower height, z, mm
   * @param highMm upper height, z, mm
   * @return the array itself when nothing is cut; empty when nothing is left
   */
  public static double[] clipped(double[] pointsMm, double lowMm, double highMm) {
    if (pointsMm.length % 3 != 0) {
      throw new IllegalArgumentException("coordinates come in threes, got " + pointsMm.length);
    }
    if (!(lowMm <= highMm)) {
      throw new IllegalArgumentException(
          "lower height " + lowMm + " mm is over the upper one, " + highMm + " mm");
    }
    return below(below(pointsMm, highMm, 1), -lowMm, -1);
  }

  /** The part with {@code sign · z <= boundMm}. */
  private static double[] below(double[] mm, double boundMm, int sign) {
    int points = mm.length / 3;
    int outside = 0;
    for (int p = 0; p < points; p++) {
      outside += sign * mm[3 * p + 2] > boundMm + ON_BOUND_MM ? 1 : 0;
    }
    if (outside == 0) {
      return mm;
    }
    if (outside == points) {
      return new double[0];
    }
    double[] kept = new double[6 * points];
    int length = 0;
    for (int p = 0; p < points; p++) {
      int from = 3 * (p == 0 ? points - 1 : p - 1);
      int to = 3 * p;
      double beforeMm = boundMm - sign * mm[from + 2];
      double nowMm = boundMm - sign * mm[to + 2];
      if (beforeMm < 0 != nowMm < 0) {
        double share = beforeMm / (beforeMm - nowMm);
        for (int axis = 0; axis < 3; axis++) {
          kept[length++] = mm[from + axis] + share * (mm[to + axis] - mm[from + axis]);
        }
      }
      if (nowMm >= 0) {
        System.arraycopy(mm, to, kept, length, 3);
        length += 3;
      }
    }
    return Arrays.copyOf(kept, length);
  }
}
