package org.rtpipeline.metadata;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.model.TreatmentRecord.DeliveredBeam;

/**
 * One fraction of one plan: the treatment records that tell of it, taken together.
 *
 * @param planUid the plan; empty when the records name none
 * @param index place among the fractions of the plan, from 1, in the order of treatment
 * @param dayIndex place among the fractions of the plan on its day, from 1
 * @param basis how the records were told apart
 * @param records its records, in the order of treatment
 * @param missingBeams treatment beams of the plan that no record tells of; empty when the plan is
 *     not there
 */
public record Fraction(
    String planUid,
    int index,
    int dayIndex,
    Basis basis,
    List<TreatmentRecord> records,
    List<Integer> missingBeams)
    implements Serializable {

  /** How the records of a plan were told apart. */
  public enum Basis {
    /** By current fraction number (3008,0022). */
    FRACTION_NUMBER,
    /** A beam that was complete is delivered again. */
    BEAM_REPEATED,
    /** By day of treatment. */
    DAY
  }

  /** How much of a fraction was delivered. */
  public enum Status {
    /** Every treatment beam, to its end. */
    COMPLETE,
    /** A beam is missing or ended early. */
    PARTIAL,
    /** The records do not say. */
    UNKNOWN
  }

  private static final String NORMAL = "NORMAL";
  private static final String UNKNOWN_END = "UNKNOWN";

  /** Copies the lists. */
  public Fraction {
    records = List.copyOf(records);
    missingBeams = List.copyOf(missingBeams);
  }

  /** Deliveries that treat, in the order of the records. */
  public List<DeliveredBeam> beams() {
    return treatmentBeams(records).toList();
  }

  static Stream<DeliveredBeam> treatmentBeams(List<TreatmentRecord> records) {
    return records.stream().flatMap(r -> r.beams().stream()).filter(DeliveredBeam::isTreatment);
  }

  /** Day of treatment; null when no record says. */
  public @Nullable LocalDate date() {
    return records.stream()
        .map(TreatmentRecord::date)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Time of the first record; null when none says. */
  public @Nullable LocalTime startTime() {
    return times().findFirst().orElse(null);
  }

  /** Time of the last record; null when none says. */
  public @Nullable LocalTime endTime() {
    return times().reduce((first, second) -> second).orElse(null);
  }

  private Stream<LocalTime> times() {
    return records.stream().map(TreatmentRecord::time).filter(Objects::nonNull);
  }

  /** Current fraction number as recorded; null when no record has one. */
  public @Nullable Integer recordedNumber() {
    return records.stream()
        .map(TreatmentRecord::fractionNumber)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Sum of the specified metersets, MU; null when no beam has one. */
  public @Nullable Double specifiedMu() {
    return sum(beams().stream().map(DeliveredBeam::specifiedMetersetMu));
  }

  /** Sum of the delivered metersets, MU; null when no beam has one. */
  public @Nullable Double deliveredMu() {
    return sum(beams().stream().map(DeliveredBeam::deliveredMetersetMu));
  }

  /** Sum of the specified channel times of brachytherapy, s; null when there are none. */
  public @Nullable Double specifiedTimeS() {
    return sum(beams().stream().map(DeliveredBeam::specifiedTimeS));
  }

  /** Sum of the delivered channel times of brachytherapy, s; null when there are none. */
  public @Nullable Double deliveredTimeS() {
    return sum(beams().stream().map(DeliveredBeam::deliveredTimeS));
  }

  /** Sum of the calculated doses of the records, Gy; null when no record has one. */
  public @Nullable Double deliveredDoseGy() {
    return sum(records.stream().map(TreatmentRecord::deliveredDoseGy));
  }

  private static @Nullable Double sum(Stream<@Nullable Double> numbers) {
    List<Double> known = numbers.filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    return known.isEmpty() ? null : known.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Treatment termination statuses (3008,002A), each once. */
  public List<String> terminationStatuses() {
    return distinct(beams().stream().map(DeliveredBeam::terminationStatus));
  }

  /** Treatment verification statuses (3008,002C), each once. */
  public List<String> verificationStatuses() {
    return distinct(beams().stream().map(DeliveredBeam::verificationStatus));
  }

  /** Attributes that were overridden, each once. */
  public List<String> overridden() {
    return distinct(beams().stream().flatMap(b -> b.overridden().stream()));
  }

  /** Machines, each once. */
  public List<String> machines() {
    return distinct(records.stream().map(TreatmentRecord::machine));
  }

  private static List<String> distinct(Stream<@Nullable String> texts) {
    return texts.filter(Objects::nonNull).map(Objects::requireNonNull).distinct().sorted().toList();
  }

  /** How much of it was delivered. */
  public Status status() {
    List<DeliveredBeam> beams = beams();
    if (beams.isEmpty()) {
      return Status.UNKNOWN;
    }
    List<Integer> notWhole =
        beams.stream()
            .map(DeliveredBeam::beamNumber)
            .distinct()
            .filter(number -> !isWhole(beams, number))
            .toList();
    if (notWhole.isEmpty() && missingBeams.isEmpty()) {
      return Status.COMPLETE;
    }
    boolean isShort = notWhole.stream().anyMatch(number -> saysHowMuch(beams, number));
    return isShort || !missingBeams.isEmpty() ? Status.PARTIAL : Status.UNKNOWN;
  }

  /** True when the deliveries of a beam say how they ended, or both of their metersets. */
  private static boolean saysHowMuch(List<DeliveredBeam> beams, int number) {
    return beams.stream()
        .filter(beam -> beam.beamNumber() == number)
        .anyMatch(
            beam ->
                !UNKNOWN_END.equals(
                        Objects.requireNonNullElse(beam.terminationStatus(), UNKNOWN_END))
                    || (beam.specifiedMetersetMu() != null && beam.deliveredMetersetMu() != null));
  }

  /** True when the deliveries of a beam, interrupted ones together, reach its meterset. */
  static boolean isWhole(List<DeliveredBeam> beams, int number) {
    List<DeliveredBeam> parts = beams.stream().filter(b -> b.beamNumber() == number).toList();
    Double delivered = sum(parts.stream().map(DeliveredBeam::deliveredMetersetMu));
    Optional<Double> specified =
        parts.stream()
            .flatMap(b -> Stream.ofNullable(b.specifiedMetersetMu()))
            .max(Comparator.naturalOrder());
    if (delivered == null || specified.isEmpty()) {
      return parts.stream().anyMatch(b -> NORMAL.equals(b.terminationStatus()));
    }
    return delivered >= DeliveredBeam.WHOLE_SHARE * specified.get();
  }
}
