package org.rtpipeline.dvh;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The cumulative dose-volume curve of a region at full resolution: the volume that receives at
 * least a dose, linear between edges one bin apart.
 */
public final class DoseVolumeCurve implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double originGy;
  private final double binWidthGy;
  private final double[] belowCm3;
  private final double minGy;
  private final double maxGy;

  /**
   * Keeps the array.
   *
   * @param originGy dose of the first edge
   * @param binWidthGy distance between edges
   * @param belowCm3 volume that receives less than the dose of each edge, never falling
   * @param minGy lowest dose of the region
   * @param maxGy highest dose of the region
   */
  DoseVolumeCurve(
      double originGy, double binWidthGy, double[] belowCm3, double minGy, double maxGy) {
    this.originGy = originGy;
    this.binWidthGy = binWidthGy;
    this.belowCm3 = belowCm3;
    this.minGy = minGy;
    this.maxGy = maxGy;
  }

  /** Distance between the edges of the histogram, Gy. */
  public double binWidthGy() {
    return binWidthGy;
  }

  /** Dose of the first edge, Gy. */
  public double originGy() {
    return originGy;
  }

  /** Volume of the region inside the dose grid, cm³. */
  public double volumeCm3() {
    return belowCm3[belowCm3.length - 1];
  }

  /** Volume per bin, cm³, the first bin starting at the origin. */
  public double[] differentialCm3() {
    double[] perBin = new double[belowCm3.length - 1];
    for (int b = 0; b < perBin.length; b++) {
      perBin[b] = belowCm3[b + 1] - belowCm3[b];
    }
    return perBin;
  }

  /** Volume that receives at least a dose, cm³. */
  public double volumeAtLeastCm3(double doseGy) {
    if (doseGy <= minGy) {
      return volumeCm3();
    }
    if (doseGy > maxGy) {
      return 0;
    }
    double at = (doseGy - originGy) / binWidthGy;
    int edge = Math.min((int) at, belowCm3.length - 2);
    double below = belowCm3[edge] + (belowCm3[edge + 1] - belowCm3[edge]) * (at - edge);
    return volumeCm3() - below;
  }

  /**
   * Highest dose that at least a volume receives, Gy: the maximum for 0, the minimum for all.
   *
   * @param hottestCm3 volume, 0 to that of the region
   */
  public double doseAtVolumeGy(double hottestCm3) {
    double total = volumeCm3();
    if (hottestCm3 <= 0) {
      return maxGy;
    }
    if (hottestCm3 >= total) {
      return minGy;
    }
    double target = total - hottestCm3;
    int edge = Arrays.binarySearch(belowCm3, target);
    if (edge < 0) {
      edge = -edge - 2;
    } else {
      while (edge + 1 < belowCm3.length && belowCm3[edge + 1] == target) {
        edge++;
      }
    }
    edge = Math.min(Math.max(edge, 0), belowCm3.length - 2);
    double step = belowCm3[edge + 1] - belowCm3[edge];
    double share = step > 0 ? (target - belowCm3[edge]) / step : 0;
    double doseGy = originGy + (edge + share) * binWidthGy;
    return Math.min(Math.max(doseGy, minGy), maxGy);
  }

  /**
   * Mean of a function of the dose over the volume, bin by bin at the middle of each.
   *
   * @param function what is averaged
   */
  double meanOf(DoubleUnaryOperator function) {
    double sum = 0;
    for (int b = 0; b + 1 < belowCm3.length; b++) {
      double cm3 = belowCm3[b + 1] - belowCm3[b];
      if (cm3 > 0) {
        double gy = originGy + (b + 0.5) * binWidthGy;
        sum += cm3 * function.applyAsDouble(Math.min(Math.max(gy, minGy), maxGy));
      }
    }
    return sum / volumeCm3();
  }

  /**
   * A short form of the curve: linear interpolation between its points gives every dose at a volume
   * to a tolerance.
   *
   * @param toleranceGy largest distance along the dose axis, Gy
   */
  public Samples samples(double toleranceGy) {
    int first = Math.max(0, (int) Math.floor((minGy - originGy) / binWidthGy));
    int last = Math.min(belowCm3.length - 1, (int) Math.ceil((maxGy - originGy) / binWidthGy));
    int n = Math.max(0, last - first - 1) + 2;
    double[] x = new double[n];
    double[] y = new double[n];
    int count = 0;
    x[count] = minGy;
    y[count++] = volumeCm3();
    for (int edge = first + 1; edge < last; edge++) {
      double doseGy = originGy + edge * binWidthGy;
      if (doseGy > minGy && doseGy < maxGy) {
        x[count] = doseGy;
        y[count++] = volumeCm3() - belowCm3[edge];
      }
    }
    x[count] = maxGy;
    y[count++] = 0;
    return Thinning.thin(Arrays.copyOf(x, count), Arrays.copyOf(y, count), toleranceGy);
  }

  /** Points of a cumulative curve. */
  public static final class Samples {
    private final double[] doseGy;
    private final double[] volumeCm3;

    Samples(double[] doseGy, double[] volumeCm3) {
      this.doseGy = doseGy;
      this.volumeCm3 = volumeCm3;
    }

    /** Doses, Gy, ascending; the array itself. */
    public double[] doseGy() {
      return doseGy;
    }

    /** Volume that receives at least each dose, cm³; the array itself. */
    public double[] volumeCm3() {
      return volumeCm3;
    }
  }
}
