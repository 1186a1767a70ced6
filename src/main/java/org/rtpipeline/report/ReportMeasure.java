package org.rtpipeline.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of the numbers below a chart.
 *
 * @param name what a physicist calls it
 * @param unit its unit
 * @param column column of table {@code dvh}
 * @param decimals digits after the point
 */
record ReportMeasure(String name, String unit, String column, int decimals) {

  static final List<ReportMeasure> ALL =
      List.of(
          new ReportMeasure("Volume", "cm³", "volume_cm3", 2),
          new ReportMeasure("Dmean", "Gy", "dmean_gy", 2),
          new ReportMeasure("D98", "Gy", "d98_gy", 2),
          new ReportMeasure("D95", "Gy", "d95_gy", 2),
          new ReportMeasure("D2", "Gy", "d2_gy", 2),
          new ReportMeasure("D0.03cc", "Gy", "d0p03cc_gy", 2),
          new ReportMeasure("Dmax", "Gy", "dmax_gy", 2),
          new ReportMeasure("V20Gy", "%", "v20gy_pct", 1),
          new ReportMeasure("V95%Rx", "%", "v95rx_pct", 1));

  /** The number as it is printed; a dash when it could not be computed. */
  String text(@Nullable Object cell) {
    return cell instanceof Number number
        ? String.format(Locale.ROOT, "%." + decimals + "f", number.doubleValue())
        : "–";
  }
}
