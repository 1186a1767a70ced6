package org.rtpipeline.metadata;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.ControlPoint;
import org.rtpipeline.model.PlannedBeam;

/**
 * How a beam is delivered, and what tells so.
 *
 * @param technique the technique
 * @param basis what was seen
 * @param gantrySpanDeg way of the gantry, degrees, in the direction it turns; null when no control
 *     point has an angle
 */
record BeamTechnique(Technique technique, String basis, @Nullable Double gantrySpanDeg)
    implements Serializable {

  /** A gantry that turns further than this makes an arc. */
  static final double ARC_FROM_DEG = 5;

  /** Fewer apertures at one gantry angle are fields in a field. */
  static final int IMRT_FROM_APERTURES = 5;

  /** A meterset per degree that changes by more than this part is modulated. */
  static final double CONSTANT_RATE_TOLERANCE = 0.02;

  /** Planning systems write angles to 0.1 degree: the way between two is known to this. */
  static final double ANGLE_ROUNDING_DEG = 0.1;

  private static final double CIRCLE_DEG = 360;

  /** How a beam is delivered. */
  static BeamTechnique of(PlannedBeam beam, BeamApertures.Complexity apertures) {
    Double spanDeg = spanDeg(beam.controlPoints());
    String radiation = beam.beam().radiationType();
    if ("ELECTRON".equals(radiation)) {
      return new BeamTechnique(Technique.ELECTRON, "radiation type ELECTRON", spanDeg);
    }
    if ("PROTON".equals(radiation) || "ION".equals(radiation)) {
      return new BeamTechnique(Technique.ION, "radiation type " + radiation, spanDeg);
    }
    if (beam.controlPoints().size() < 2 || spanDeg == null) {
      return new BeamTechnique(
          Technique.UNKNOWN,
          beam.controlPoints().size() + " control points, gantry angle missing or alone",
          spanDeg);
    }
    Integer count = apertures.apertures();
    String seen = count == null ? "no leaf positions" : count + " apertures";
    if (spanDeg <= ARC_FROM_DEG) {
      boolean many = count != null && count >= IMRT_FROM_APERTURES;
      return new BeamTechnique(
          many ? Technique.IMRT : Technique.STATIC, "gantry at rest, " + seen, spanDeg);
    }
    boolean modulated = isRateModulated(beam);
    boolean moving = count != null && count > 1;
    return new BeamTechnique(
        moving && modulated ? Technique.VMAT : Technique.ARC,
        String.format(
            Locale.ROOT,
            "gantry turns %.0f degrees, %s, meterset per degree %s",
            spanDeg,
            seen,
            modulated ? "changes" : "constant"),
        spanDeg);
  }

  /** The way of the gantry over all control points; null when none has an angle. */
  private static @Nullable Double spanDeg(List<ControlPoint> points) {
    Double span = null;
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).gantryDeg() != null) {
        span = (span == null ? 0 : span) + (i + 1 < points.size() ? stepDeg(points, i) : 0);
      }
    }
    return span;
  }

  /** The way from one control point to the next, in the direction that the first one gives. */
  private static double stepDeg(List<ControlPoint> points, int from) {
    Double startDeg = points.get(from).gantryDeg();
    Double endDeg = points.get(from + 1).gantryDeg();
    if (startDeg == null || endDeg == null) {
      return 0;
    }
    double clockwiseDeg = ((endDeg - startDeg) % CIRCLE_DEG + CIRCLE_DEG) % CIRCLE_DEG;
    String rotation = points.get(from).gantryRotation();
    if ("CW".equals(rotation)) {
      return clockwiseDeg;
    }
    if ("CC".equals(rotation)) {
      return clockwiseDeg == 0 ? 0 : CIRCLE_DEG - clockwiseDeg;
    }
    return Math.min(clockwiseDeg, CIRCLE_DEG - clockwiseDeg);
  }

  /**
   * Whether the meterset per degree changes along an arc: no one rate fits all steps, whose ways
   * are known to the rounding of the angles.
   */
  private static boolean isRateModulated(PlannedBeam beam) {
    Optional<double[]> metersets = BeamApertures.metersets(beam);
    if (metersets.isEmpty()) {
      return false;
    }
    double[] cumulative = metersets.get();
    double least = 0;
    double most = Double.POSITIVE_INFINITY;
    for (int i = 0; i + 1 < cumulative.length; i++) {
      double stepDeg = stepDeg(beam.controlPoints(), i);
      if (stepDeg > 0) {
        double given = cumulative[i + 1] - cumulative[i];
        double shortestDeg = stepDeg - ANGLE_ROUNDING_DEG;
        least = Math.max(least, given / (stepDeg + ANGLE_ROUNDING_DEG));
        most = shortestDeg > 0 ? Math.min(most, given / shortestDeg) : most;
      }
    }
    return least > (1 + CONSTANT_RATE_TOLERANCE) * most;
  }
}
