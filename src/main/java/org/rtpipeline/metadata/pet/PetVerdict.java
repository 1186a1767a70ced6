package org.rtpipeline.metadata.pet;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.PetSeries;
import org.rtpipeline.model.Tracer;

/**
 * What became of a PET series.
 *
 * @param seriesUid the series
 * @param series what its headers say; null when they cannot be read
 * @param known what was found out before the series was excluded, if it was
 * @param scale what turns its values into uptake values; null when it is excluded
 * @param standing whether it is the one of its study and tracer that counts
 * @param reason why it is excluded or needs review; null when neither
 * @param oddities what a reader must know though it can be used
 */
public record PetVerdict(
    String seriesUid,
    @Nullable PetSeries series,
    Known known,
    @Nullable SuvScale scale,
    Standing standing,
    @Nullable Reason reason,
    List<Finding> oddities)
    implements Serializable {

  /** Whether a series is the one that counts. */
  public enum Standing {
    PRIMARY,
    /** Another reconstruction is the primary one. */
    SECONDARY,
    /** It has no uptake values, or a person has to choose. */
    NONE
  }

  /**
   * What was found out; null for what was not.
   *
   * @param isotope the positron emitter
   * @param halfLifeS half-life that counts, s
   * @param tracer the tracer
   * @param body the patient
   * @param uptake times of injection and scan
   */
  public record Known(
      @Nullable Isotope isotope,
      @Nullable Double halfLifeS,
      @Nullable Tracer tracer,
      @Nullable BodySize body,
      @Nullable Uptake uptake)
      implements Serializable {

    static final Known NOTHING = new Known(null, null, null, null, null);
  }

  /**
   * Why a series is excluded.
   *
   * @param exclusion the reason
   * @param details attribute, value seen and what was expected
   */
  public record Reason(PetExclusion exclusion, String details) implements Serializable {}

  /** Copies the list. */
  public PetVerdict {
    oddities = List.copyOf(oddities);
  }

  /**
   * The verdict of a series whose headers cannot be read.
   *
   * @param why kept as it is where the failure may pass, so that the next run tries again
   */
  public static PetVerdict unreadable(String seriesUid, Finding why) {
    return new PetVerdict(
        seriesUid,
        null,
        Known.NOTHING,
        null,
        Standing.NONE,
        new Reason(PetExclusion.MISSING_DICOM_HEADERS, why.message()),
        why.level() == Finding.Level.FAILED ? List.of(why) : List.of());
  }

  PetVerdict withStanding(Standing newStanding, @Nullable Reason newReason) {
    return new PetVerdict(seriesUid, series, known, scale, newStanding, newReason, oddities);
  }

  /** How the series was reconstructed; empty when that is not known. */
  public Optional<Reconstruction> reconstruction() {
    return series == null ? Optional.empty() : Reconstruction.of(series.making().reconstruction());
  }

  /** Why features cannot be computed of an uptake value of the series; empty when they can. */
  public Optional<Finding> obstacle(SuvVariant variant) {
    if (reason != null) {
      return Optional.of(
          finding(Finding.Code.NO_SUV, reason.exclusion().word() + ": " + reason.details()));
    }
    if (standing != Standing.PRIMARY) {
      return Optional.of(
          new Finding(
              Finding.Level.OK,
              Finding.Code.PET_NOT_PRIMARY,
              seriesUid,
              "another reconstruction of the examination is the primary one"));
    }
    return scale == null || scale.ratio(variant).isEmpty()
        ? Optional.of(
            finding(Finding.Code.PET_BODY_SIZE, "height or sex are not known for " + variant))
        : Optional.empty();
  }

  /** What a reader of the row must know. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (reason != null) {
      findings.add(
          finding(reason.exclusion().code(), reason.exclusion().word() + ": " + reason.details()));
    }
    findings.addAll(oddities);
    return findings;
  }

  private Finding finding(Finding.Code code, String message) {
    return new Finding(Finding.Level.WARN, code, seriesUid, message);
  }
}
