package org.rtpipeline.metadata;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.DoseDetail;
import org.rtpipeline.model.DoseGrid;

/**
 * The dose that counts in a course.
 *
 * @param uids its objects; several are summed
 * @param planUids plans that they refer to
 * @param details what their headers say, of those that can be read
 * @param statistics doses on the grid; null when it cannot be read
 */
public record CaseDose(
    List<String> uids,
    List<String> planUids,
    List<DoseDetail> details,
    @Nullable Statistics statistics)
    implements Serializable {

  /**
   * Doses over all points of a grid.
   *
   * @param minGy lowest
   * @param maxGy highest
   * @param meanGy mean over the points
   */
  public record Statistics(double minGy, double maxGy, double meanGy) implements Serializable {

    /** Statistics of a grid; points without a known dose are left out; null when all are. */
    public static @Nullable Statistics of(DoseGrid grid) {
      double minGy = Double.POSITIVE_INFINITY;
      double maxGy = Double.NEGATIVE_INFINITY;
      double sumGy = 0;
      long points = 0;
      for (float gy : grid.valuesGy()) {
        if (!Float.isNaN(gy)) {
          minGy = Math.min(minGy, gy);
          maxGy = Math.max(maxGy, gy);
          sumGy += gy;
          points++;
        }
      }
      return points == 0 ? null : new Statistics(minGy, maxGy, sumGy / points);
    }
  }

  /** Copies the lists. */
  public CaseDose {
    uids = List.copyOf(uids);
    planUids = List.copyOf(planUids);
    details = List.copyOf(details);
  }

  /** One text per object that has it, each once. */
  List<String> texts(Function<DoseDetail, @Nullable String> fact) {
    return details.stream()
        .map(fact)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .toList();
  }
}
