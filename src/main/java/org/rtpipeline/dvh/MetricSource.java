package org.rtpipeline.dvh;

import org.jspecify.annotations.Nullable;

/**
 * What metrics are read from.
 *
 * @param region the region
 * @param everything the whole dose grid as one region; null when metrics of the whole dose are not
 *     asked for
 * @param rxGy prescribed dose, Gy; null when not known
 * @param fractions planned fractions; null when not known
 */
public record MetricSource(
    RoiDoseVolume region,
    @Nullable RoiDoseVolume everything,
    @Nullable Double rxGy,
    @Nullable Integer fractions) {

  /** A region alone, without prescription. */
  public static MetricSource of(RoiDoseVolume region) {
    return new MetricSource(region, null, null, null);
  }
}
