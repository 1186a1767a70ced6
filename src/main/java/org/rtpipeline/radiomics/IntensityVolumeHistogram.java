package org.rtpipeline.radiomics;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seven numbers of the intensity-volume histogram (IBSI 1, P88C): the share of the volume ν with at
 * least intensity i, where the intensity fraction of i is γ = (i - least) / (greatest - least).
 *
 * <p>Steps: definite intensities in steps of one unit from the lower to the upper bound of the
 * range (least and greatest intensity where there is no bound); centres of bins of a fixed size
 * over the same span; numbers of a fixed number of bins.
 */
final class IntensityVolumeHistogram {

  /** Guards γ of a step against the rounding of a tenth. */
  private static final double ROUNDING = 1e-12;

  private final double[] share;
  private final double first;
  private final double step;

  private IntensityVolumeHistogram(int[] counts, int voxels, double first, double step) {
    share = new double[counts.length];
    long above = 0;
    for (int k = counts.length - 1; k >= 0; k--) {
      above += counts[k];
      share[k] = (double) above / voxels;
    }
    this.first = first;
    this.step = step;
  }

  /**
   * The numbers, in the order of the features of the family; empty when there are too many bins.
   */
  static Optional<double[]> of(
      double[] x, IbsiOptions.@Nullable Bins bins, IbsiOptions.Narrowing narrowing) {
    return histogram(x, bins, narrowing).map(IntensityVolumeHistogram::numbers);
  }

  private static Optional<IntensityVolumeHistogram> histogram(
      double[] x, IbsiOptions.@Nullable Bins bins, IbsiOptions.Narrowing narrowing) {
    IbsiOptions.Bins steps = bins == null ? new IbsiOptions.FixedSize(1) : bins;
    Optional<GreyLevels> binned = GreyLevels.of(x, steps, narrowing);
    if (binned.isEmpty()) {
      return Optional.empty();
    }
    GreyLevels levels = binned.get();
    int count =
        steps.fold(
            fixed -> {
              Double upper = narrowing.upper();
              double span = upper == null ? 0 : (upper - levels.start()) / fixed.size();
              int over = (int) (bins == null ? Math.floor(span) + 1 : Math.ceil(span));
              return Math.max(levels.highest(), over);
            },
            fixed -> levels.highest());
    int[] counts = new int[count];
    for (int level : levels.levels()) {
      counts[level - 1]++;
    }
    double first = bins == null ? levels.start() : levels.start() + levels.size() / 2;
    return Optional.of(
        steps.fold(
            fixed -> new IntensityVolumeHistogram(counts, x.length, first, fixed.size()),
            fixed -> new IntensityVolumeHistogram(counts, x.length, 1, 1)));
  }

  private double[] numbers() {
    double v10 = volumeShare(0.1);
    double v90 = volumeShare(0.9);
    double i10 = intensity(0.1);
    double i90 = intensity(0.9);
    return new double[] {v10, v90, i10, i90, v10 - v90, i10 - i90, area()};
  }

  /** Greatest share of the volume with at least an intensity fraction; NaN for a single step. */
  private double volumeShare(double fraction) {
    int last = share.length - 1;
    return last == 0 ? Double.NaN : share[(int) Math.ceil(fraction * last - ROUNDING * last)];
  }

  /** Least intensity that at most a share of the volume reaches. */
  private double intensity(double atMost) {
    int k = 0;
    while (k < share.length && share[k] > atMost) {
      k++;
    }
    return first + k * step;
  }

  /** Area under ν over γ by trapezoids; NaN for a single step. */
  private double area() {
    double sum = 0;
    for (int k = 1; k < share.length; k++) {
      sum += (share[k - 1] + share[k]) / 2;
    }
    return sum / (share.length - 1);
  }
}
