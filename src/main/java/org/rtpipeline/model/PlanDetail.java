package org.rtpipeline.model;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that case metadata tell of one RTPLAN.
 *
 * @param plan what other stages use of it
 * @param name RT plan name (300A,0003); null when absent
 * @param time RT plan time (300A,0007); null when absent or not a time
 * @param review who reviewed it, and when
 * @param doseReferences every dose reference, in the order of the object
 * @param beams every beam with a number, in the order of the object
 * @param applicationSetups brachytherapy application setups
 * @param patient what the object says of the patient
 * @param findings what was odd about what only metadata tell
 */
public record PlanDetail(
    Plan plan,
    @Nullable String name,
    @Nullable LocalTime time,
    Review review,
    List<DoseReference> doseReferences,
    List<PlannedBeam> beams,
    int applicationSetups,
    PatientDetail patient,
    List<Finding> findings)
    implements Serializable {

  /**
   * The review of a plan (PS3.3 C.8.8.16).
   *
   * @param date review date (300E,0004); null when absent
   * @param time review time (300E,0005); null when absent
   * @param reviewer reviewer name (300E,0008); null when absent
   */
  public record Review(
      @Nullable LocalDate date, @Nullable LocalTime time, @Nullable String reviewer)
      implements Serializable {}

  /**
   * A dose reference with what only metadata tell of it.
   *
   * @param number dose reference number (300A,0012); null when absent
   * @param structureType dose reference structure type (300A,0014); null when absent
   * @param prescription the rest of it
   */
  public record DoseReference(
      @Nullable Integer number, @Nullable String structureType, Prescription prescription)
      implements Serializable {}

  /** Copies the lists. */
  public PlanDetail {
    doseReferences = List.copyOf(doseReferences);
    beams = List.copyOf(beams);
    findings = List.copyOf(findings);
  }

  /**
   * The plan as rows carry it: without control points, and of people what the tables may hold.
   *
   * @param allowed what the tables may hold
   */
  public PlanDetail asTold(PersonalData allowed) {
    Review told =
        allowed == PersonalData.KEEP ? review : new Review(review.date, review.time, null);
    return new PlanDetail(
        plan,
        name,
        time,
        told,
        doseReferences,
        List.of(),
        applicationSetups,
        patient.asAllowed(allowed),
        findings);
  }
}
