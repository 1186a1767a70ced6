package org.rtpipeline.dvh;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Finding;

/**
 * Volume and dose of one region.
 *
 * <p>Percentages of volume and the volumes at a dose refer to the part inside the dose grid; the
 * rest is {@link #volumeOutsideGridCm3()}. Every dose is empty when no part lies inside.
 */
public final class RoiDoseVolume implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double volumeCm3;
  private final double volumeInGridCm3;
  private final int planeCount;
  private final @Nullable Dose dose;
  private final List<Finding> findings;

  /**
   * What the part inside the dose grid receives.
   *
   * @param curve cumulative curve
   * @param minGy lowest dose
   * @param maxGy highest dose
   * @param meanGy mean dose
   * @param sdGy standard deviation over the volume
   */
  record Dose(DoseVolumeCurve curve, double minGy, double maxGy, double meanGy, double sdGy)
      implements Serializable {}

  RoiDoseVolume(
      double volumeCm3,
      double volumeInGridCm3,
      int planeCount,
      @Nullable Dose dose,
      List<Finding> findings) {
    this.volumeCm3 = volumeCm3;
    this.volumeInGridCm3 = volumeInGridCm3;
    this.planeCount = planeCount;
    this.dose = dose;
    this.findings = List.copyOf(findings);
  }

  /** Volume of the region, cm³. */
  public double volumeCm3() {
    return volumeCm3;
  }

  /** Volume of the part inside the dose grid, cm³. */
  public double volumeInGridCm3() {
    return volumeInGridCm3;
  }

  /** Volume of the part over half a voxel outside the dose grid, whose dose is unknown, cm³. */
  public double volumeOutsideGridCm3() {
    return Math.max(0, volumeCm3 - volumeInGridCm3);
  }

  /** Planes with contours. */
  public int planeCount() {
    return planeCount;
  }

  /** What a reader must know of the region. */
  public List<Finding> findings() {
    return findings;
  }

  /** The cumulative curve; empty when no part lies inside the dose grid. */
  public Optional<DoseVolumeCurve> curve() {
    return Optional.ofNullable(dose).map(Dose::curve);
  }

  /** The cumulative curve at equal steps of dose; empty when no part lies inside the dose grid. */
  public Optional<EvenBins> evenBins() {
    return curve().map(EvenBins::of);
  }

  /** Lowest dose, Gy. */
  public OptionalDouble minGy() {
    return dose == null ? OptionalDouble.empty() : OptionalDouble.of(dose.minGy);
  }

  /** Highest dose, Gy. */
  public OptionalDouble maxGy() {
    return dose == null ? OptionalDouble.empty() : OptionalDouble.of(dose.maxGy);
  }

  /** Mean dose over the volume, Gy. */
  public OptionalDouble meanGy() {
    return dose == null ? OptionalDouble.empty() : OptionalDouble.of(dose.meanGy);
  }

  /** Standard deviation of the dose over the volume, Gy. */
  public OptionalDouble sdGy() {
    return dose == null ? OptionalDouble.empty() : OptionalDouble.of(dose.sdGy);
  }

  /** Dose that half of the volume receives, Gy. */
  public OptionalDouble medianGy() {
    return doseAtVolumePct(50);
  }

  /** Highest minus lowest dose, Gy. */
  public OptionalDouble spreadGy() {
    return dose == null ? OptionalDouble.empty() : OptionalDouble.of(dose.maxGy - dose.minGy);
  }

  /** Mean dose times volume, Gy·cm³. */
  public OptionalDouble integralDoseGyCm3() {
    return dose == null ? OptionalDouble.empty() : OptionalDouble.of(dose.meanGy * volumeInGridCm3);
  }

  /**
   * Dose that the hottest part receives at least, D_x%, Gy.
   *
   * @param percent share of the volume, 0 (the maximum) to 100 (the minimum); empty beyond
   */
  public OptionalDouble doseAtVolumePct(double percent) {
    if (dose == null || !(percent >= 0 && percent <= 100)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(dose.curve.doseAtVolumeGy(percent / 100 * dose.curve.volumeCm3()));
  }

  /**
   * Dose that the hottest volume receives at least, D_xcc, Gy; empty for more than there is.
   *
   * @param hottestCm3 volume, cm³
   */
  public OptionalDouble doseAtVolumeCm3(double hottestCm3) {
    if (dose == null || !(hottestCm3 >= 0 && hottestCm3 <= dose.curve.volumeCm3())) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(dose.curve.doseAtVolumeGy(hottestCm3));
  }

  /** Volume that receives at least a dose, V_x, cm³. */
  public OptionalDouble volumeAtDoseCm3(double doseGy) {
    return dose == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(dose.curve.volumeAtLeastCm3(doseGy));
  }

  /** Share of the volume that receives at least a dose, V_x, percent. */
  public OptionalDouble volumeAtDosePct(double doseGy) {
    return dose == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(100 * dose.curve.volumeAtLeastCm3(doseGy) / dose.curve.volumeCm3());
  }

  /** Homogeneity index (D2% - D98%) / D50% (ICRU 83 §3.5); empty when D50% is 0. */
  public OptionalDouble homogeneityIndex() {
    if (dose == null) {
      return OptionalDouble.empty();
    }
    double total = dose.curve.volumeCm3();
    double d50 = dose.curve.doseAtVolumeGy(0.5 * total);
    double range =
        dose.curve.doseAtVolumeGy(0.02 * total) - dose.curve.doseAtVolumeGy(0.98 * total);
    return d50 > 0 ? OptionalDouble.of(range / d50) : OptionalDouble.empty();
  }
}
