package org.rtpipeline.dicom;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Prescription;

/** Reads RT plans and RT ion plans (PS3.3 A.20, A.49). */
public final class RtPlanReader {
  private RtPlanReader() {}

  /**
   * The plan of a file.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when the file cannot be used; a truncated plan is never read in part
   */
  public static Plan read(String path, InputStream in) throws DicomException {
    return plan(path, DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.WHOLE));
  }

  /** The plan of a file that has been read. */
  static Plan plan(String path, DicomFile file) throws DicomException {
    String uid = ObjectIdentity.require(path, file, SopClass.Kind.PLAN);
    Plan plan = plan(file.object());
    List<Finding> findings = new ArrayList<>(file.findings());
    findings.addAll(plan.findings());
    return new Plan(
        uid,
        plan.label(),
        plan.date(),
        plan.intent(),
        plan.approvalStatus(),
        plan.fractionsPlanned(),
        plan.prescriptions(),
        plan.beams(),
        findings);
  }

  /** The plan that a data set holds. */
  static Plan plan(DicomObject object) {
    String uid = object.text(Tags.SOP_INSTANCE_UID).orElse("");
    List<Finding> findings = new ArrayList<>();
    if (object.text(Tags.RT_PLAN_DATE).isPresent() && object.date(Tags.RT_PLAN_DATE).isEmpty()) {
      findings.add(
          new Finding(
              Finding.Level.WARN,
              Finding.Code.INVALID_DATE,
              uid,
              "RT plan date (300A,0006) is not a date"));
    }
    Integer fractions = null;
    Map<Integer, Double> metersetsMu = new HashMap<>();
    Set<Integer> treated = new TreeSet<>();
    for (DicomObject group : object.items(Tags.FRACTION_GROUP_SEQUENCE)) {
      OptionalInt planned = group.integer(Tags.NUMBER_OF_FRACTIONS_PLANNED);
      if (planned.isPresent()) {
        fractions = (fractions == null ? 0 : fractions) + planned.getAsInt();
      }
      List<DicomObject> references = group.items(Tags.REFERENCED_BEAM_SEQUENCE);
      OptionalInt announced = group.integer(Tags.NUMBER_OF_BEAMS);
      if (announced.isPresent() && announced.getAsInt() != references.size()) {
        findings.add(
            beamMissing(
                uid,
                "a fraction group has "
                    + references.size()
                    + " beams, its number of beams (300A,0080) is "
                    + announced.getAsInt()));
      }
      for (DicomObject beam : references) {
        OptionalInt number = beam.integer(Tags.REFERENCED_BEAM_NUMBER);
        OptionalDouble metersetMu = beam.number(Tags.BEAM_METERSET);
        number.ifPresent(treated::add);
        if (number.isPresent() && metersetMu.isPresent()) {
          metersetsMu.putIfAbsent(number.getAsInt(), metersetMu.getAsDouble());
        }
      }
    }
    if (fractions == null) {
      findings.add(
          new Finding(
              Finding.Level.WARN,
              Finding.Code.NO_FRACTIONS,
              uid,
              "no fraction group has a number of fractions planned (300A,0078)"));
    }
    List<Prescription> prescriptions = new ArrayList<>();
    for (DicomObject reference : object.items(Tags.DOSE_REFERENCE_SEQUENCE)) {
      prescriptions.add(
          new Prescription(
              reference.text(Tags.DOSE_REFERENCE_TYPE).orElse(null),
              reference.text(Tags.DOSE_REFERENCE_DESCRIPTION).orElse(null),
              Optionals.integer(reference, Tags.REFERENCED_ROI_NUMBER),
              Optionals.number(reference, Tags.TARGET_PRESCRIPTION_DOSE)));
    }
    List<Beam> beams = new ArrayList<>();
    beams(object, Tags.BEAM_SEQUENCE, Tags.CONTROL_POINT_SEQUENCE, metersetsMu, beams, findings);
    beams(
        object,
        Tags.ION_BEAM_SEQUENCE,
        Tags.ION_CONTROL_POINT_SEQUENCE,
        metersetsMu,
        beams,
        findings);
    beams.forEach(beam -> treated.remove(beam.number()));
    if (!treated.isEmpty()) {
      findings.add(
          beamMissing(
              uid, "fraction groups refer to beams that the plan does not have: " + treated));
    }
    return new Plan(
        uid,
        object.text(Tags.RT_PLAN_LABEL).orElse(""),
        object.date(Tags.RT_PLAN_DATE).orElse(null),
        object.text(Tags.PLAN_INTENT).orElse(null),
        object.text(Tags.APPROVAL_STATUS).orElse(null),
        fractions,
        prescriptions,
        beams,
        findings);
  }

  private static Finding beamMissing(String uid, String message) {
    return new Finding(Finding.Level.WARN, Finding.Code.BEAM_MISSING, uid, message);
  }

  private static void beams(
      DicomObject object,
      int sequence,
      int controlPointSequence,
      Map<Integer, Double> metersetsMu,
      List<Beam> beams,
      List<Finding> findings) {
    for (DicomObject item : object.items(sequence)) {
      OptionalInt number = item.integer(Tags.BEAM_NUMBER);
      if (number.isEmpty()) {
        findings.add(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.INVALID_NUMBER,
                object.text(Tags.SOP_INSTANCE_UID).orElse(""),
                "a beam has no beam number (300A,00C0) and is left out"));
        continue;
      }
      List<DicomObject> controlPoints = item.items(controlPointSequence);
      Beam beam =
          new Beam(
              number.getAsInt(),
              item.text(Tags.BEAM_NAME).orElse(""),
              item.text(Tags.BEAM_TYPE).orElse(null),
              item.text(Tags.TREATMENT_DELIVERY_TYPE).orElse(null),
              item.text(Tags.RADIATION_TYPE).orElse(null),
              item.text(Tags.TREATMENT_MACHINE_NAME).orElse(null),
              controlPoints.isEmpty()
                  ? null
                  : Optionals.number(controlPoints.get(0), Tags.NOMINAL_BEAM_ENERGY),
              item.integer(Tags.NUMBER_OF_CONTROL_POINTS).orElse(controlPoints.size()),
              metersetsMu.get(number.getAsInt()));
      beams.add(beam);
      boolean hasEnergy =
          controlPoints.stream().anyMatch(p -> p.number(Tags.NOMINAL_BEAM_ENERGY).isPresent());
      if (beam.isTreatment() && !hasEnergy) {
        findings.add(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.BEAM_ENERGY_MISSING,
                object.text(Tags.SOP_INSTANCE_UID).orElse(""),
                "no control point of treatment beam "
                    + beam.number()
                    + " has a nominal energy (300A,0114)"));
      }
    }
  }
}
