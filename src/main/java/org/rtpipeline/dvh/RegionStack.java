package org.rtpipeline.dvh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rtpipeline.geometry.EvenOddRegion;
import org.rtpipeline.geometry.PlaneStack;
import org.rtpipeline.model.Finding;

/**
 * The even-odd regions of a structure, plane by plane, and how far each reaches along the normal.
 */
final class RegionStack {

  /** A distance between planes over this many medians is a gap. */
  static final double GAP_FACTOR = 1.5;

  private final List<EvenOddRegion> regions;
  private final double[] offsetsMm;
  private final double[] lowMm;
  private final double[] highMm;
  private final boolean[] gapBelow;
  private final DvhOptions.EndCaps endCaps;
  private final Set<Finding.Code> codes;

  private RegionStack(
      List<EvenOddRegion> regions,
      double[] offsetsMm,
      double[] lowMm,
      double[] highMm,
      boolean[] gapBelow,
      DvhOptions.EndCaps endCaps,
      Set<Finding.Code> codes) {
    this.regions = regions;
    this.offsetsMm = offsetsMm;
    this.lowMm = lowMm;
    this.highMm = highMm;
    this.gapBelow = gapBelow;
    this.endCaps = endCaps;
    this.codes = codes;
  }

  /**
   * Resolves every plane and gives it its slab.
   *
   * @param singlePlaneThicknessMm thickness of a structure drawn on one plane only
   */
  static RegionStack of(
      PlaneStack stack, DvhOptions.EndCaps endCaps, double singlePlaneThicknessMm) {
    boolean single = stack.planes().size() == 1;
    return withUsual(stack, endCaps, single ? singlePlaneThicknessMm : stack.medianGapMm());
  }

  /**
   * Resolves every plane of a region that is known to be drawn on every plane it reaches, and gives
   * it its slab.
   *
   * @param spacingMm distance of the planes
   */
  static RegionStack onPlanes(PlaneStack stack, DvhOptions.EndCaps endCaps, double spacingMm) {
    RegionStack regions = withUsual(stack, endCaps, spacingMm);
    regions.codes.removeAll(Set.of(Finding.Code.SINGLE_PLANE_ROI, Finding.Code.CONTOUR_GAP));
    return regions;
  }

  private static RegionStack withUsual(
      PlaneStack stack, DvhOptions.EndCaps endCaps, double usualMm) {
    Set<Finding.Code> codes = new HashSet<>();
    List<PlaneStack.ContourPlane> planes = stack.planes();
    int n = planes.size();
    List<EvenOddRegion> regions = new ArrayList<>();
    double[] offsetsMm = new double[n];
    for (int k = 0; k < n; k++) {
      offsetsMm[k] = planes.get(k).offsetMm();
      regions.add(resolve(planes.get(k), codes));
    }
    double[] lowMm = new double[n];
    double[] highMm = new double[n];
    boolean[] gapBelow = new boolean[n];
    if (n == 1) {
      codes.add(Finding.Code.SINGLE_PLANE_ROI);
      lowMm[0] = offsetsMm[0] - usualMm / 2;
      highMm[0] = offsetsMm[0] + usualMm / 2;
      gapBelow[0] = true;
      return new RegionStack(
          regions, offsetsMm, lowMm, highMm, gapBelow, DvhOptions.EndCaps.HALF_SLICE, codes);
    }
    double[] gapsMm = stack.gapsMm();
    for (int k = 0; k < n; k++) {
      boolean freeBelow = k == 0 || gapsMm[k - 1] > GAP_FACTOR * usualMm;
      boolean freeAbove = k == n - 1 || gapsMm[k] > GAP_FACTOR * usualMm;
      if (freeBelow && k > 0) {
        codes.add(Finding.Code.CONTOUR_GAP);
      }
      gapBelow[k] = freeBelow;
      double below = freeBelow ? Double.NaN : gapsMm[k - 1] / 2;
      double above = freeAbove ? Double.NaN : gapsMm[k] / 2;
      double capMm = endCaps == DvhOptions.EndCaps.NONE ? 0 : 1;
      double capBelow = freeAbove ? usualMm / 2 : above;
      double capAbove = freeBelow ? usualMm / 2 : below;
      lowMm[k] = offsetsMm[k] - (freeBelow ? capMm * capBelow : below);
      highMm[k] = offsetsMm[k] + (freeAbove ? capMm * capAbove : above);
    }
    return new RegionStack(regions, offsetsMm, lowMm, highMm, gapBelow, endCaps, codes);
  }

  private static EvenOddRegion resolve(PlaneStack.ContourPlane plane, Set<Finding.Code> codes) {
    List<double[]> distinct = plane.distinctPolygonsMm();
    if (distinct.size() < plane.polygonsMm().size()) {
      codes.add(Finding.Code.CONTOUR_OVERLAP);
    }
    EvenOddRegion region = EvenOddRegion.of(distinct);
    if (region.isSelfCrossing()) {
      codes.add(Finding.Code.SELF_INTERSECTING_CONTOUR);
    }
    if (region.isMutualCrossing()) {
      codes.add(Finding.Code.CONTOUR_OVERLAP);
    }
    return region;
  }

  int planes() {
    return regions.size();
  }

  EvenOddRegion region(int plane) {
    return regions.get(plane);
  }

  double offsetMm(int plane) {
    return offsetsMm[plane];
  }

  /** Lower end of the plane's prism, mm; a rounded end is no part of it. */
  double lowMm(int plane) {
    return endCaps == DvhOptions.EndCaps.ROUNDED && gapBelow[plane]
        ? offsetsMm[plane]
        : lowMm[plane];
  }

  /** Upper end of the plane's prism, mm; a rounded end is no part of it. */
  double highMm(int plane) {
    return endCaps == DvhOptions.EndCaps.ROUNDED && isFreeAbove(plane)
        ? offsetsMm[plane]
        : highMm[plane];
  }

  /** How far the body reaches below a plane with nothing below, mm. */
  double capBelowMm(int plane) {
    return offsetsMm[plane] - lowMm[plane];
  }

  /** How far the body reaches above a plane with nothing above, mm. */
  double capAboveMm(int plane) {
    return highMm[plane] - offsetsMm[plane];
  }

  /** True when nothing is bridged to the plane below. */
  boolean isFreeBelow(int plane) {
    return gapBelow[plane];
  }

  /** True when nothing is bridged to the plane above. */
  boolean isFreeAbove(int plane) {
    return plane == gapBelow.length - 1 || gapBelow[plane + 1];
  }

  /** Model of the ends; a single plane has straight ones whatever was asked for. */
  DvhOptions.EndCaps endCaps() {
    return endCaps;
  }

  /** What was odd about the planes. */
  Set<Finding.Code> codes() {
    return codes;
  }

  /** Volume of all prisms without rounded ends, mm³. */
  double slabVolumeMm3() {
    double sum = 0;
    for (int k = 0; k < regions.size(); k++) {
      sum += regions.get(k).areaMm2() * (highMm(k) - lowMm(k));
    }
    return sum;
  }

  /** Volume of all prisms with their ends, mm³. */
  double volumeMm3() {
    double sum = 0;
    for (int k = 0; k < regions.size(); k++) {
      sum += regions.get(k).areaMm2() * (highMm[k] - lowMm[k]);
    }
    return sum;
  }
}
