package org.rtpipeline.phantom;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The largest differences between computed values and the truth of a cohort.
 *
 * @param compared regions that were compared
 * @param missing true regions without a computed one, as {@code patient/roi}, in the order of the
 *     truth
 * @param volumePct largest difference of a volume, in percent of the true one; null when nothing
 *     was compared
 * @param dmeanGy largest difference of a mean dose, Gy; null when nothing was compared
 * @param d95Gy largest difference of a D95, Gy; null when nothing was compared
 */
public record TruthComparison(
    int compared,
    List<String> missing,
    @Nullable Difference volumePct,
    @Nullable Difference dmeanGy,
    @Nullable Difference d95Gy) {

  /** Copies the list. */
  public TruthComparison {
    missing = List.copyOf(missing);
  }

  /**
   * What was computed for a region.
   *
   * @param patientId patient it belongs to
   * @param roiName name of the region
   * @param volumeCm3 volume, cm3; NaN when it could not be computed
   * @param dmeanGy mean dose, Gy; NaN when it could not be computed
   * @param d95Gy D95, Gy; NaN when it could not be computed
   */
  public record Computed(
      String patientId, String roiName, double volumeCm3, double dmeanGy, double d95Gy) {}

  /**
   * One difference.
   *
   * @param patientId where it is
   * @param roiName where it is
   * @param value computed minus true
   */
  public record Difference(String patientId, String roiName, double value) {}

  /**
   * Compares; a computed region without a true one is left out, and a value that is not a number
   * makes its region missing.
   */
  public static TruthComparison of(Collection<TruthRow> truth, Collection<Computed> computed) {
    Map<Key, Computed> byName = new HashMap<>();
    for (Computed row : computed) {
      if (!Double.isNaN(row.volumeCm3() + row.dmeanGy() + row.d95Gy())) {
        byName.put(new Key(row.patientId(), row.roiName()), row);
      }
    }
    List<String> missing = new ArrayList<>();
    int compared = 0;
    Difference volumePct = null;
    Difference dmeanGy = null;
    Difference d95Gy = null;
    for (TruthRow row : truth) {
      Computed other = byName.get(new Key(row.patientId(), row.roiName()));
      if (other == null) {
        missing.add(row.patientId() + "/" + row.roiName());
        continue;
      }
      compared++;
      volumePct = larger(volumePct, row, 100 * (other.volumeCm3() / row.volumeCm3() - 1));
      dmeanGy = larger(dmeanGy, row, other.dmeanGy() - row.dmeanGy());
      d95Gy = larger(d95Gy, row, other.d95Gy() - row.d95Gy());
    }
    return new TruthComparison(compared, missing, volumePct, dmeanGy, d95Gy);
  }

  private static Difference larger(@Nullable Difference largest, TruthRow row, double value) {
    return largest != null && Math.abs(largest.value()) >= Math.abs(value)
        ? largest
        : new Difference(row.patientId(), row.roiName(), value);
  }

  private record Key(String patientId, String roiName) {}
}
