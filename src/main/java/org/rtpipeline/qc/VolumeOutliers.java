package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rtpipeline.model.RowHead;

/**
 * Regions whose volume is unlike that of others of their name: the robust z-score of the logarithm
 * of the volume, {@code 0.6745 (x - median) / MAD}, is over 3.5 (Iglewicz and Hoaglin 1993). Names
 * with fewer than {@value #FEWEST} regions are not judged.
 */
public final class VolumeOutliers {

  /** Regions of a name that it takes to judge one of them. */
  public static final int FEWEST = 8;

  static final double FARTHEST = 3.5;
  private static final double NORMAL_QUARTILE = 0.6745;

  private VolumeOutliers() {}

  /**
   * One region of the cohort.
   *
   * @param head course of the region
   * @param subject structure set and ROI number
   * @param name standard name, or the name as it stands
   * @param volumeCm3 its volume
   */
  public record RegionVolume(RowHead head, String subject, String name, double volumeCm3)
      implements Serializable {}

  /** The rows of the regions that stand out. */
  public static List<QcRow> of(List<RegionVolume> regions) {
    Map<String, List<RegionVolume>> byName = new TreeMap<>();
    for (RegionVolume region : regions) {
      if (region.volumeCm3() > 0) {
        byName
            .computeIfAbsent(region.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
            .add(region);
      }
    }
    List<QcRow> rows = new ArrayList<>();
    byName.values().forEach(same -> judge(same, rows));
    return rows;
  }

  private static void judge(List<RegionVolume> same, List<QcRow> rows) {
    if (same.size() < FEWEST) {
      return;
    }
    double[] logs = same.stream().mapToDouble(r -> Math.log(r.volumeCm3())).toArray();
    double median = median(logs);
    double mad = median(Arrays.stream(logs).map(x -> Math.abs(x - median)).toArray());
    if (!(mad > 0)) {
      return;
    }
    for (RegionVolume region : same) {
      double z = NORMAL_QUARTILE * (Math.log(region.volumeCm3()) - median) / mad;
      if (Math.abs(z) > FARTHEST) {
        rows.add(
            new QcRow(
                region.head(),
                new QcResult(
                    QcCheck.ROI_VOLUME_OUTLIER,
                    QcLevel.WARNING,
                    region.subject(),
                    String.format(
                        Locale.ROOT, "%s: %.2f cm3, z %.1f", region.name(), region.volumeCm3(), z),
                    String.format(
                        Locale.ROOT,
                        "|z| up to %.1f round %.2f cm3 of %d regions",
                        FARTHEST,
                        Math.exp(median),
                        same.size()))));
      }
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
