package org.rtpipeline.organize;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Prescription;
import org.rtpipeline.model.Reference;

/**
 * The dose of one whole plan, and what is known of the plan and of its delivery.
 *
 * @param planUid the plan
 * @param doses its dose, or the doses of all its beams
 * @param plan its header; null when it is not there
 * @param delivered fractions with a record
 * @param days days of treatment, each once, in ascending order
 */
record PlanDose(
    String planUid,
    List<InstanceHeader> doses,
    @Nullable InstanceHeader plan,
    int delivered,
    List<LocalDate> days) {

  static PlanDose of(String planUid, List<InstanceHeader> doses, DoseQuestion question) {
    Set<Integer> numbers = new HashSet<>();
    Map<String, List<ObjectFacts.Delivery>> unnumbered = new TreeMap<>();
    Set<LocalDate> days = new TreeSet<>();
    question
        .deliveries(planUid)
        .forEach(
            d -> {
              if (d.fractionNumber() == null) {
                unnumbered.computeIfAbsent(String.valueOf(d.date()), x -> new ArrayList<>()).add(d);
              } else {
                numbers.add(d.fractionNumber());
              }
              Stream.ofNullable(d.date()).forEach(days::add);
            });
    return new PlanDose(
        planUid,
        List.copyOf(doses),
        question.plan(planUid).orElse(null),
        numbers.size() + unnumbered.values().stream().mapToInt(PlanDose::fractionsOfDay).sum(),
        new ArrayList<>(days));
  }

  /** Records without numbers: as many fractions as one beam was delivered whole, at least one. */
  private static int fractionsOfDay(List<ObjectFacts.Delivery> deliveries) {
    Map<Integer, Integer> times = new TreeMap<>();
    deliveries.forEach(d -> d.wholeBeams().forEach(beam -> times.merge(beam, 1, Integer::sum)));
    return times.values().stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  Optional<ObjectFacts.PlanFacts> facts() {
    return Optional.ofNullable(plan)
        .map(InstanceHeader::facts)
        .filter(ObjectFacts.PlanFacts.class::isInstance)
        .map(ObjectFacts.PlanFacts.class::cast);
  }

  Optional<Integer> planned() {
    return facts().map(ObjectFacts.PlanFacts::fractionsPlanned).filter(n -> n > 0);
  }

  Optional<Double> prescriptionGy() {
    return facts().map(ObjectFacts.PlanFacts::prescriptionGy).filter(gy -> gy > 0);
  }

  /** Structure sets that the plan refers to. */
  Set<String> structureSets() {
    return plan == null
        ? Set.of()
        : plan.referenced(Reference.Role.STRUCTURE_SET)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** ROI numbers that it prescribes to as targets. */
  Set<Integer> targets() {
    return facts().map(ObjectFacts.PlanFacts::prescriptions).orElse(List.of()).stream()
        .filter(p -> p.referenceType() == null || p.referenceType().equals("TARGET"))
        .filter(p -> p.targetPrescriptionDoseGy() != null)
        .map(Prescription::roiNumber)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** When it began: its first treatment, else when the plan was made. */
  Optional<LocalDateTime> begin() {
    if (!days.isEmpty()) {
      return Optional.of(days.get(0).atStartOfDay());
    }
    return facts()
        .filter(f -> f.date() != null)
        .map(
            f ->
                Objects.requireNonNull(f.date())
                    .atTime(Objects.requireNonNullElse(f.time(), LocalTime.MIN)));
  }

  /** Plans in the order they began; the undated first, and those by UID. */
  static final Comparator<PlanDose> BY_BEGIN =
      Comparator.comparing((PlanDose p) -> p.begin().orElse(LocalDateTime.MIN))
          .thenComparing(PlanDose::planUid);
}
