package org.rtpipeline.spark;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.rtpipeline.dvh.DvhOptions;
import org.rtpipeline.dvh.DvhSource;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.StructureSet;

/**
 * Says of the dose-volume rows of a course which objects they come from and by which rules.
 *
 * @param course the course
 * @param prescription what its plans prescribe
 * @param options model of the calculation
 */
record DvhSources(Course course, DvhSource.PrescribedDose prescription, DvhOptions options) {

  private static final String OF_THE_PLAN = "PlanRTSTRUCT";
  private static final String PLAN_REFERENCE = "PLAN_REFERENCE";

  /** Where the rows of a structure set come from. */
  DvhSource of(CourseStructures structures) {
    DvhSource.Structures origin =
        switch (structures.origin()) {
          case CLINICAL -> clinical(structures.set());
          case SEGMENTATION ->
              made(structures, "a segmentation object of the course, outlined in its own planes");
          case AUTOMATIC, CUSTOM ->
              made(structures, "made by this run from the objects of the course");
          case CROPPED -> made(structures, "cut by this run at the bounds of a region of the body");
        };
    return new DvhSource(
        origin,
        doseSource(),
        origin.rule().equals(PLAN_REFERENCE) ? prescription : prescription.withoutRegions(),
        options);
  }

  private static DvhSource.Structures made(CourseStructures structures, String reason) {
    return new DvhSource.Structures(
        structures.set().sopInstanceUid(),
        structures.set().label(),
        structures.source(),
        structures.origin().name(),
        reason,
        List.of());
  }

  private DvhSource.Structures clinical(StructureSet set) {
    Set<String> plans = Prescriptions.plansOfDose(course);
    Set<String> ofPlans = new TreeSet<>();
    course.objects().plans().stream()
        .filter(h -> plans.contains(h.sopInstanceUid()))
        .flatMap(h -> h.referenced(Reference.Role.STRUCTURE_SET))
        .forEach(ofPlans::add);
    boolean ofPlan = ofPlans.contains(set.sopInstanceUid());
    return new DvhSource.Structures(
        set.sopInstanceUid(),
        set.label(),
        ofPlan ? OF_THE_PLAN : CourseStructures.MANUAL,
        ofPlan ? PLAN_REFERENCE : "SAME_COURSE",
        ofPlan
            ? "the plan of the dose refers to it"
            : "a structure set of the course in the frame of reference of the dose",
        List.copyOf(ofPlans));
  }

  private DvhSource.Dose doseSource() {
    DoseDecision decision = course.doseDecision();
    List<String> chosen = decision.chosenUids();
    List<String> types =
        course.objects().doses().stream()
            .filter(h -> chosen.contains(h.sopInstanceUid()))
            .map(h -> type(h))
            .toList();
    return new DvhSource.Dose(
        chosen.size() == 1 ? chosen.get(0) : "SUM",
        decision.rule().name(),
        decision.reason(),
        chosen.size() == 1 ? types.get(0) : "PLAN",
        chosen,
        types,
        List.copyOf(Prescriptions.plansOfDose(course)));
  }

  private static String type(InstanceHeader header) {
    return header.facts() instanceof ObjectFacts.Dose facts
        ? Objects.requireNonNullElse(facts.summationType(), "")
        : "";
  }
}
