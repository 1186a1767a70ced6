package org.rtpipeline.model;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One RTPLAN object.
 *
 * @param sopInstanceUid the object
 * @param label RT plan label (300A,0002), empty when absent
 * @param date RT plan date (300A,0006); null when absent or not a date
 * @param intent plan intent (300A,000A); null when absent
 * @param approvalStatus (300E,0002); null when absent
 * @param fractionsPlanned sum over the fraction groups; null when none says
 * @param prescriptions every dose reference, in the order of the object
 * @param beams every beam, in the order of the object
 * @param findings what was odd about the object
 */
public record Plan(
    String sopInstanceUid,
    String label,
    @Nullable LocalDate date,
    @Nullable String intent,
    @Nullable String approvalStatus,
    @Nullable Integer fractionsPlanned,
    List<Prescription> prescriptions,
    List<Beam> beams,
    List<Finding> findings)
    implements Serializable {

  /** Copies the lists. */
  public Plan {
    prescriptions = List.copyOf(prescriptions);
    beams = List.copyOf(beams);
    findings = List.copyOf(findings);
  }

  /** Every level prescribed to a target, Gy, each once, highest first. */
  public List<Double> prescriptionLevelsGy() {
    return targetDosesGy(p -> true).distinct().sorted(Comparator.reverseOrder()).toList();
  }

  /** Highest dose prescribed to one ROI as a target, Gy. */
  public OptionalDouble prescriptionGyOf(int roiNumber) {
    return targetDosesGy(p -> p.roiNumber() != null && p.roiNumber() == roiNumber)
        .mapToDouble(Double::doubleValue)
        .max();
  }

  /** Highest target prescription dose, Gy; levels of one plan are never summed. */
  public OptionalDouble prescriptionGy() {
    return targetDosesGy(p -> true).mapToDouble(Double::doubleValue).max();
  }

  private Stream<Double> targetDosesGy(Predicate<Prescription> which) {
    return prescriptions.stream()
        .filter(p -> p.referenceType() == null || p.referenceType().equals("TARGET"))
        .filter(which)
        .flatMap(p -> Stream.ofNullable(p.targetPrescriptionDoseGy()))
        .filter(dose -> dose > 0);
  }
}
