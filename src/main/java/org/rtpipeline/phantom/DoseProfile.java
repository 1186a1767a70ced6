package org.rtpipeline.phantom;

import java.util.List;
import org.rtpipeline.geometry.Point;

/**
 * A dose that changes along one patient axis only, linearly between knots.
 *
 * <p>A dose grid with a plane of points at every knot carries it exactly: trilinear interpolation
 * gives the profile back at every position. Before the first and after the last knot it is
 * constant.
 *
 * @param axis the axis along which the dose changes
 * @param knots at least two, at increasing positions
 */
public record DoseProfile(Axis axis, List<Knot> knots) {

  private static final int HALVINGS = 80;

  /**
   * The dose at a position.
   *
   * @param positionMm coordinate along the axis of the profile, mm
   * @param doseGy dose there, Gy, 0 or more
   */
  public record Knot(double positionMm, double doseGy) {}

  /** Checks and copies the knots. */
  public DoseProfile {
    if (knots.size() < 2) {
      throw new IllegalArgumentException("a profile has at least two knots, got " + knots.size());
    }
    for (int i = 1; i < knots.size(); i++) {
      if (!(knots.get(i).positionMm() > knots.get(i - 1).positionMm())) {
        throw new IllegalArgumentException("positions of knots must increase, got " + knots);
      }
    }
    knots = List.copyOf(knots);
  }

  /** Dose at a point, Gy. */
  public double doseGy(Point pointMm) {
    return doseAtGy(axis.ofMm(pointMm));
  }

  /** Dose at a coordinate along the axis, Gy. */
  double doseAtGy(double coordinateMm) {
    double doseGy = knots.get(0).doseGy();
    double slopeBefore = 0;
    for (int i = 0; i < knots.size(); i++) {
      double slope = slopeAfter(i);
      doseGy += (slope - slopeBefore) * Math.max(0, coordinateMm - knots.get(i).positionMm());
      slopeBefore = slope;
    }
    return doseGy;
  }

  /**
   * Mean dose in a solid, Gy.
   *
   * <p>D(c) = D₀ + Σ Δmᵢ max(0, c - kᵢ) with Δmᵢ the change of slope at knot i, so the mean is D₀ +
   * Σ Δmᵢ E[max(0, c - kᵢ)].
   */
  public double meanGy(Solid solid) {
    double doseGy = knots.get(0).doseGy();
    double slopeBefore = 0;
    for (int i = 0; i < knots.size(); i++) {
      double slope = slopeAfter(i);
      doseGy += (slope - slopeBefore) * solid.meanExcessMm(axis, knots.get(i).positionMm());
      slopeBefore = slope;
    }
    return doseGy;
  }

  /** Lowest dose in a solid, Gy. */
  public double lowestGy(Solid solid) {
    double lowestGy = Double.POSITIVE_INFINITY;
    for (Solid part : solid.parts()) {
      lowestGy = Math.min(lowestGy, doseAtGy(part.lowestMm(axis)));
      lowestGy = Math.min(lowestGy, doseAtGy(part.highestMm(axis)));
      for (Knot knot : knots) {
        if (isWithin(knot, part)) {
          lowestGy = Math.min(lowestGy, knot.doseGy());
        }
      }
    }
    return lowestGy;
  }

  /** Highest dose in a solid, Gy. */
  public double highestGy(Solid solid) {
    double highestGy = 0;
    for (Solid part : solid.parts()) {
      highestGy = Math.max(highestGy, doseAtGy(part.lowestMm(axis)));
      highestGy = Math.max(highestGy, doseAtGy(part.highestMm(axis)));
      for (Knot knot : knots) {
        if (isWithin(knot, part)) {
          highestGy = Math.max(highestGy, knot.doseGy());
        }
      }
    }
    return highestGy;
  }

  /** Share of a solid, 0 to 1, that receives this dose or more. */
  public double shareAtOrAbove(Solid solid, double doseGy) {
    int last = knots.size() - 1;
    double share = 0;
    if (knots.get(0).doseGy() >= doseGy) {
      share += 1 - solid.shareAbove(axis, knots.get(0).positionMm());
    }
    for (int i = 0; i < last; i++) {
      share += shareOfSegment(solid, knots.get(i), knots.get(i + 1), doseGy);
    }
    if (knots.get(last).doseGy() >= doseGy) {
      share += solid.shareAbove(axis, knots.get(last).positionMm());
    }
    return share;
  }

  /**
   * The dose that a percentage of a solid receives at least, Gy: the inverse of {@link
   * #shareAtOrAbove}, to the last digits.
   *
   * @param volumePct over 0 and under 100
   */
  public double doseAtVolumeGy(Solid solid, double volumePct) {
    double lowGy = lowestGy(solid);
    double highGy = highestGy(solid);
    for (int i = 0; i < HALVINGS; i++) {
      double middleGy = (lowGy + highGy) / 2;
      if (100 * shareAtOrAbove(solid, middleGy) >= volumePct) {
        lowGy = middleGy;
      } else {
        highGy = middleGy;
      }
    }
    return (lowGy + highGy) / 2;
  }

  private double shareOfSegment(Solid solid, Knot from, Knot to, double doseGy) {
    boolean startIn = from.doseGy() >= doseGy;
    boolean endIn = to.doseGy() >= doseGy;
    if (!startIn && !endIn) {
      return 0;
    }
    double startMm = from.positionMm();
    double endMm = to.positionMm();
    double crossingMm =
        startMm + (endMm - startMm) * (doseGy - from.doseGy()) / (to.doseGy() - from.doseGy());
    return solid.shareAbove(axis, startIn ? startMm : crossingMm)
        - solid.shareAbove(axis, endIn ? endMm : crossingMm);
  }

  private boolean isWithin(Knot knot, Solid solid) {
    return knot.positionMm() >= solid.lowestMm(axis) && knot.positionMm() <= solid.highestMm(axis);
  }

  private double slopeAfter(int knot) {
    if (knot == knots.size() - 1) {
      return 0;
    }
    Knot from = knots.get(knot);
    Knot to = knots.get(knot + 1);
    return (to.doseGy() - from.doseGy()) / (to.positionMm() - from.positionMm());
  }
}
