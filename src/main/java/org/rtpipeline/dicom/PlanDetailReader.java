package org.rtpipeline.dicom;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.ControlPoint;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.PlanDetail;
import org.rtpipeline.model.PlannedBeam;
import org.rtpipeline.model.Prescription;

/** Reads everything that case metadata tell of RT plans and RT ion plans, control points too. */
public final class PlanDetailReader {

  private PlanDetailReader() {}

  /**
   * The plan of a file.
   *
   * @param in at the first byte; the caller closes it
   * @throws DicomException when the file cannot be used; a truncated plan is never read in part
   */
  public static PlanDetail read(String path, InputStream in) throws DicomException {
    DicomFile file = DicomFile.read(path, in, DicomFile.UNKNOWN_SIZE, ReadScope.WHOLE);
    Plan plan = RtPlanReader.plan(path, file);
    DicomObject object = file.object();
    List<PlanDetail.DoseReference> references = new ArrayList<>();
    List<DicomObject> items = object.items(Tags.DOSE_REFERENCE_SEQUENCE);
    for (int i = 0; i < items.size(); i++) {
      Prescription prescription = plan.prescriptions().get(i);
      references.add(
          new PlanDetail.DoseReference(
              Optionals.integer(items.get(i), Tags.DOSE_REFERENCE_NUMBER),
              items.get(i).text(Tags.DOSE_REFERENCE_STRUCTURE_TYPE).orElse(null),
              prescription));
    }
    return new PlanDetail(
        plan,
        object.text(Tags.RT_PLAN_NAME).orElse(null),
        object.time(Tags.RT_PLAN_TIME).orElse(null),
        new PlanDetail.Review(
            object.date(Tags.REVIEW_DATE).orElse(null),
            object.time(Tags.REVIEW_TIME).orElse(null),
            object.text(Tags.REVIEWER_NAME).orElse(null)),
        references,
        beams(object, plan),
        object.items(Tags.APPLICATION_SETUP_SEQUENCE).size(),
        PatientDetailReader.of(object),
        oddDates(object, plan.sopInstanceUid()));
  }

  private static List<Finding> oddDates(DicomObject object, String uid) {
    List<Finding> findings = new ArrayList<>();
    for (int tag : new int[] {Tags.REVIEW_DATE, Tags.PATIENT_BIRTH_DATE}) {
      if (object.text(tag).isPresent() && object.date(tag).isEmpty()) {
        findings.add(odd(uid, tag, "date"));
      }
    }
    for (int tag : new int[] {Tags.RT_PLAN_TIME, Tags.REVIEW_TIME}) {
      if (object.text(tag).isPresent() && object.time(tag).isEmpty()) {
        findings.add(odd(uid, tag, "time"));
      }
    }
    return findings;
  }

  private static Finding odd(String uid, int tag, String expected) {
    return new Finding(
        Finding.Level.WARN,
        Finding.Code.INVALID_DATE,
        uid,
        String.format(
            Locale.ROOT, "attribute (%04X,%04X) is no %s", tag >>> 16, tag & 0xFFFF, expected));
  }

  private static List<PlannedBeam> beams(DicomObject object, Plan plan) {
    Map<Integer, Beam> known = new HashMap<>();
    plan.beams().forEach(beam -> known.putIfAbsent(beam.number(), beam));
    Set<Integer> taken = new HashSet<>();
    List<PlannedBeam> beams = new ArrayList<>();
    for (int sequence : new int[] {Tags.BEAM_SEQUENCE, Tags.ION_BEAM_SEQUENCE}) {
      for (DicomObject item : object.items(sequence)) {
        Beam beam = known.get(item.integer(Tags.BEAM_NUMBER).orElse(Integer.MIN_VALUE));
        if (beam != null && taken.add(beam.number())) {
          beams.add(beam(beam, item));
        }
      }
    }
    return beams;
  }

  private static PlannedBeam beam(Beam beam, DicomObject item) {
    List<PlannedBeam.Device> devices = new ArrayList<>();
    for (int sequence :
        new int[] {Tags.BEAM_LIMITING_DEVICE_SEQUENCE, Tags.ION_BEAM_LIMITING_DEVICE_SEQUENCE}) {
      for (DicomObject device : item.items(sequence)) {
        devices.add(
            new PlannedBeam.Device(
                device.text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE).orElse(""),
                Optionals.numbers(device, Tags.LEAF_POSITION_BOUNDARIES)));
      }
    }
    List<DicomObject> points =
        item.items(
            item.has(Tags.ION_CONTROL_POINT_SEQUENCE)
                ? Tags.ION_CONTROL_POINT_SEQUENCE
                : Tags.CONTROL_POINT_SEQUENCE);
    List<ControlPoint> all = new ArrayList<>();
    ControlPoint before = new ControlPoint(null, null, null, null, null, null, List.of());
    for (DicomObject point : points) {
      before = after(before, point);
      all.add(before);
    }
    return new PlannedBeam(
        beam, Optionals.number(item, Tags.FINAL_CUMULATIVE_METERSET_WEIGHT), devices, all);
  }

  /** A control point holds only what changes (PS3.3 C.8.8.14.5). */
  private static ControlPoint after(ControlPoint before, DicomObject point) {
    return new ControlPoint(
        Optionals.number(point, Tags.CUMULATIVE_METERSET_WEIGHT),
        either(Optionals.number(point, Tags.NOMINAL_BEAM_ENERGY), before.energyMv()),
        either(Optionals.number(point, Tags.GANTRY_ANGLE), before.gantryDeg()),
        point.text(Tags.GANTRY_ROTATION_DIRECTION).orElse(before.gantryRotation()),
        either(Optionals.number(point, Tags.BEAM_LIMITING_DEVICE_ANGLE), before.collimatorDeg()),
        either(Optionals.number(point, Tags.PATIENT_SUPPORT_ANGLE), before.couchDeg()),
        devices(before, point));
  }

  private static List<ControlPoint.Positions> devices(ControlPoint before, DicomObject point) {
    List<DicomObject> items = point.items(Tags.BEAM_LIMITING_DEVICE_POSITION_SEQUENCE);
    if (items.isEmpty()) {
      return before.devices();
    }
    Map<String, ControlPoint.Positions> devices = new LinkedHashMap<>();
    before.devices().forEach(device -> devices.put(device.type(), device));
    for (DicomObject item : items) {
      String type = item.text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE).orElse("");
      devices.put(
          type, new ControlPoint.Positions(type, Optionals.numbers(item, Tags.LEAF_JAW_POSITIONS)));
    }
    return List.copyOf(devices.values());
  }

  private static @Nullable Double either(@Nullable Double own, @Nullable Double before) {
    return own == null ? before : own;
  }
}
