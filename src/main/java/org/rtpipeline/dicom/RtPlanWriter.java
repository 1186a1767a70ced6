package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Prescription;

/**
 * Writes plans of static external beams (PS3.3 A.20) in one fraction group. Leaves of 10 mm stand
 * at the edges of the field; those outside it are closed.
 */
public final class RtPlanWriter {

  private static final double SOURCE_AXIS_MM = 1000;
  private static final double DOSE_RATE_MU_PER_MINUTE = 600;
  private static final int LEAF_PAIRS = 40;
  private static final double LEAF_MM = 10;

  private RtPlanWriter() {}

  /**
   * Writes one plan as a DICOM file; every beam has two control points.
   *
   * @param plan what to write
   * @param setups how each beam is aimed, in the order of the beams of the plan
   * @param structureSetUid the structure set it was planned on
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      Plan plan,
      List<BeamSetup> setups,
      String structureSetUid,
      OutputStream out)
      throws IOException {
    if (setups.size() != plan.beams().size()) {
      throw new IllegalArgumentException(
          "plan has " + plan.beams().size() + " beams, setups " + setups.size());
    }
    DicomObject.Builder object =
        ObjectHead.begin(study, series, StorageClass.RT_PLAN, plan.sopInstanceUid())
            .text(Tags.MODALITY, "RTPLAN")
            .text(Tags.RT_PLAN_LABEL, ObjectHead.shortText(plan.label()))
            .text(Tags.RT_PLAN_NAME, ObjectHead.longText(plan.label()))
            .text(Tags.RT_PLAN_DATE, ObjectHead.date(plan.date()))
            .text(Tags.RT_PLAN_TIME, ObjectHead.time(series.made().toLocalTime()))
            .text(Tags.RT_PLAN_GEOMETRY, "PATIENT")
            .items(Tags.DOSE_REFERENCE_SEQUENCE, doseReferences(plan))
            .items(Tags.FRACTION_GROUP_SEQUENCE, fractionGroup(plan))
            .items(Tags.PATIENT_SETUP_SEQUENCE, patientSetup())
            .items(Tags.BEAM_SEQUENCE, beams(plan, setups))
            .items(
                Tags.REFERENCED_STRUCTURE_SET_SEQUENCE,
                ObjectHead.reference(StorageClass.RT_STRUCTURE_SET, structureSetUid).build());
    if (plan.intent() != null) {
      object.text(Tags.PLAN_INTENT, plan.intent());
    }
    Approval.add(object, plan.approvalStatus(), series);
    ObjectHead.frameOfReference(object, study);
    DicomWriter.write(object.build(), out);
  }

  private static List<DicomObject> doseReferences(Plan plan) {
    List<DicomObject> items = new ArrayList<>();
    for (Prescription prescription : plan.prescriptions()) {
      DicomObject.Builder item =
          DicomObject.builder()
              .integers(Tags.DOSE_REFERENCE_NUMBER, items.size() + 1)
              .text(Tags.DOSE_REFERENCE_TYPE, orElse(prescription.referenceType(), "TARGET"));
      Integer roiNumber = prescription.roiNumber();
      if (roiNumber == null) {
        item.text(Tags.DOSE_REFERENCE_STRUCTURE_TYPE, "SITE");
      } else {
        item.text(Tags.DOSE_REFERENCE_STRUCTURE_TYPE, "VOLUME")
            .integers(Tags.REFERENCED_ROI_NUMBER, roiNumber);
      }
      item.text(
          Tags.DOSE_REFERENCE_DESCRIPTION,
          ObjectHead.longText(orElse(prescription.description(), "Target")));
      if (prescription.targetPrescriptionDoseGy() != null) {
        item.numbers(Tags.TARGET_PRESCRIPTION_DOSE, prescription.targetPrescriptionDoseGy());
      }
      items.add(item.build());
    }
    return items;
  }

  private static DicomObject fractionGroup(Plan plan) {
    List<DicomObject> beams = new ArrayList<>();
    for (Beam beam : plan.beams()) {
      DicomObject.Builder item =
          DicomObject.builder().integers(Tags.REFERENCED_BEAM_NUMBER, beam.number());
      if (beam.metersetMu() != null) {
        item.numbers(Tags.BEAM_METERSET, beam.metersetMu());
      }
      beams.add(item.build());
    }
    DicomObject.Builder group =
        DicomObject.builder()
            .integers(Tags.FRACTION_GROUP_NUMBER, 1)
            .integers(Tags.NUMBER_OF_BEAMS, beams.size())
            .integers(Tags.NUMBER_OF_BRACHY_APPLICATION_SETUPS, 0)
            .items(Tags.REFERENCED_BEAM_SEQUENCE, beams);
    if (plan.fractionsPlanned() == null) {
      return group.empty(Tags.NUMBER_OF_FRACTIONS_PLANNED).build();
    }
    return group.integers(Tags.NUMBER_OF_FRACTIONS_PLANNED, plan.fractionsPlanned()).build();
  }

  private static DicomObject patientSetup() {
    return DicomObject.builder()
        .text(Tags.PATIENT_POSITION, "HFS")
        .integers(Tags.PATIENT_SETUP_NUMBER, 1)
        .text(Tags.SETUP_TECHNIQUE, "ISOCENTRIC")
        .build();
  }

  private static List<DicomObject> beams(Plan plan, List<BeamSetup> setups) {
    List<DicomObject> items = new ArrayList<>();
    for (int i = 0; i < setups.size(); i++) {
      items.add(beam(plan.beams().get(i), setups.get(i)));
    }
    return items;
  }

  private static DicomObject beam(Beam beam, BeamSetup setup) {
    return DicomObject.builder()
        .text(
            Tags.TREATMENT_MACHINE_NAME, ObjectHead.shortText(orElse(beam.treatmentMachine(), "")))
        .text(Tags.PRIMARY_DOSIMETER_UNIT, "MU")
        .numbers(Tags.SOURCE_AXIS_DISTANCE, SOURCE_AXIS_MM)
        .items(Tags.BEAM_LIMITING_DEVICE_SEQUENCE, jaws("ASYMX"), jaws("ASYMY"), leaves())
        .integers(Tags.BEAM_NUMBER, beam.number())
        .text(Tags.BEAM_NAME, ObjectHead.longText(beam.name()))
        .text(Tags.BEAM_TYPE, "STATIC")
        .text(Tags.RADIATION_TYPE, orElse(beam.radiationType(), ""))
        .text(Tags.TREATMENT_DELIVERY_TYPE, orElse(beam.deliveryType(), "TREATMENT"))
        .integers(Tags.NUMBER_OF_WEDGES, 0)
        .integers(Tags.NUMBER_OF_COMPENSATORS, 0)
        .integers(Tags.NUMBER_OF_BOLI, 0)
        .integers(Tags.NUMBER_OF_BLOCKS, 0)
        .numbers(Tags.FINAL_CUMULATIVE_METERSET_WEIGHT, 1)
        .integers(Tags.NUMBER_OF_CONTROL_POINTS, 2)
        .items(Tags.CONTROL_POINT_SEQUENCE, firstControlPoint(beam, setup), lastControlPoint())
        .integers(Tags.REFERENCED_PATIENT_SETUP_NUMBER, 1)
        .build();
  }

  static DicomObject jaws(String type) {
    return DicomObject.builder()
        .text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE, type)
        .integers(Tags.NUMBER_OF_LEAF_JAW_PAIRS, 1)
        .build();
  }

  private static DicomObject leaves() {
    double[] boundariesMm = new double[LEAF_PAIRS + 1];
    for (int i = 0; i <= LEAF_PAIRS; i++) {
      boundariesMm[i] = boundaryMm(i);
    }
    return DicomObject.builder()
        .text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE, "MLCX")
        .integers(Tags.NUMBER_OF_LEAF_JAW_PAIRS, LEAF_PAIRS)
        .numbers(Tags.LEAF_POSITION_BOUNDARIES, boundariesMm)
        .build();
  }

  private static double boundaryMm(int i) {
    return (i - LEAF_PAIRS / 2.0) * LEAF_MM;
  }

  /** Leaves that reach into the field between the Y jaws stand at the X jaws. */
  private static DicomObject leafPositions(BeamSetup setup) {
    double[] mm = new double[2 * LEAF_PAIRS];
    for (int pair = 0; pair < LEAF_PAIRS; pair++) {
      boolean inField =
          boundaryMm(pair) < setup.halfFieldYMm() && boundaryMm(pair + 1) > -setup.halfFieldYMm();
      double halfMm = inField ? setup.halfFieldXMm() : 0;
      mm[pair] = halfMm == 0 ? 0 : -halfMm;
      mm[LEAF_PAIRS + pair] = halfMm;
    }
    return DicomObject.builder()
        .text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE, "MLCX")
        .numbers(Tags.LEAF_JAW_POSITIONS, mm)
        .build();
  }

  private static DicomObject jawPositions(String type, double halfMm) {
    return DicomObject.builder()
        .text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE, type)
        .numbers(Tags.LEAF_JAW_POSITIONS, -halfMm, halfMm)
        .build();
  }

  private static DicomObject firstControlPoint(Beam beam, BeamSetup setup) {
    DicomObject.Builder point = DicomObject.builder().integers(Tags.CONTROL_POINT_INDEX, 0);
    if (beam.nominalEnergyMv() != null) {
      point.numbers(Tags.NOMINAL_BEAM_ENERGY, beam.nominalEnergyMv());
    }
    return aim(point, setup)
        .items(
            Tags.BEAM_LIMITING_DEVICE_POSITION_SEQUENCE,
            jawPositions("ASYMX", setup.halfFieldXMm()),
            jawPositions("ASYMY", setup.halfFieldYMm()),
            leafPositions(setup))
        .numbers(Tags.DOSE_RATE_SET, DOSE_RATE_MU_PER_MINUTE)
        .empty(Tags.TABLE_TOP_VERTICAL_POSITION)
        .empty(Tags.TABLE_TOP_LONGITUDINAL_POSITION)
        .empty(Tags.TABLE_TOP_LATERAL_POSITION)
        .numbers(
            Tags.ISOCENTER_POSITION,
            setup.isocentreMm().xMm(),
            setup.isocentreMm().yMm(),
            setup.isocentreMm().zMm())
        .numbers(Tags.CUMULATIVE_METERSET_WEIGHT, 0)
        .build();
  }

  /** Jaws and angles of a beam that does not move. */
  static DicomObject.Builder aim(DicomObject.Builder point, BeamSetup setup) {
    return point
        .items(
            Tags.BEAM_LIMITING_DEVICE_POSITION_SEQUENCE,
            jawPositions("ASYMX", setup.halfFieldXMm()),
            jawPositions("ASYMY", setup.halfFieldYMm()))
        .numbers(Tags.GANTRY_ANGLE, setup.gantryAngleDeg())
        .text(Tags.GANTRY_ROTATION_DIRECTION, "NONE")
        .numbers(Tags.BEAM_LIMITING_DEVICE_ANGLE, 0)
        .text(Tags.BEAM_LIMITING_DEVICE_ROTATION_DIRECTION, "NONE")
        .numbers(Tags.PATIENT_SUPPORT_ANGLE, 0)
        .text(Tags.PATIENT_SUPPORT_ROTATION_DIRECTION, "NONE")
        .numbers(Tags.TABLE_TOP_ECCENTRIC_ANGLE, 0)
        .text(Tags.TABLE_TOP_ECCENTRIC_ROTATION_DIRECTION, "NONE");
  }

  private static DicomObject lastControlPoint() {
    return DicomObject.builder()
        .integers(Tags.CONTROL_POINT_INDEX, 1)
        .numbers(Tags.CUMULATIVE_METERSET_WEIGHT, 1)
        .build();
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
