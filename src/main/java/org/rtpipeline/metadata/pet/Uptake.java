package org.rtpipeline.metadata.pet;

import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.PetImage;
import org.rtpipeline.model.PetSeries;

/**
 * When the tracer was given and to which time the values of a series are corrected for decay, by
 * the vendor-neutral rules of QIBA (FDG-PET/CT profile 1.13, appendix G).
 *
 * @param injected when the tracer was given
 * @param injectionBasis how that is known
 * @param reference time to which decay is corrected; start of the first frame when it is not
 * @param referenceBasis how that is known
 * @param oddities what a reader must know of the times
 */
public record Uptake(
    LocalDateTime injected,
    InjectionBasis injectionBasis,
    LocalDateTime reference,
    ReferenceBasis referenceBasis,
    List<String> oddities)
    implements Serializable {

  /** Times that differ by more than this disagree. */
  static final double CLOCK_TOLERANCE_S = 60;

  /** An injection is moved to the day before only when the uptake is then no longer than this. */
  static final double LONGEST_OVER_MIDNIGHT_HOURS = 12;

  private static final double SECONDS_PER_HOUR = 3600;
  private static final double MS_PER_SECOND = 1000;

  /** How the time of the injection is known. */
  public enum InjectionBasis {
    /** Radiopharmaceutical start date time (0018,1078). */
    START_DATE_TIME,
    /** Radiopharmaceutical start time (0018,1072), on the day of the scan. */
    START_TIME,
    /** The same, on the day before: later than the scan, it lies before midnight. */
    START_TIME_DAY_BEFORE
  }

  /** How the time to which decay is corrected is known. */
  public enum ReferenceBasis {
    /** Series date and time, not later than any acquisition. */
    SERIES_TIME,
    /** The private scan time of GE (0009,xx0D). */
    GE_SCAN_TIME,
    /** Acquisition and frame reference time of the earliest frame. */
    FRAME_REFERENCE_TIME,
    /** The earliest acquisition. */
    EARLIEST_ACQUISITION
  }

  /** Copies the list. */
  public Uptake {
    oddities = List.copyOf(oddities);
  }

  /** Time from injection to reference, s. */
  public double seconds() {
    return seconds(injected, reference);
  }

  /**
   * The times of a series.
   *
   * @param halfLifeS half-life of the isotope, s
   * @param maxUptakeHours longer uptake is not believed
   */
  static Uptake of(
      PetSeries series, PetSeries.Injection injection, double halfLifeS, double maxUptakeHours)
      throws PetExcludedException {
    List<String> oddities = new ArrayList<>();
    Reference reference = reference(series.images(), halfLifeS, oddities);
    LocalDateTime at = reference.at();
    LocalDateTime dated = injection.dateTime();
    LocalTime clock = injection.time();
    if (dated != null && isCredible(seconds(dated, at), maxUptakeHours)) {
      if (clock != null && isApart(dated, dated.toLocalDate().atTime(clock))) {
        oddities.add("start time (0018,1072) and start date time (0018,1078) differ");
      }
      return new Uptake(dated, InjectionBasis.START_DATE_TIME, at, reference.basis(), oddities);
    }
    if (clock == null) {
      throw unresolved(dated, at, maxUptakeHours);
    }
    if (dated != null) {
      oddities.add("start date time (0018,1078) does not fit the scan: start time is used");
    }
    LocalDateTime sameDay = at.toLocalDate().atTime(clock);
    if (!sameDay.isAfter(at)) {
      if (!isCredible(seconds(sameDay, at), maxUptakeHours)) {
        throw unresolved(sameDay, at, maxUptakeHours);
      }
      return new Uptake(sameDay, InjectionBasis.START_TIME, at, reference.basis(), oddities);
    }
    LocalDateTime dayBefore = sameDay.minusDays(1);
    double longestHours = Math.min(maxUptakeHours, LONGEST_OVER_MIDNIGHT_HOURS);
    if (!isCredible(seconds(dayBefore, at), longestHours)) {
      throw unresolved(sameDay, at, maxUptakeHours);
    }
    oddities.add("the tracer was given before midnight");
    return new Uptake(
        dayBefore, InjectionBasis.START_TIME_DAY_BEFORE, at, reference.basis(), oddities);
  }

  private record Reference(LocalDateTime at, ReferenceBasis basis) {}

  private static Reference reference(List<PetImage> images, double halfLifeS, List<String> oddities)
      throws PetExcludedException {
    LocalDateTime series =
        images.stream()
            .map(PetImage::seriesTime)
            .flatMap(Stream::ofNullable)
            .min(Comparator.naturalOrder())
            .orElse(null);
    Optional<PetImage> first = earliest(images);
    if (first.isEmpty()) {
      if (series == null) {
        throw new PetExcludedException(
            PetExclusion.UNRECOVERABLE_TIMING_ANOMALY, "no time of series or acquisition");
      }
      oddities.add("no acquisition time (0008,0032) confirms the time of the series");
      return new Reference(series, ReferenceBasis.SERIES_TIME);
    }
    LocalDateTime acquired = time(first.get());
    Optional<LocalDateTime> back = backFromFrame(first.get(), halfLifeS);
    if (series != null && !series.isAfter(acquired)) {
      if (back.filter(time -> isApart(time, series)).isPresent()) {
        oddities.add("series time and frame reference time (0054,1300) differ");
      }
      return new Reference(series, ReferenceBasis.SERIES_TIME);
    }
    oddities.add("the series is dated after its acquisition, or not at all");
    LocalDateTime ofGe = first.get().scale().scanTime();
    if (ofGe != null && seconds(ofGe, acquired) >= -CLOCK_TOLERANCE_S) {
      return new Reference(ofGe, ReferenceBasis.GE_SCAN_TIME);
    }
    return back.map(time -> new Reference(time, ReferenceBasis.FRAME_REFERENCE_TIME))
        .orElseGet(() -> new Reference(acquired, ReferenceBasis.EARLIEST_ACQUISITION));
  }

  private static Optional<PetImage> earliest(List<PetImage> images) {
    return images.stream()
        .filter(image -> image.acquisitionTime() != null)
        .min(Comparator.comparing(Uptake::time).thenComparing(PetImage::sopInstanceUid));
  }

  private static LocalDateTime time(PetImage image) {
    LocalDateTime time = image.acquisitionTime();
    if (time == null) {
      throw new IllegalArgumentException("only images with a time are asked for it");
    }
    return time;
  }

  /**
   * The time that frame reference times count from: start of the frame, less its reference time,
   * plus the time within the frame at which the count rate has its mean, ln(λΔ / (1 - e^-λΔ)) / λ.
   */
  private static Optional<LocalDateTime> backFromFrame(PetImage image, double halfLifeS) {
    Double referenceMs = image.referenceMs();
    OptionalDouble durationS = durationS(image);
    if (referenceMs == null || !(referenceMs > 0) || durationS.isEmpty()) {
      return Optional.empty();
    }
    double perSecond = Math.log(2) / halfLifeS;
    double decays = perSecond * durationS.getAsDouble();
    double meanS = Math.log(decays / -Math.expm1(-decays)) / perSecond;
    double backS = meanS - referenceMs / MS_PER_SECOND;
    return Optional.of(time(image).plus(Duration.ofMillis(Math.round(backS * MS_PER_SECOND))));
  }

  /** Length of the frame, s; empty when it is not said. */
  static OptionalDouble durationS(PetImage image) {
    Double durationMs = image.durationMs();
    return durationMs != null && durationMs > 0
        ? OptionalDouble.of(durationMs / MS_PER_SECOND)
        : OptionalDouble.empty();
  }

  static double seconds(LocalDateTime from, LocalDateTime to) {
    return Duration.between(from, to).toMillis() / MS_PER_SECOND;
  }

  private static boolean isApart(LocalDateTime one, LocalDateTime other) {
    return Math.abs(seconds(one, other)) > CLOCK_TOLERANCE_S;
  }

  private static boolean isCredible(double uptakeS, double maxHours) {
    return uptakeS >= 0 && uptakeS <= maxHours * SECONDS_PER_HOUR;
  }

  private static PetExcludedException unresolved(
      @Nullable LocalDateTime injected, LocalDateTime reference, double maxUptakeHours) {
    if (injected == null) {
      return new PetExcludedException(
          PetExclusion.UNRECOVERABLE_TIMING_ANOMALY,
          "no radiopharmaceutical start time (0018,1072), (0018,1078)");
    }
    double uptakeS = seconds(injected, reference);
    return new PetExcludedException(
        uptakeS < 0
            ? PetExclusion.NEGATIVE_UNRESOLVED_DELTA_T
            : PetExclusion.UNRECOVERABLE_TIMING_ANOMALY,
        "from injection to scan are "
            + Math.round(uptakeS)
            + " s, expected 0 to "
            + Math.round(maxUptakeHours * SECONDS_PER_HOUR));
  }
}
