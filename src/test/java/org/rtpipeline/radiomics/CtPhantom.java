package org.rtpipeline.radiomics;

import java.util.HashMap;
import java.util.Map;

/** The CT phantom as IBSI 2 prepares it, re-segmented to -1000 to 400 HU. */
final class CtPhantom {

  private static final double LOWEST_HU = -1000;
  private static final double HIGHEST_HU = 400;
  private static final double INSIDE = 0.5 - 1e-9;

  private final Raster image;
  private final IndexBox box;
  private final byte[] mask;

  private CtPhantom(Raster image, byte[] mask) {
    this.image = image;
    byte[] narrowed = mask.clone();
    for (int i = 0; i < narrowed.length; i++) {
      if (image.at(i) < LOWEST_HU || image.at(i) > HIGHEST_HU) {
        narrowed[i] = 0;
      }
    }
    box = IndexBox.round(narrowed, image.size()).orElseThrow();
    this.mask = box.crop(narrowed, image.size());
  }

  /** On its own grid. */
  static CtPhantom asGiven() {
    ReferenceCases.Case phantom = ReferenceCases.read("ibsi1_ct");
    return new CtPhantom(phantom.image(), phantom.mask());
  }

  /** At 1 mm: cubic spline, whole HU; the mask linear, inside from one half on. */
  static CtPhantom atOneMm() {
    ReferenceCases.Case phantom = ReferenceCases.read("ibsi1_ct");
    GridSize old = phantom.image().size();
    double[] coefficients = phantom.image().crop(IndexBox.whole(old));
    SplineCoefficients.inPlace(coefficients, old.nx(), old.ny(), old.nz());
    double[] inside = new double[old.voxels()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = phantom.mask()[i];
    }
    int[] n = {old.nx(), old.ny(), old.nz()};
    for (int axis = 0; axis < 3; axis++) {
      coefficients = along(coefficients, n, axis, old.spacingMm(axis), 2);
      inside = along(inside, n, axis, old.spacingMm(axis), 1);
      n[axis] = samples(n[axis], old.spacingMm(axis));
    }
    GridSize size = new GridSize(n[0], n[1], n[2], 1, 1, 1);
    byte[] mask = new byte[size.voxels()];
    for (int i = 0; i < mask.length; i++) {
      coefficients[i] = Math.rint(coefficients[i]);
      mask[i] = (byte) (inside[i] >= INSIDE ? 1 : 0);
    }
    return new CtPhantom(Raster.of(size, coefficients), mask);
  }

  private static int samples(int n, double spacingMm) {
    return (int) Math.ceil(n * spacingMm - 1e-6);
  }

  /** Values of a spline of one axis at 1 mm, both grids about one centre. */
  private static double[] along(double[] in, int[] n, int axis, double spacingMm, int reach) {
    int to = samples(n[axis], spacingMm);
    int inner = axis == 0 ? 1 : axis == 1 ? n[0] : n[0] * n[1];
    int outer = n[0] * n[1] * n[2] / (n[axis] * inner);
    double[] out = new double[outer * to * inner];
    for (int i = 0; i < to; i++) {
      double at = 0.5 * (n[axis] - 1) + (i - 0.5 * (to - 1)) / spacingMm;
      at = Math.max(0, Math.min(n[axis] - 1.0, at));
      int base = (int) Math.floor(at);
      for (int k = base - reach + 1; k <= base + reach; k++) {
        double weight = reach == 1 ? 1 - Math.abs(at - k) : spline(Math.abs(at - k));
        int from = mirrored(k, n[axis]);
        for (int o = 0; o < outer; o++) {
          for (int w = 0; w < inner; w++) {
            out[(o * to + i) * inner + w] += weight * in[(o * n[axis] + from) * inner + w];
          }
        }
      }
    }
    return out;
  }

  private static double spline(double x) {
    return x < 1 ? 2.0 / 3 - x * x + x * x * x / 2 : Math.pow(Math.max(0, 2 - x), 3) / 6;
  }

  private static int mirrored(int index, int n) {
    int at = Math.abs(index);
    return at < n ? at : 2 * (n - 1) - at;
  }

  double[] intensities() {
    return image.crop(box);
  }

  double[] response(ResponseFilter filter) {
    return ResponseMaps.of(filter, image, box);
  }

  /** The statistics of IBSI 2 by their tags. */
  Map<String, Double> statistics(double[] values) {
    int n = 0;
    for (byte m : mask) {
      n += m;
    }
    double[] x = new double[n];
    int to = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        x[to++] = values[i];
      }
    }
    double[] numbers = FirstOrder.of(x, new int[n], 0, 1);
    Map<String, Double> by = new HashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      by.put(FirstOrder.NAMES.get(i), numbers[i]);
    }
    Map<String, Double> tagged = new HashMap<>();
    tagged.put("stat_mean", by.get("Mean"));
    tagged.put("stat_var", by.get("Variance"));
    tagged.put("stat_skew", by.get("Skewness"));
    tagged.put("stat_kurt", by.get("Kurtosis") - 3);
    tagged.put("stat_median", by.get("Median"));
    tagged.put("stat_min", by.get("Minimum"));
    tagged.put("stat_p10", by.get("10Percentile"));
    tagged.put("stat_p90", by.get("90Percentile"));
    tagged.put("stat_max", by.get("Maximum"));
    tagged.put("stat_iqr", by.get("InterquartileRange"));
    tagged.put("stat_range", by.get("Range"));
    tagged.put("stat_mad", by.get("MeanAbsoluteDeviation"));
    tagged.put("stat_rmad", by.get("RobustMeanAbsoluteDeviation"));
    tagged.put("stat_energy", by.get("Energy"));
    tagged.put("stat_rms", by.get("RootMeanSquared"));
    tagged.put("stat_cov", Math.sqrt(by.get("Variance")) / by.get("Mean"));
    Percentiles ranked = new Percentiles(x);
    double p25 = ranked.at(25);
    double p75 = ranked.at(75);
    tagged.put("stat_qcod", (p75 - p25) / (p75 + p25));
    double aroundMedian = 0;
    for (double value : x) {
      aroundMedian += Math.abs(value - by.get("Median"));
    }
    tagged.put("stat_medad", aroundMedian / n);
    return tagged;
  }
}
