package org.rtpipeline.dvh;

import java.util.ArrayList;
import java.util.List;

/**
 * A cumulative curve at equal steps of dose from 0 Gy, for formats that want them. The dose of any
 * volume lies between the same two edges as on the full curve.
 *
 * @param widthGy distance between edges: 0.01 Gy, a multiple of it when the highest dose needs more
 *     than 20 000 bins
 * @param atLeastCm3 volume that receives at least the dose of the lower edge of each bin: that of
 *     the region first, 0 last
 */
public record EvenBins(double widthGy, List<Double> atLeastCm3) {

  private static final int BINS_PER_GY = 100;
  private static final int MOST_BINS = 20_000;

  /** Copies the list. */
  public EvenBins {
    atLeastCm3 = List.copyOf(atLeastCm3);
  }

  /** The curve at equal steps. */
  static EvenBins of(DoseVolumeCurve curve) {
    double maxBins = curve.doseAtVolumeGy(0) * BINS_PER_GY;
    int steps = Math.max(1, (int) Math.ceil(maxBins / MOST_BINS));
    int bins = (int) Math.floor(maxBins / steps) + 1;
    List<Double> atLeastCm3 = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      atLeastCm3.add(curve.volumeAtLeastCm3((double) b * steps / BINS_PER_GY));
    }
    atLeastCm3.add(0.0);
    return new EvenBins((double) steps / BINS_PER_GY, atLeastCm3);
  }
}
