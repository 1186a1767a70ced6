package org.rtpipeline.metadata.pet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.rtpipeline.model.PetSeries;

/**
 * Chooses among several series of one study and tracer the one that counts: of those that cover
 * nearly as much as the longest, the best known reconstruction, then the longest, then the one with
 * the lowest series number. Where that does not decide, a person has to.
 */
public final class PrimaryReconstruction {

  /** Extents that differ by less, mm, are the same. */
  static final double SAME_EXTENT_MM = 0.5;

  private PrimaryReconstruction() {}

  /**
   * The verdicts with their standing, in the order given.
   *
   * @param verdicts over all series of a course
   * @param primaryExtent part of the longest series that a primary one must cover
   */
  public static List<PetVerdict> choose(List<PetVerdict> verdicts, double primaryExtent) {
    Map<String, List<PetVerdict>> groups = new TreeMap<>();
    for (PetVerdict verdict : verdicts) {
      if (verdict.scale() != null) {
        groups.computeIfAbsent(group(verdict), key -> new ArrayList<>()).add(verdict);
      }
    }
    Map<String, PetVerdict> chosen = new HashMap<>();
    for (List<PetVerdict> group : groups.values()) {
      among(group, primaryExtent).forEach(v -> chosen.put(v.seriesUid(), v));
    }
    return verdicts.stream().map(v -> chosen.getOrDefault(v.seriesUid(), v)).toList();
  }

  private static String group(PetVerdict verdict) {
    return series(verdict).studyUid() + " " + verdict.known().tracer();
  }

  private static List<PetVerdict> among(List<PetVerdict> group, double primaryExtent) {
    double longestMm = group.stream().mapToDouble(PrimaryReconstruction::extentMm).max().orElse(0);
    List<PetVerdict> judged = new ArrayList<>();
    List<PetVerdict> candidates = new ArrayList<>();
    for (PetVerdict verdict : group) {
      if (extentMm(verdict) < primaryExtent * longestMm) {
        judged.add(
            excluded(
                verdict,
                PetExclusion.PARTIAL_AXIAL_EXTENT_FOR_PRIMARY_SELECTION,
                "covers "
                    + Math.round(extentMm(verdict))
                    + " mm of "
                    + Math.round(longestMm)
                    + " mm"));
      } else {
        candidates.add(verdict);
      }
    }
    judged.addAll(ranked(candidates));
    return judged;
  }

  private static List<PetVerdict> ranked(List<PetVerdict> candidates) {
    if (candidates.size() == 1) {
      return candidates;
    }
    if (candidates.stream().anyMatch(v -> v.reconstruction().isEmpty())) {
      return candidates.stream()
          .map(
              v ->
                  excluded(
                      v,
                      PetExclusion.UNKNOWN_RECONSTRUCTION_NEEDING_MANUAL_REVIEW,
                      "reconstruction method (0054,1103) is not known for one of "
                          + candidates.size()
                          + " series"))
          .toList();
    }
    List<PetVerdict> sorted = candidates.stream().sorted(BEST_FIRST).toList();
    if (BEST_FIRST.compare(sorted.get(0), sorted.get(1)) == 0) {
      return candidates.stream()
          .map(
              v ->
                  excluded(
                      v,
                      PetExclusion.PRIMARY_SELECTION_TIE_NEEDS_MANUAL_REVIEW,
                      "two series have the same reconstruction, extent and series number"))
          .toList();
    }
    List<PetVerdict> judged = new ArrayList<>();
    judged.add(sorted.get(0).withStanding(PetVerdict.Standing.PRIMARY, null));
    for (PetVerdict other : sorted.subList(1, sorted.size())) {
      judged.add(other.withStanding(PetVerdict.Standing.SECONDARY, null));
    }
    return judged;
  }

  private static final Comparator<PetVerdict> BEST_FIRST =
      Comparator.comparing((PetVerdict v) -> v.reconstruction().orElseThrow())
          .thenComparing(v -> -Math.round(extentMm(v) / SAME_EXTENT_MM))
          .thenComparing(
              v -> Optional.ofNullable(series(v).seriesNumber()).orElse(Integer.MAX_VALUE));

  private static double extentMm(PetVerdict verdict) {
    return series(verdict).extentMm();
  }

  private static PetSeries series(PetVerdict verdict) {
    return Objects.requireNonNull(verdict.series(), "a series with a scale was read");
  }

  private static PetVerdict excluded(PetVerdict verdict, PetExclusion why, String details) {
    return verdict.withStanding(PetVerdict.Standing.NONE, new PetVerdict.Reason(why, details));
  }
}
