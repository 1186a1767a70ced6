package org.rtpipeline.metadata;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.DoseDetail;
import org.rtpipeline.model.PlanDetail;
import org.rtpipeline.model.Prescription;

/** The nested values of case metadata as JSON, under the keys of the Python rtpipeline. */
final class CaseJson {

  private CaseJson() {}

  /** Every dose reference of the plans that count. */
  static String prescriptions(CasePlan plan) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (PlanDetail one : plan.plans()) {
      for (PlanDetail.DoseReference reference : one.doseReferences()) {
        Prescription prescription = reference.prescription();
        all.addObject()
            .put("DoseReferenceNumber", reference.number())
            .put("DoseReferenceDescription", prescription.description())
            .put("DoseReferenceStructureType", reference.structureType())
            .put("DoseReferenceType", prescription.referenceType())
            .put("TargetPrescriptionDose", prescription.targetPrescriptionDoseGy());
      }
    }
    return all.toString();
  }

  /** Every dose reference that names an ROI and prescribes a dose to it. */
  static String prescriptionsByRoi(CasePlan plan) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (PlanDetail one : plan.plans()) {
      for (Prescription prescription : one.plan().prescriptions()) {
        Integer roi = prescription.roiNumber();
        if (roi != null && prescription.targetPrescriptionDoseGy() != null) {
          all.addObject()
              .put("ROI_Number", roi)
              .put("ROI_Name", plan.roiNames().get(roi))
              .put("TargetPrescriptionDose", prescription.targetPrescriptionDoseGy());
        }
      }
    }
    return all.toString();
  }

  /** Angles of the treatment beams over all their control points. */
  static String beamGeometry(CasePlan plan) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("gantry", angles(plan, BeamSummary::gantry));
    all.set("collimator", angles(plan, BeamSummary::collimator));
    all.set("couch", angles(plan, BeamSummary::couch));
    return all.put("technique_inferred", plan.technique()).toString();
  }

  private static ObjectNode angles(CasePlan plan, Function<BeamSummary, Angles> of) {
    Angles angles =
        new Angles(plan.allBeams().stream().flatMap(b -> of.apply(b).deg().stream()).toList());
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("mean", angles.mean())
            .put("std", angles.deviation())
            .put("min", angles.least())
            .put("max", angles.greatest());
    numbers(node, "unique", angles.unique());
    return node;
  }

  /** The treatment beams. */
  static String beamInfo(CasePlan plan) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (BeamSummary summary : plan.allBeams()) {
      Beam beam = summary.beam();
      ModulationComplexity.Score score = summary.complexity().score();
      all.addObject()
          .put("BeamNumber", beam.number())
          .put("BeamName", beam.name())
          .put("BeamType", beam.type())
          .put("RadiationType", beam.radiationType())
          .put(
              "NominalBeamEnergy",
              summary.energiesMv().isEmpty() ? null : summary.energiesMv().get(0))
          .put("NumberOfControlPoints", beam.controlPoints())
          .put("GantrySpan", summary.technique().gantrySpanDeg())
          .put("IsArc", summary.isArc())
          .put("BeamMeterset", beam.metersetMu())
          .put("Technique", summary.technique().technique().name())
          .put("ModulationComplexityScore", score == null ? null : score.score());
    }
    return all.toString();
  }

  /** Meterset of each treatment beam by beam number; by plan and number when there are several. */
  static String metersetByBeam(CasePlan plan) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < plan.plans().size(); i++) {
      String prefix =
          plan.plans().size() == 1 ? "" : plan.plans().get(i).plan().sopInstanceUid() + " ";
      for (BeamSummary beam : plan.beams().get(i)) {
        all.put(prefix + beam.beam().number(), beam.beam().metersetMu());
      }
    }
    return all.toString();
  }

  /** The grid of the dose that counts; of a sum those of the doses it is made of. */
  static String doseGrid(CaseDose dose) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    if (dose.details().size() == 1) {
      grid(all, dose.details().get(0));
    } else {
      ArrayNode sources = all.putArray("Sources");
      dose.details().forEach(detail -> grid(sources.addObject(), detail));
    }
    CaseDose.Statistics statistics = dose.statistics();
    if (statistics != null) {
      all.putObject("DoseStats")
          .put("minGy", statistics.minGy())
          .put("maxGy", statistics.maxGy())
          .put("meanGy", statistics.meanGy());
    }
    return all.toString();
  }

  private static void grid(ObjectNode node, DoseDetail detail) {
    node.put("DoseSummationType", detail.summationType())
        .put("Rows", detail.rows())
        .put("Columns", detail.columns())
        .put("NumberOfFrames", detail.frames());
    numbers(node, "PixelSpacing", detail.pixelSpacingMm());
    numbers(node, "ImagePositionPatient", detail.positionMm());
    numbers(node, "GridFrameOffsetVector", detail.frameOffsetsMm());
    node.put("DoseGridScaling", detail.scaling());
  }

  private static void numbers(ObjectNode node, String name, List<Double> numbers) {
    ArrayNode array = node.putArray(name);
    numbers.forEach(array::add);
  }
}
