package org.rtpipeline.metadata;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.ImageDetail;
import org.rtpipeline.model.PatientDetail;

/**
 * What is known of a course beside its doses and features.
 *
 * @param objects DICOM objects of the course, images included
 * @param plan the plans that count
 * @param delivery what was delivered; null when the course has no plan and no record
 * @param dose the dose that counts
 * @param image the planning CT; null when there is none
 * @param patient the patient, as far as the tables may tell
 * @param ageYears age on the day of the plan, years; null when not known
 * @param structures the structure set; null when there is none, or several without a choice
 */
public record CaseMetadata(
    int objects,
    CasePlan plan,
    @Nullable Delivery delivery,
    CaseDose dose,
    @Nullable CaseImage image,
    PatientDetail patient,
    @Nullable Double ageYears,
    @Nullable CaseStructures structures)
    implements Serializable {

  /** The day of the earliest plan that counts, from which age is counted; null when undated. */
  public static @Nullable LocalDate dayOf(CasePlan plan) {
    return plan.plans().stream()
        .flatMap(one -> Stream.ofNullable(one.plan().date()))
        .min(LocalDate::compareTo)
        .orElse(null);
  }

  /** What the header of the planning CT says; null when it does not. */
  @Nullable Object ct(Function<ImageDetail, @Nullable Object> fact) {
    return image == null || image.detail() == null
        ? null
        : fact.apply(Objects.requireNonNull(image.detail()));
  }
}
