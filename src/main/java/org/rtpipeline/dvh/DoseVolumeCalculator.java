package org.rtpipeline.dvh;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rtpipeline.geometry.PlaneFrame;
import org.rtpipeline.geometry.PlaneStack;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Roi;

/**
 * Volume and dose of regions on one dose grid.
 *
 * <p>Per region: contours to planes, planes to even-odd regions, regions to slabs; the extremes of
 * the dose from the points where they can lie; then every cell of the slabs with its exact covered
 * volume and centroid into the histogram.
 */
public final class DoseVolumeCalculator {

  /** Contours that leave their plane by more than this are flagged, mm. */
  public static final double OFF_PLANE_TOLERANCE_MM = 0.5;

  private static final double MM3_PER_CM3 = 1000;
  private static final double OUTSIDE_TOLERANCE = 1e-6;
  private static final int LARGEST_SPLIT = 24;

  private final DoseGrid dose;
  private final DvhOptions options;
  private final double binWidthGy;

  /** A calculator for the regions of one dose. */
  public DoseVolumeCalculator(DoseGrid dose, DvhOptions options) {
    this.dose = dose;
    this.options = options;
    float highest = 0;
    for (float gy : dose.valuesGy()) {
      if (gy > highest) {
        highest = gy;
      }
    }
    double finest = highest / 20_000;
    this.binWidthGy = finest > 0 ? Math.min(options.binWidthGy(), finest) : options.binWidthGy();
  }

  /**
   * Volume and dose of a region; a region that cannot be computed has volume 0 and says why.
   *
   * @param roi region in the frame of reference of the dose
   * @param singlePlaneThicknessMm thickness of a region drawn on one plane only, over 0
   */
  public RoiDoseVolume of(Roi roi, double singlePlaneThicknessMm) {
    Map<Finding.Code, String> found = new EnumMap<>(Finding.Code.class);
    List<double[]> contoursMm = usable(roi, found);
    if (contoursMm.isEmpty()) {
      found.put(Finding.Code.EMPTY_ROI, "no closed contour encloses an area");
      return new RoiDoseVolume(0, 0, 0, null, findings(roi, found));
    }
    DoseLattice own = latticeFor(contoursMm);
    PlaneStack stack = PlaneStack.of(contoursMm, own.frame());
    if (stack.largestSpreadMm() > OFF_PLANE_TOLERANCE_MM) {
      found.put(
          Finding.Code.CONTOUR_OFF_PLANE,
          "a contour leaves its plane by " + stack.largestSpreadMm() + " mm; projected");
    }
    Double spacingMm = roi.planeSpacingMm();
    RegionStack regions =
        spacingMm == null
            ? RegionStack.of(stack, options.endCaps(), singlePlaneThicknessMm)
            : RegionStack.onPlanes(stack, options.endCaps(), spacingMm);
    for (Finding.Code code : regions.codes()) {
      found.put(code, message(code));
    }
    return volume(roi, regions, own, found);
  }

  /** Volume and dose of the whole grid, to half a voxel beyond its outermost points. */
  public RoiDoseVolume everything() {
    VoxelGrid grid = dose.grid();
    int last = grid.planes() - 1;
    double stepMm = last > 0 ? grid.meanPlaneSpacingMm() : grid.rowSpacingMm();
    double lowMm =
        grid.planeOffsetMm(0)
            - (last > 0 ? grid.planeOffsetMm(1) - grid.planeOffsetMm(0) : stepMm) / 2;
    double highMm =
        grid.planeOffsetMm(last)
            + (last > 0 ? grid.planeOffsetMm(last) - grid.planeOffsetMm(last - 1) : stepMm) / 2;
    double middleMm = (lowMm + highMm) / 2;
    Point[] corners = {
      grid.toPatientMm(-0.5, -0.5, middleMm),
      grid.toPatientMm(grid.columns() - 0.5, -0.5, middleMm),
      grid.toPatientMm(grid.columns() - 0.5, grid.rows() - 0.5, middleMm),
      grid.toPatientMm(-0.5, grid.rows() - 0.5, middleMm)
    };
    double[] pointsMm = new double[3 * corners.length];
    for (int c = 0; c < corners.length; c++) {
      pointsMm[3 * c] = corners[c].xMm();
      pointsMm[3 * c + 1] = corners[c].yMm();
      pointsMm[3 * c + 2] = corners[c].zMm();
    }
    Contour border = new Contour(Contour.Type.CLOSED_PLANAR, pointsMm, null);
    return of(new Roi(0, "dose grid", null, null, null, List.of(border)), highMm - lowMm);
  }

  private RoiDoseVolume volume(
      Roi roi, RegionStack regions, DoseLattice lattice, Map<Finding.Code, String> found) {
    boolean prisms = options.betweenPlanes() == DvhOptions.BetweenPlanes.PRISM;
    boolean blended = !prisms || regions.endCaps() == DvhOptions.EndCaps.ROUNDED;
    int split = split(regions.volumeMm3(), lattice);
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    double volumeMm3 = 0;
    if (prisms) {
      volumeMm3 += regions.slabVolumeMm3();
      for (int k = 0; k < regions.planes(); k++) {
        extremes(regions, k, lattice, range);
      }
    }
    double[] limits = blended ? lattice.rangeGy() : range;
    double inGridMm3 = 0;
    RoiDoseVolume.Dose received = null;
    if (limits[0] <= limits[1]) {
      HistogramBuilder builder = new HistogramBuilder(binWidthGy, limits[0], limits[1]);
      if (prisms) {
        new PrismDeposit(regions, lattice, split, builder).add();
      }
      if (blended) {
        volumeMm3 += blend(regions, lattice, split, builder, range);
      }
      inGridMm3 = Math.min(builder.volume(), volumeMm3);
      if (builder.volume() > 0 && range[0] <= range[1]) {
        received = received(builder, range);
      }
    } else if (blended) {
      volumeMm3 = regions.volumeMm3();
    }
    double outsideMm3 = volumeMm3 - inGridMm3;
    if (outsideMm3 > OUTSIDE_TOLERANCE * volumeMm3) {
      found.put(
          Finding.Code.DOSE_GRID_DOES_NOT_COVER_ROI,
          outsideMm3 / MM3_PER_CM3 + " cm3 lie outside the dose grid; their dose is unknown");
    } else {
      inGridMm3 = volumeMm3;
    }
    return new RoiDoseVolume(
        volumeMm3 / MM3_PER_CM3,
        inGridMm3 / MM3_PER_CM3,
        regions.planes(),
        received,
        findings(roi, found));
  }

  /** Adds what is no prism: bodies through runs of planes, or only their rounded ends. */
  private double blend(
      RegionStack regions,
      DoseLattice lattice,
      int split,
      HistogramBuilder builder,
      double[] range) {
    boolean prisms = options.betweenPlanes() == DvhOptions.BetweenPlanes.PRISM;
    double volumeMm3 = 0;
    int first = 0;
    for (int k = 0; k < regions.planes(); k++) {
      if (!regions.isFreeAbove(k)) {
        continue;
      }
      BlendedSurface surface =
          new BlendedSurface(regions, first, k, lattice, split, regions.endCaps());
      BlendedDeposit layers = new BlendedDeposit(surface, lattice, split, builder, range);
      double lowMm = regions.offsetMm(first);
      double highMm = regions.offsetMm(k);
      double belowMm = surface.reachMm(lowMm, -regions.capBelowMm(first));
      if (belowMm < 0) {
        volumeMm3 += layers.add(lowMm + belowMm, lowMm);
      }
      for (int gap = first; gap < k && !prisms; gap++) {
        volumeMm3 += layers.add(regions.offsetMm(gap), regions.offsetMm(gap + 1));
      }
      double aboveMm = surface.reachMm(highMm, regions.capAboveMm(k));
      if (aboveMm > 0) {
        volumeMm3 += layers.add(highMm, highMm + aboveMm);
      }
      first = k + 1;
    }
    return volumeMm3;
  }

  private static RoiDoseVolume.Dose received(HistogramBuilder builder, double[] range) {
    double mean = builder.doseSum() / builder.volume();
    double variance = builder.squareSum() / builder.volume() - mean * mean;
    double[] belowCm3 = builder.below();
    for (int b = 0; b < belowCm3.length; b++) {
      belowCm3[b] /= MM3_PER_CM3;
    }
    return new RoiDoseVolume.Dose(
        new DoseVolumeCurve(builder.originGy(), builder.binWidthGy(), belowCm3, range[0], range[1]),
        range[0],
        range[1],
        Math.min(Math.max(mean, range[0]), range[1]),
        Math.sqrt(Math.max(0, variance)));
  }

  private static List<double[]> usable(Roi roi, Map<Finding.Code, String> found) {
    List<double[]> contoursMm = new ArrayList<>();
    for (Contour contour : roi.contours()) {
      if (!contour.isClosed()) {
        found.put(
            Finding.Code.UNSUPPORTED_CONTOUR_TYPE,
            "contours of type " + contour.type() + " enclose no area and are left out");
        continue;
      }
      double[] cleanMm = ContourPoints.clean(contour.pointsMm());
      if (cleanMm.length < 9 || !ContourPoints.hasExtent(cleanMm)) {
        found.put(
            Finding.Code.DEGENERATE_CONTOUR,
            "a contour without three different points encloses no area and is left out");
        continue;
      }
      contoursMm.add(cleanMm);
    }
    return contoursMm;
  }

  private static String message(Finding.Code code) {
    return switch (code) {
      case CONTOUR_OVERLAP ->
          "contours of one plane overlap; by the even-odd rule the overlap is outside, a contour"
              + " given twice counts once";
      case SELF_INTERSECTING_CONTOUR -> "a contour crosses itself; resolved by the even-odd rule";
      case CONTOUR_GAP -> "planes are missing; the parts are capped, not bridged";
      case SINGLE_PLANE_ROI -> "one plane only; given the thickness of an image slice";
      default -> code.name();
    };
  }

  private static List<Finding> findings(Roi roi, Map<Finding.Code, String> found) {
    List<Finding> findings = new ArrayList<>();
    found.forEach(
        (code, message) ->
            findings.add(new Finding(Finding.Level.WARN, code, "ROI " + roi.number(), message)));
    return findings;
  }

  /** The dose along the contours' normal: the grid's own points where its axes allow. */
  private DoseLattice latticeFor(List<double[]> contoursMm) {
    VoxelGrid grid = dose.grid();
    boolean trilinear = options.interpolation() == DvhOptions.Interpolation.TRILINEAR;
    Point normal = normalOf(contoursMm);
    if (trilinear && isNormal(contoursMm, grid.normal())) {
      return DoseLattice.alongNormal(dose);
    }
    if (trilinear && grid.isRegular() && isNormal(contoursMm, grid.rowDirection())) {
      return DoseLattice.alongRows(dose);
    }
    if (trilinear && grid.isRegular() && isNormal(contoursMm, grid.columnDirection())) {
      return DoseLattice.alongColumns(dose);
    }
    return sampledLattice(contoursMm, normal);
  }

  private DoseLattice sampledLattice(List<double[]> contoursMm, Point normal) {
    VoxelGrid grid = dose.grid();
    Point along = normal;
    for (Point axis : List.of(grid.normal(), grid.rowDirection(), grid.columnDirection())) {
      if (isNormal(contoursMm, axis)) {
        along = axis;
        break;
      }
    }
    PlaneFrame frame = PlaneFrame.around(grid.originMm(), along, grid.rowDirection());
    return TiltedLattice.around(contoursMm, frame, dose, options);
  }

  private static boolean isNormal(List<double[]> contoursMm, Point direction) {
    return PlaneStack.spreadAlongMm(contoursMm, direction) <= PlaneStack.SAME_PLANE_TOLERANCE_MM;
  }

  private static Point normalOf(List<double[]> contoursMm) {
    Point largest =
        contoursMm.stream()
            .map(PlaneStack::areaVector)
            .max(Comparator.comparingDouble(Point::length))
            .orElse(new Point(0, 0, 1));
    return largest.length() > 0 ? largest.times(1 / largest.length()) : new Point(0, 0, 1);
  }

  /** Cells per lattice cell and axis, even. */
  private int split(double volumeMm3, DoseLattice lattice) {
    double blocks = Math.max(volumeMm3 / lattice.blockMm3(), 1e-3);
    int wanted = (int) Math.ceil(Math.cbrt(options.cellsPerRoi() / blocks));
    int even = wanted + (wanted & 1);
    return Math.min(Math.max(even, 2), LARGEST_SPLIT);
  }

  private static void extremes(RegionStack regions, int k, DoseLattice lattice, double[] range) {
    int[] window = lattice.windowOf(regions.region(k).boundsMm());
    if (window.length == 0) {
      return;
    }
    double[] levels = lattice.levels(regions.lowMm(k), regions.highMm(k), Double.MAX_VALUE);
    if (levels.length < 2) {
      return;
    }
    BoundaryCuts cuts =
        new BoundaryCuts(regions.region(k), lattice.stepU(), lattice.stepV(), window);
    double[] limits = {
      -0.5 - window[0],
      lattice.countU() - 0.5 - window[0],
      -0.5 - window[1],
      lattice.countV() - 0.5 - window[1]
    };
    double[] gy = new double[(window[2] + 1) * (window[3] + 1)];
    for (double level : levels) {
      lattice.window(level, window[0], window[1], window[2] + 1, window[3] + 1, gy);
      cuts.widen(gy, limits, range);
    }
  }
}
