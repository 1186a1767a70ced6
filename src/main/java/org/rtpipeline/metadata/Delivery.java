package org.rtpipeline.metadata;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Plan;

/**
 * What was delivered of a plan, or of a whole course, against what was planned.
 *
 * @param plan the plan; null for the whole course and for records of a plan that is not there
 * @param planUid the plan; empty for the whole course
 * @param planned fractions planned; null when not known
 * @param fractions the fractions with records
 */
public record Delivery(
    @Nullable Plan plan, String planUid, @Nullable Integer planned, List<Fraction> fractions)
    implements Serializable {

  /** Copies the list. */
  public Delivery {
    fractions = List.copyOf(fractions);
  }

  /**
   * One delivery per plan, in ascending order of UID, and first the one of the whole course.
   *
   * @param plans the plans that are there
   * @param fractions what was delivered of them and of others
   */
  public static List<Delivery> of(Collection<Plan> plans, List<Fraction> fractions) {
    TreeSet<String> uids = new TreeSet<>();
    plans.forEach(p -> uids.add(p.sopInstanceUid()));
    fractions.stream().map(Fraction::planUid).filter(uid -> !uid.isEmpty()).forEach(uids::add);
    if (uids.isEmpty() && fractions.isEmpty()) {
      return List.of();
    }
    List<Delivery> deliveries = new ArrayList<>();
    deliveries.add(new Delivery(null, "", planned(plans), fractions));
    for (String uid : uids) {
      Plan plan =
          plans.stream().filter(p -> p.sopInstanceUid().equals(uid)).findFirst().orElse(null);
      deliveries.add(
          new Delivery(
              plan,
              uid,
              plan == null ? null : plan.fractionsPlanned(),
              fractions.stream().filter(f -> f.planUid().equals(uid)).toList()));
    }
    return deliveries;
  }

  /** The one number of a course of one plan; over several plans it depends on which are summed. */
  private static @Nullable Integer planned(Collection<Plan> plans) {
    return plans.size() == 1 ? plans.iterator().next().fractionsPlanned() : null;
  }

  /** True for the delivery of the whole course. */
  public boolean isCourse() {
    return planUid.isEmpty();
  }

  /** Fractions that are complete. */
  public int complete() {
    return (int) fractions.stream().filter(f -> f.status() == Fraction.Status.COMPLETE).count();
  }

  /** Fractions of which a beam is missing or ended early. */
  public int partial() {
    return (int) fractions.stream().filter(f -> f.status() == Fraction.Status.PARTIAL).count();
  }

  /** Days of treatment, each once, in ascending order. */
  public List<LocalDate> days() {
    return fractions.stream()
        .map(Fraction::date)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .sorted()
        .toList();
  }

  /** First day of treatment; null when not known. */
  public @Nullable LocalDate start() {
    return days().isEmpty() ? null : days().get(0);
  }

  /** Last day of treatment; null when not known. */
  public @Nullable LocalDate end() {
    return days().isEmpty() ? null : days().get(days().size() - 1);
  }

  /** Overall treatment time: days from the first to the last, both counted; null when not known. */
  public @Nullable Integer overallDays() {
    List<LocalDate> days = days();
    return days.isEmpty()
        ? null
        : (int) ChronoUnit.DAYS.between(days.get(0), days.get(days.size() - 1)) + 1;
  }

  /** Most days between two days of treatment that follow each other, 1 for every day. */
  public @Nullable Integer longestGapDays() {
    List<LocalDate> days = days();
    Integer longest = null;
    for (int i = 1; i < days.size(); i++) {
      int gap = (int) ChronoUnit.DAYS.between(days.get(i - 1), days.get(i));
      longest = longest == null ? gap : Math.max(longest, gap);
    }
    return longest;
  }

  /** Mondays to Fridays without treatment between the first and the last day; null when unknown. */
  public @Nullable Integer missedWeekdays() {
    List<LocalDate> days = days();
    if (days.isEmpty()) {
      return null;
    }
    return (int)
        days.get(0)
            .datesUntil(days.get(days.size() - 1))
            .filter(d -> d.getDayOfWeek() != DayOfWeek.SATURDAY)
            .filter(d -> d.getDayOfWeek() != DayOfWeek.SUNDAY)
            .filter(d -> !days.contains(d))
            .count();
  }

  /** Days with more than one fraction of one plan. */
  public int daysWithSeveral() {
    return (int)
        fractions.stream()
            .filter(f -> f.dayIndex() == 2 && f.date() != null)
            .map(Fraction::date)
            .distinct()
            .count();
  }

  /** Planned meterset of one fraction, MU: that of all treatment beams; null when not known. */
  public @Nullable Double plannedMuPerFraction() {
    if (plan == null) {
      return null;
    }
    List<Double> metersets =
        plan.beams().stream()
            .filter(Beam::isTreatment)
            .map(Beam::metersetMu)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    return metersets.isEmpty() ? null : metersets.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Delivered meterset of all fractions, MU; null when no record says. */
  public @Nullable Double deliveredMu() {
    List<Double> metersets =
        fractions.stream()
            .map(Fraction::deliveredMu)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    return metersets.isEmpty() ? null : metersets.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Delivered in per cent of the planned meterset of the fractions that have records. */
  public @Nullable Double deliveredPct() {
    Double planned = plannedMuPerFraction();
    Double delivered = deliveredMu();
    return planned == null || delivered == null || planned <= 0 || fractions.isEmpty()
        ? null
        : 100 * delivered / (planned * fractions.size());
  }
}
