package org.rtpipeline.structures;

import java.io.Serializable;
import java.util.Locale;

/**
 * How far a surface is moved in each of the six patient directions, mm; negative values move it
 * inwards.
 *
 * <p>The margin between two directions follows an ellipsoid: a point belongs to the expanded
 * structure when some point of the structure lies within the half-axes of the octant between them.
 *
 * @param anteriorMm towards the front
 * @param posteriorMm towards the back
 * @param leftMm towards the patient's left
 * @param rightMm towards the patient's right
 * @param superiorMm towards the head
 * @param inferiorMm towards the feet
 */
public record Margin(
    double anteriorMm,
    double posteriorMm,
    double leftMm,
    double rightMm,
    double superiorMm,
    double inferiorMm)
    implements Serializable {

  /** No motion at all. */
  public static final Margin NONE = uniform(0);

  private static final double ROUNDING = 1e-9;

  /** Rows of a nearly straight image leave their axis by less than this, mm. */
  private static final double NEGLIGIBLE_MM = 0.01;

  /** Largest margin that makes sense in a patient, mm. */
  public static final double LARGEST_MM = 200;

  /** Refuses what is no number or beyond {@value #LARGEST_MM} mm. */
  public Margin {
    for (double mm :
        new double[] {anteriorMm, posteriorMm, leftMm, rightMm, superiorMm, inferiorMm}) {
      if (!(Math.abs(mm) <= LARGEST_MM)) {
        throw new IllegalArgumentException(
            "margin is " + mm + " mm, expected between -" + LARGEST_MM + " and " + LARGEST_MM);
      }
    }
  }

  /** The same margin in all directions, mm. */
  public static Margin uniform(double mm) {
    return new Margin(mm, mm, mm, mm, mm, mm);
  }

  /** The directions in which this margin expands, with 0 in the others. */
  Margin outwards() {
    return new Margin(
        Math.max(0, anteriorMm),
        Math.max(0, posteriorMm),
        Math.max(0, leftMm),
        Math.max(0, rightMm),
        Math.max(0, superiorMm),
        Math.max(0, inferiorMm));
  }

  /** How far this margin shrinks in each direction, all 0 or more. */
  Margin inwards() {
    return new Margin(-anteriorMm, -posteriorMm, -leftMm, -rightMm, -superiorMm, -inferiorMm)
        .outwards();
  }

  /** The margin seen from the other end: each direction has what its opposite had. */
  Margin reversed() {
    return new Margin(posteriorMm, anteriorMm, rightMm, leftMm, inferiorMm, superiorMm);
  }

  /** True when nothing moves. */
  boolean isNone() {
    return equals(NONE);
  }

  /** Largest of the six, mm. */
  double largestMm() {
    return Math.max(
        Math.max(Math.max(anteriorMm, posteriorMm), Math.max(leftMm, rightMm)),
        Math.max(superiorMm, inferiorMm));
  }

  /**
   * Whether a displacement stays within this margin, all of whose parts are 0 or more.
   *
   * @param xMm towards the patient's left
   * @param yMm towards the back
   * @param zMm towards the head
   */
  boolean reaches(double xMm, double yMm, double zMm) {
    double sum =
        square(xMm, leftMm, rightMm)
            + square(yMm, posteriorMm, anteriorMm)
            + square(zMm, superiorMm, inferiorMm);
    return sum <= 1 + ROUNDING;
  }

  private static double square(double mm, double upMm, double downMm) {
    double axisMm = mm > 0 ? upMm : downMm;
    if (Math.abs(mm) < NEGLIGIBLE_MM) {
      return 0;
    }
    double share = mm / axisMm;
    return share * share;
  }

  /** The six numbers as a person reads them. */
  @Override
  public String toString() {
    return equals(uniform(anteriorMm))
        ? text(anteriorMm)
        : "anterior "
            + text(anteriorMm)
            + ", posterior "
            + text(posteriorMm)
            + ", left "
            + text(leftMm)
            + ", right "
            + text(rightMm)
            + ", superior "
            + text(superiorMm)
            + ", inferior "
            + text(inferiorMm);
  }

  private static String text(double mm) {
    return String.format(Locale.ROOT, "%.4g mm", mm);
  }
}
