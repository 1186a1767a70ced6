package org.rtpipeline.report;

import java.util.List;

/** Points of cumulative curves at equal steps of dose, as a chart draws them. */
final class CurvePoints {

  private static final int MOST_STEPS = 800;
  private static final double TENTHS = 10;

  private CurvePoints() {}

  /** A round step in Gy that cuts a dose range into at most 800; 1 for a range of nothing. */
  static double stepGy(double highestGy) {
    if (!(highestGy > 0) || Double.isInfinite(highestGy)) {
      return 1;
    }
    double decade = Math.pow(10, Math.floor(Math.log10(highestGy / MOST_STEPS)));
    for (int round : new int[] {1, 2, 5}) {
      if (highestGy / (round * decade) <= MOST_STEPS) {
        return round * decade;
      }
    }
    return 10 * decade;
  }

  /**
   * Share of the volume that receives at least 0, one, two … steps, in per cent to one decimal,
   * until the first 0, as a JSON array.
   *
   * @param doseGy doses of the curve, ascending
   * @param volumeCm3 volume that receives at least each dose, same length
   */
  static String json(List<?> doseGy, List<?> volumeCm3, double stepGy) {
    if (doseGy.size() != volumeCm3.size()) {
      throw new IllegalArgumentException(
          "curve has " + doseGy.size() + " doses, " + volumeCm3.size() + " volumes");
    }
    StringBuilder json = new StringBuilder("[");
    int at = 0;
    for (int i = 0; !doseGy.isEmpty(); i++) {
      double x = i * stepGy;
      while (at < doseGy.size() && at(doseGy, at) < x) {
        at++;
      }
      double percent = 100 * volume(doseGy, volumeCm3, at, x) / at(volumeCm3, 0);
      json.append(i == 0 ? "" : ",").append(CellText.number(Math.round(percent * TENTHS) / TENTHS));
      if (at == doseGy.size() || !(percent > 0)) {
        break;
      }
    }
    return json.append(']').toString();
  }

  /** The volume at a dose, between the last point below it and the first that is not. */
  private static double volume(List<?> doseGy, List<?> volumeCm3, int next, double x) {
    if (next == 0) {
      return at(volumeCm3, 0);
    }
    if (next == doseGy.size()) {
      return 0;
    }
    double low = at(doseGy, next - 1);
    double share = (x - low) / (at(doseGy, next) - low);
    return at(volumeCm3, next - 1) * (1 - share) + at(volumeCm3, next) * share;
  }

  private static double at(List<?> numbers, int index) {
    return ((Number) numbers.get(index)).doubleValue();
  }
}
