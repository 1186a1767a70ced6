package org.rtpipeline.dvh;

/**
 * Collects volumes that each receive a range of doses evenly, and hands out the volume below every
 * bin edge.
 *
 * <p>An even deposit is a ramp of the cumulative histogram; a ramp has two corners, and a corner is
 * two entries of the second difference. Two running sums at the end give all edges exactly.
 */
final class HistogramBuilder {

  private static final int SPARE_BINS = 4;

  private final double originGy;
  private final double binWidthGy;
  private final double binsPerGy;
  private final int bins;
  private final double lowGy;
  private final double highGy;
  private final double[] second;
  private final double[] first;
  private double volume;
  private double doseSum;
  private double squareSum;

  /**
   * An empty histogram from 0, or the lowest dose when that is negative.
   *
   * @param lowGy no deposit reaches below
   * @param highGy no deposit reaches above
   */
  HistogramBuilder(double binWidthGy, double lowGy, double highGy) {
    this.binWidthGy = binWidthGy;
    this.binsPerGy = 1 / binWidthGy;
    this.originGy = Math.min(0, Math.floor(lowGy / binWidthGy) * binWidthGy);
    this.lowGy = lowGy;
    this.highGy = highGy;
    this.bins = (int) Math.ceil((highGy - originGy) / binWidthGy) + 2;
    this.second = new double[bins + SPARE_BINS];
    this.first = new double[bins + SPARE_BINS];
  }

  /**
   * Adds a volume whose dose is spread evenly around a mean.
   *
   * @param amount volume, any unit, over 0
   * @param meanGy mean dose
   * @param widthSquaredGy2 square of the width of the range, Gy²
   */
  void deposit(double amount, double meanGy, double widthSquaredGy2) {
    volume += amount;
    doseSum += amount * meanGy;
    squareSum += amount * (meanGy * meanGy + widthSquaredGy2 * (1.0 / 12));
    double half = 0.5 * Math.sqrt(widthSquaredGy2);
    double low = meanGy - half;
    double high = meanGy + half;
    if (low < lowGy) {
      low = lowGy;
    }
    if (high > highGy) {
      high = highGy;
    }
    double a = (low - originGy) * binsPerGy;
    double b = (high - originGy) * binsPerGy;
    int binA = (int) a;
    int binB = (int) b;
    if (binA >= binB) {
      first[Math.min(Math.max(binA, 0), bins - 1) + 1] += amount;
      return;
    }
    double slope = amount / (b - a);
    double partA = slope * (a - binA);
    double partB = slope * (b - binB);
    second[binA + 1] += slope - partA;
    second[binA + 2] += partA;
    second[binB + 1] -= slope - partB;
    second[binB + 2] -= partB;
  }

  double volume() {
    return volume;
  }

  double doseSum() {
    return doseSum;
  }

  double squareSum() {
    return squareSum;
  }

  double originGy() {
    return originGy;
  }

  double binWidthGy() {
    return binWidthGy;
  }

  /** Volume that receives less than the dose of each edge, from the origin, one bin apart. */
  double[] below() {
    double[] below = new double[bins + 1];
    double slope = 0;
    double ramp = 0;
    double step = 0;
    for (int edge = 0; edge <= bins; edge++) {
      slope += second[edge];
      ramp += slope;
      step += first[edge];
      below[edge] = Math.min(Math.max(ramp + step, edge == 0 ? 0 : below[edge - 1]), volume);
    }
    below[bins] = volume;
    return below;
  }
}
