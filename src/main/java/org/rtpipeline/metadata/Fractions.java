package org.rtpipeline.metadata;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.metadata.Fraction.Basis;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.model.TreatmentRecord.DeliveredBeam;

/**
 * Treatment records to fractions, plan by plan.
 *
 * <p>Records of one plan with one current fraction number (3008,0022) are one fraction; records
 * without a number are one fraction per day. Either way a beam that was complete and is delivered
 * again begins another fraction, so that two fractions of a day stay two. A continued delivery
 * belongs to the fraction that it continues. Records of setup and imaging alone are no fraction.
 */
public final class Fractions {

  /** Records without a date last: before dated ones they would move the place of every one. */
  private static final Comparator<TreatmentRecord> IN_TIME =
      Comparator.comparing(
              (TreatmentRecord r) -> Objects.requireNonNullElse(r.date(), LocalDate.MAX))
          .thenComparing(r -> Objects.requireNonNullElse(r.time(), LocalTime.MIN))
          .thenComparing(r -> Objects.requireNonNullElse(r.fractionNumber(), 0))
          .thenComparing(TreatmentRecord::sopInstanceUid);

  private Fractions() {}

  /**
   * The fractions of a course, in ascending order of plan, then in the order of treatment.
   *
   * @param records in any order
   * @param plans the plans that are there
   */
  public static List<Fraction> of(Collection<TreatmentRecord> records, Collection<Plan> plans) {
    Map<String, Plan> planByUid =
        plans.stream()
            .collect(Collectors.toMap(Plan::sopInstanceUid, p -> p, (a, b) -> a, TreeMap::new));
    Map<String, List<TreatmentRecord>> byPlan = new TreeMap<>();
    records.stream()
        .filter(Fractions::isTreatment)
        .sorted(IN_TIME)
        .forEach(
            r ->
                byPlan
                    .computeIfAbsent(
                        Objects.requireNonNullElse(r.planUid(), ""), x -> new ArrayList<>())
                    .add(r));
    List<Fraction> fractions = new ArrayList<>();
    byPlan.forEach((uid, own) -> fractions.addAll(ofPlan(uid, own, beams(planByUid.get(uid)))));
    return fractions;
  }

  private static boolean isTreatment(TreatmentRecord record) {
    return record.beams().isEmpty() || record.beams().stream().anyMatch(DeliveredBeam::isTreatment);
  }

  private static Set<Integer> beams(@Nullable Plan plan) {
    return plan == null
        ? Set.of()
        : plan.beams().stream()
            .filter(Beam::isTreatment)
            .map(Beam::number)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Fraction> ofPlan(
      String planUid, List<TreatmentRecord> records, Set<Integer> planned) {
    Map<String, List<TreatmentRecord>> buckets = new TreeMap<>();
    records.forEach(r -> buckets.computeIfAbsent(bucket(r), x -> new ArrayList<>()).add(r));
    List<Part> parts = new ArrayList<>();
    buckets.values().forEach(bucket -> parts.addAll(parts(bucket)));
    parts.sort(Comparator.comparing(part -> part.records().get(0), IN_TIME));
    List<Fraction> fractions = new ArrayList<>();
    Map<LocalDate, Integer> onDay = new TreeMap<>();
    for (Part part : parts) {
      Set<Integer> missing = new TreeSet<>(planned);
      Fraction.treatmentBeams(part.records()).forEach(b -> missing.remove(b.beamNumber()));
      boolean silent = Fraction.treatmentBeams(part.records()).findAny().isEmpty();
      LocalDate day = Objects.requireNonNullElse(part.records().get(0).date(), LocalDate.MIN);
      fractions.add(
          new Fraction(
              planUid,
              fractions.size() + 1,
              onDay.merge(day, 1, Integer::sum),
              part.basis(),
              part.records(),
              silent ? List.of() : List.copyOf(missing)));
    }
    return fractions;
  }

  private static String bucket(TreatmentRecord record) {
    return record.fractionNumber() == null
        ? "day " + record.date()
        : "number " + record.fractionNumber();
  }

  /** Parts a bucket wherever a beam that is whole is delivered once more. */
  private static List<Part> parts(List<TreatmentRecord> bucket) {
    Basis first = bucket.get(0).fractionNumber() == null ? Basis.DAY : Basis.FRACTION_NUMBER;
    List<Part> parts = new ArrayList<>();
    List<TreatmentRecord> current = new ArrayList<>();
    for (TreatmentRecord record : bucket) {
      if (!current.isEmpty() && repeats(record, current)) {
        parts.add(new Part(parts.isEmpty() ? first : Basis.BEAM_REPEATED, current));
        current = new ArrayList<>();
      }
      current.add(record);
    }
    parts.add(new Part(parts.isEmpty() ? first : Basis.BEAM_REPEATED, current));
    return parts;
  }

  private static boolean repeats(TreatmentRecord record, List<TreatmentRecord> before) {
    List<DeliveredBeam> delivered = Fraction.treatmentBeams(before).toList();
    return record.beams().stream()
        .filter(DeliveredBeam::isTreatment)
        .filter(b -> !"CONTINUATION".equals(b.deliveryType()))
        .anyMatch(
            b ->
                delivered.stream().anyMatch(d -> d.beamNumber() == b.beamNumber())
                    && Fraction.isWhole(delivered, b.beamNumber()));
  }

  /** Records of one fraction. */
  private record Part(Basis basis, List<TreatmentRecord> records) {}
}
