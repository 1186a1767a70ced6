package org.rtpipeline.dvh;

import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.EvenOddRegion;
import org.rtpipeline.geometry.SignedDistance;

/**
 * A smooth body through a run of neighbouring planes, as a function that is over 0 inside.
 *
 * <p>Each plane has a function made of its signed distance ({@link SignedDistance#domeMm2()}).
 * Between planes a cubic through each point's values on four planes blends them; beyond the last
 * plane the parabola of the last three goes on, or a quarter circle rounds the edge.
 */
final class BlendedSurface {

  private final RegionStack regions;
  private final int first;
  private final int last;
  private final DvhOptions.EndCaps endCaps;
  private final int[] window;
  private final double originU;
  private final double originV;
  private final double cellU;
  private final double cellV;
  private final int columns;
  private final int rows;
  private final double[] @Nullable [] domes;
  private final double[] @Nullable [] distances = new double[2][];

  /**
   * A body through the planes first to last.
   *
   * @param split raster cells per lattice cell and axis
   */
  BlendedSurface(
      RegionStack regions,
      int first,
      int last,
      DoseLattice lattice,
      int split,
      DvhOptions.EndCaps endCaps) {
    this.regions = regions;
    this.first = first;
    this.last = last;
    this.endCaps = endCaps;
    this.window = window(regions, first, last, lattice);
    this.cellU = lattice.stepU() / split;
    this.cellV = lattice.stepV() / split;
    this.originU = window[0] * lattice.stepU();
    this.originV = window[1] * lattice.stepV();
    this.columns = window[2] * split + 1;
    this.rows = window[3] * split + 1;
    this.domes = new double[last - first + 1][];
  }

  private static int[] window(RegionStack regions, int first, int last, DoseLattice lattice) {
    double lowU = Double.POSITIVE_INFINITY;
    double lowV = Double.POSITIVE_INFINITY;
    double highU = Double.NEGATIVE_INFINITY;
    double highV = Double.NEGATIVE_INFINITY;
    for (int k = first; k <= last; k++) {
      double[] bounds = regions.region(k).boundsMm();
      if (bounds.length > 0) {
        lowU = Math.min(lowU, bounds[0]);
        lowV = Math.min(lowV, bounds[1]);
        highU = Math.max(highU, bounds[2]);
        highV = Math.max(highV, bounds[3]);
      }
    }
    if (!(lowU <= highU)) {
      return new int[] {0, 0, 1, 1};
    }
    int fromU = (int) Math.floor(lowU / lattice.stepU()) - 1;
    int fromV = (int) Math.floor(lowV / lattice.stepV()) - 1;
    int toU = (int) Math.ceil(highU / lattice.stepU()) + 1;
    int toV = (int) Math.ceil(highV / lattice.stepV()) + 1;
    return new int[] {fromU, fromV, toU - fromU, toV - fromV};
  }

  /** First lattice cell along u and v, and lattice cells along u and v; may leave the lattice. */
  int[] window() {
    return window;
  }

  /** Nodes of the raster. */
  int nodes() {
    return columns * rows;
  }

  /**
   * The function at an offset along the normal.
   *
   * @param w offset, mm
   * @param out one value per node, over 0 inside
   */
  void at(double w, double[] out) {
    if (w < regions.offsetMm(first)) {
      cap(regions.offsetMm(first) - w, first, 1, out);
    } else if (w > regions.offsetMm(last)) {
      cap(w - regions.offsetMm(last), last, -1, out);
    } else {
      int k = first;
      while (k + 1 < last && regions.offsetMm(k + 1) <= w) {
        k++;
      }
      between(k, w, out);
    }
    forget(w);
  }

  /**
   * How far the body reaches beyond an end plane, mm: half the distance to the next plane, or to
   * where the surface closes when it does so within the whole distance.
   *
   * @param endMm offset of the end plane
   * @param capMm half the distance, below 0 downwards
   */
  double reachMm(double endMm, double capMm) {
    if (endCaps != DvhOptions.EndCaps.HALF_SLICE || first == last || capMm == 0) {
      return capMm;
    }
    double[] out = new double[nodes()];
    at(endMm + 2 * capMm, out);
    for (double value : out) {
      if (value > 0) {
        return capMm;
      }
    }
    return 2 * capMm;
  }

  private void between(int k, double w, double[] out) {
    double[] b = dome(k);
    if (k == last) {
      System.arraycopy(b, 0, out, 0, b.length);
      return;
    }
    double[] c = dome(k + 1);
    double h = regions.offsetMm(k + 1) - regions.offsetMm(k);
    double t = (w - regions.offsetMm(k)) / h;
    boolean hasA = k > first;
    boolean hasD = k + 1 < last;
    double[] a = hasA ? dome(k - 1) : b;
    double[] d = hasD ? dome(k + 2) : c;
    double ha = hasA ? regions.offsetMm(k) - regions.offsetMm(k - 1) : h;
    double hd = hasD ? regions.offsetMm(k + 2) - regions.offsetMm(k + 1) : h;
    for (int p = 0; p < out.length; p++) {
      double rise = (c[p] - b[p]) / h;
      double bendA = hasA ? (rise - (b[p] - a[p]) / ha) / (ha + h) : 0;
      double bendD = hasD ? ((d[p] - c[p]) / hd - rise) / (h + hd) : 0;
      double bendB = hasA ? bendA : bendD;
      double bendC = hasD ? bendD : bendA;
      double bend = bendB + (bendC - bendB) * t;
      out[p] = b[p] + h * t * (rise - (1 - t) * h * bend);
    }
  }

  /** Goes on beyond an end plane; the neighbours inwards are {@code step} apart in number. */
  private void cap(double beyondMm, int end, int step, double[] out) {
    if (endCaps == DvhOptions.EndCaps.ROUNDED) {
      rounded(beyondMm, end, step, out);
      return;
    }
    double[] f0 = dome(end);
    if (first == last) {
      System.arraycopy(f0, 0, out, 0, f0.length);
      return;
    }
    double[] f1 = dome(end + step);
    boolean three = last - first > 1;
    double[] f2 = three ? dome(end + 2 * step) : f1;
    double h01 = Math.abs(regions.offsetMm(end) - regions.offsetMm(end + step));
    double h12 =
        three ? Math.abs(regions.offsetMm(end + step) - regions.offsetMm(end + 2 * step)) : 1;
    for (int p = 0; p < out.length; p++) {
      double rise = (f0[p] - f1[p]) / h01;
      double bend = three ? Math.min(0, (rise - (f1[p] - f2[p]) / h12) / (h01 + h12)) : 0;
      out[p] = f0[p] + beyondMm * (rise + bend * (h01 + beyondMm));
    }
  }

  private void rounded(double beyondMm, int end, int step, double[] out) {
    double heightMm = step > 0 ? regions.capBelowMm(end) : regions.capAboveMm(end);
    double part = Math.min(1, beyondMm / heightMm);
    double insetMm = heightMm * (1 - Math.sqrt(1 - part * part));
    double[] distanceMm = distances[step > 0 ? 0 : 1];
    if (distanceMm == null) {
      distanceMm = distance(regions.region(end)).valuesMm();
      distances[step > 0 ? 0 : 1] = distanceMm;
    }
    for (int p = 0; p < out.length; p++) {
      out[p] = distanceMm[p] - insetMm;
    }
  }

  private double[] dome(int k) {
    double[] dome = domes[k - first];
    if (dome == null) {
      dome = distance(regions.region(k)).domeMm2();
      domes[k - first] = dome;
    }
    return dome;
  }

  private SignedDistance distance(EvenOddRegion region) {
    return SignedDistance.of(region, originU, originV, cellU, cellV, columns, rows);
  }

  /** Lets planes go that no higher offset needs. */
  private void forget(double w) {
    for (int k = first; k + 3 <= last && regions.offsetMm(k + 3) <= w; k++) {
      if (last - k > 2) {
        domes[k - first] = null;
      }
    }
  }
}
