package org.rtpipeline.organize;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;

/**
 * What is known when the dose of a course is to be chosen.
 *
 * @param doses RTDOSE headers, one per SOP instance UID, in ascending order of it
 * @param plans RTPLAN headers
 * @param records treatment record headers
 * @param choices what the user decided about doses of the patient
 * @param relativeDoses what becomes of doses without a unit
 */
record DoseQuestion(
    List<InstanceHeader> doses,
    List<InstanceHeader> plans,
    List<InstanceHeader> records,
    List<DoseChoice> choices,
    OrganizeOptions.RelativeDoses relativeDoses) {

  DoseQuestion {
    doses = doses.stream().sorted(Comparator.comparing(InstanceHeader::sopInstanceUid)).toList();
    plans = List.copyOf(plans);
    records = List.copyOf(records);
    choices = List.copyOf(choices);
  }

  static DoseQuestion of(String patientId, Course.Objects objects, OrganizeOptions options) {
    return new DoseQuestion(
        objects.doses(),
        objects.plans(),
        objects.records(),
        options.doseChoices().stream().filter(c -> c.patientId().equals(patientId)).toList(),
        options.relativeDoses());
  }

  Optional<InstanceHeader> plan(String uid) {
    return plans.stream().filter(p -> p.sopInstanceUid().equals(uid)).findFirst();
  }

  Optional<ObjectFacts.PlanFacts> facts(String planUid) {
    return plan(planUid)
        .map(InstanceHeader::facts)
        .filter(ObjectFacts.PlanFacts.class::isInstance)
        .map(ObjectFacts.PlanFacts.class::cast);
  }

  /** Records of treatment, not of imaging or setup, that refer to a plan. */
  Stream<ObjectFacts.Delivery> deliveries(String planUid) {
    return records.stream()
        .filter(r -> r.referenced(Reference.Role.PLAN).anyMatch(planUid::equals))
        .map(InstanceHeader::facts)
        .filter(ObjectFacts.Delivery.class::isInstance)
        .map(ObjectFacts.Delivery.class::cast)
        .filter(ObjectFacts.Delivery::isTreatment);
  }
}
