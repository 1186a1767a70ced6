package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.rtpipeline.dvh.DvhSource.PrescribedDose;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Reference;

/**
 * What the plans behind the chosen dose prescribe: the highest target level of each plan; added up
 * over plans only when the dose itself is a sum over plans.
 */
final class Prescriptions {

  private Prescriptions() {}

  /** The prescription that belongs to the dose of a course. */
  static PrescribedDose of(Course course, CourseData data) throws CourseDataException {
    Set<String> wanted = plansOfDose(course);
    List<InstanceHeader> headers =
        course.objects().plans().stream().filter(h -> wanted.contains(h.sopInstanceUid())).toList();
    if (wanted.isEmpty() && course.objects().plans().size() == 1) {
      return level(data.plan(course.objects().plans().get(0)), "the only plan of the course");
    }
    if (wanted.isEmpty()) {
      return PrescribedDose.unknown("the dose refers to no plan");
    }
    if (headers.size() < wanted.size()) {
      return PrescribedDose.unknown(
          headers.size() + " of " + wanted.size() + " plans that the dose refers to are there");
    }
    if (headers.size() == 1) {
      return level(data.plan(headers.get(0)), "the plan of the dose");
    }
    return course.doseDecision().rule() == DoseDecision.Rule.PLAN_SUM_USED
        ? sum(headers, data)
        : PrescribedDose.unknown("the dose refers to " + headers.size() + " plans and is no sum");
  }

  /** Plans that the chosen doses refer to, in ascending order. */
  static Set<String> plansOfDose(Course course) {
    Set<String> chosen = Set.copyOf(course.doseDecision().chosenUids());
    Set<String> plans = new TreeSet<>();
    course.objects().doses().stream()
        .filter(h -> chosen.contains(h.sopInstanceUid()))
        .flatMap(h -> h.referenced(Reference.Role.PLAN))
        .forEach(plans::add);
    return plans;
  }

  private static PrescribedDose level(Plan plan, String which) {
    OptionalDouble gy = plan.prescriptionGy();
    return gy.isPresent()
        ? new PrescribedDose(gy.getAsDouble(), "highest target prescription of " + which)
        : PrescribedDose.unknown("no target prescription in " + which);
  }

  private static PrescribedDose sum(List<InstanceHeader> headers, CourseData data)
      throws CourseDataException {
    List<Double> levelsGy = new ArrayList<>();
    for (InstanceHeader header : headers) {
      data.plan(header).prescriptionGy().ifPresent(levelsGy::add);
    }
    return levelsGy.size() == headers.size()
        ? new PrescribedDose(
            levelsGy.stream().mapToDouble(Double::doubleValue).sum(),
            "sum of the highest target prescriptions of " + headers.size() + " plans")
        : PrescribedDose.unknown(
            "a target prescription is in "
                + levelsGy.size()
                + " of "
                + headers.size()
                + " plans of the sum");
  }
}
