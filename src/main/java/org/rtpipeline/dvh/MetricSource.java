package org.rtpipeline.dvh;

import org.jspecify.annotations.Nullable;

/**
 * What metrics are read from.
 *
 * @param region the region
 * @param everything the whole dose grid as one region; null when metrics of the whole dose are not
 *     asked for
 * @param prescription what the target was meant to receive
 * @param fractions in how many fractions
 * @param alphaBetaGy alpha/beta of the region's tissue, Gy; NaN when none is given
 */
public record MetricSource(
    RoiDoseVolume region,
    @Nullable RoiDoseVolume everything,
    DvhSource.PrescribedDose prescription,
    DvhSource.Fractions fractions,
    double alphaBetaGy) {

  /** A region alone, without a plan. */
  public static MetricSource of(RoiDoseVolume region) {
    return new MetricSource(
        region,
        null,
        DvhSource.PrescribedDose.unknown("no plan"),
        DvhSource.Fractions.unknown("no plan"),
        Double.NaN);
  }
}
