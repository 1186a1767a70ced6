package org.rtpipeline.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Closed contours sorted into parallel planes, each as polygons in the plane's own coordinates. */
public final class PlaneStack {

  /** Contours closer than this along the normal lie in one plane, mm. */
  public static final double SAME_PLANE_TOLERANCE_MM = 0.01;

  private final List<ContourPlane> planes;
  private final double largestSpreadMm;

  private PlaneStack(List<ContourPlane> planes, double largestSpreadMm) {
    this.planes = List.copyOf(planes);
    this.largestSpreadMm = largestSpreadMm;
  }

  /**
   * The polygons of one plane.
   *
   * @param offsetMm distance of the plane from the frame's origin along its normal
   * @param polygonsMm per polygon u, v of every vertex in turn
   */
  public record ContourPlane(double offsetMm, List<double[]> polygonsMm) {
    /** Copies the list. */
    public ContourPlane {
      polygonsMm = List.copyOf(polygonsMm);
    }

    /** The polygons, each one once however often it was drawn, as even-odd regions need them. */
    public List<double[]> distinctPolygonsMm() {
      List<double[]> distinct = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (double[] polygonMm : polygonsMm) {
        if (polygonsMm.size() == 1 || seen.add(fingerprint(polygonMm))) {
          distinct.add(polygonMm);
        }
      }
      return distinct;
    }

    /** Equal for polygons with the same vertices, whatever the first one and the direction. */
    private static String fingerprint(double[] polygonMm) {
      long[] points = new long[polygonMm.length / 2];
      for (int p = 0; p < points.length; p++) {
        points[p] =
            Math.round(polygonMm[2 * p] * 1e4) * 1_000_003 + Math.round(polygonMm[2 * p + 1] * 1e4);
      }
      Arrays.sort(points);
      return Arrays.toString(points);
    }
  }

  /**
   * Sorts contours into planes.
   *
   * @param contoursMm per contour x, y, z of every point in turn, patient coordinates
   * @param frame the frame whose third axis is the normal
   */
  public static PlaneStack of(List<double[]> contoursMm, PlaneFrame frame) {
    List<ContourPlane> single = new ArrayList<>();
    double spreadMm = 0;
    for (double[] contourMm : contoursMm) {
      int n = contourMm.length / 3;
      double[] polygonMm = new double[2 * n];
      double sum = 0;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int p = 0; p < n; p++) {
        double x = contourMm[3 * p] - frame.originMm().xMm();
        double y = contourMm[3 * p + 1] - frame.originMm().yMm();
        double z = contourMm[3 * p + 2] - frame.originMm().zMm();
        polygonMm[2 * p] = x * frame.u().xMm() + y * frame.u().yMm() + z * frame.u().zMm();
        polygonMm[2 * p + 1] = x * frame.v().xMm() + y * frame.v().yMm() + z * frame.v().zMm();
        double w = x * frame.w().xMm() + y * frame.w().yMm() + z * frame.w().zMm();
        sum += w;
        low = Math.min(low, w);
        high = Math.max(high, w);
      }
      spreadMm = Math.max(spreadMm, high - low);
      single.add(new ContourPlane(low == high ? low : sum / n, List.of(polygonMm)));
    }
    single.sort(Comparator.comparingDouble(ContourPlane::offsetMm));
    return new PlaneStack(cluster(single), spreadMm);
  }

  private static List<ContourPlane> cluster(List<ContourPlane> single) {
    List<ContourPlane> planes = new ArrayList<>();
    int from = 0;
    for (int c = 1; c <= single.size(); c++) {
      if (c == single.size()
          || single.get(c).offsetMm() - single.get(from).offsetMm()
              > SAME_PLANE_TOLERANCE_MM * (1 + 1e-6)) {
        List<double[]> polygonsMm = new ArrayList<>();
        double sum = 0;
        for (ContourPlane one : single.subList(from, c)) {
          polygonsMm.addAll(one.polygonsMm());
          sum += one.offsetMm() - single.get(from).offsetMm();
        }
        planes.add(new ContourPlane(single.get(from).offsetMm() + sum / (c - from), polygonsMm));
        from = c;
      }
    }
    return planes;
  }

  /** The planes, in ascending order along the normal. */
  public List<ContourPlane> planes() {
    return planes;
  }

  /** Largest distance along the normal between two points of one contour, mm. */
  public double largestSpreadMm() {
    return largestSpreadMm;
  }

  /** Largest distance along a direction between two points of one contour, mm. */
  public static double spreadAlongMm(List<double[]> contoursMm, Point direction) {
    double spreadMm = 0;
    for (double[] at : contoursMm) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int p = 0; p < at.length; p += 3) {
        double w =
            at[p] * direction.xMm() + at[p + 1] * direction.yMm() + at[p + 2] * direction.zMm();
        low = Math.min(low, w);
        high = Math.max(high, w);
      }
      spreadMm = Math.max(spreadMm, high - low);
    }
    return spreadMm;
  }

  /**
   * Area vector of a contour after Newell: its length is the enclosed area, mm², its direction the
   * normal of the plane that fits best.
   */
  public static Point areaVector(double[] contourMm) {
    double x = 0;
    double y = 0;
    double z = 0;
    int n = contourMm.length;
    for (int a = n - 3, b = 0; b < n; a = b, b += 3) {
      double ax = contourMm[a] - contourMm[0];
      double ay = contourMm[a + 1] - contourMm[1];
      double az = contourMm[a + 2] - contourMm[2];
      double bx = contourMm[b] - contourMm[0];
      double by = contourMm[b + 1] - contourMm[1];
      double bz = contourMm[b + 2] - contourMm[2];
      x += ay * bz - az * by;
      y += az * bx - ax * bz;
      z += ax * by - ay * bx;
    }
    return new Point(x / 2, y / 2, z / 2);
  }

  /** Distances between neighbouring planes, mm, in order. */
  public double[] gapsMm() {
    double[] gapsMm = new double[Math.max(0, planes.size() - 1)];
    for (int k = 0; k < gapsMm.length; k++) {
      gapsMm[k] = planes.get(k + 1).offsetMm() - planes.get(k).offsetMm();
    }
    return gapsMm;
  }

  /** Median distance between neighbouring planes, mm; NaN for fewer than two planes. */
  public double medianGapMm() {
    double[] sorted = gapsMm();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
