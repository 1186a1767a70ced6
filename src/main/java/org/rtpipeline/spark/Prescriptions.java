package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rtpipeline.dvh.DvhSource.Fractions;
import org.rtpipeline.dvh.DvhSource.PrescribedDose;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
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
    Found found = find(course);
    return switch (found.plans.size()) {
      case 0 -> PrescribedDose.unknown(found.which);
      case 1 -> level(data.plan(found.plans.get(0)), found.which);
      default -> sum(found.plans, data);
    };
  }

  /**
   * The fractions in which the dose of a course is given; those of several plans differ in dose, so
   * a sum over plans has none.
   */
  static Fractions fractions(Course course, CourseData data) throws CourseDataException {
    Found found = find(course);
    if (found.plans.isEmpty()) {
      return Fractions.unknown(found.which);
    }
    if (found.plans.size() > 1) {
      return Fractions.unknown("the dose is the sum of " + found.plans.size() + " plans");
    }
    Integer planned = data.plan(found.plans.get(0)).fractionsPlanned();
    return planned == null
        ? Fractions.unknown("no fractions in " + found.which)
        : new Fractions(planned, "fractions of " + found.which);
  }

  /**
   * The plans behind the dose of a course.
   *
   * @param plans several only for a sum over plans
   * @param which the only plan in words, or why there is none
   */
  private record Found(List<InstanceHeader> plans, String which) {}

  private static Found find(Course course) {
    Set<String> wanted = plansOfDose(course);
    List<InstanceHeader> plans = course.objects().plans();
    if (wanted.isEmpty()) {
      return plans.size() == 1
          ? new Found(plans, "the only plan of the course")
          : new Found(List.of(), "the dose refers to no plan");
    }
    List<InstanceHeader> headers =
        plans.stream().filter(h -> wanted.contains(h.sopInstanceUid())).toList();
    if (headers.size() < wanted.size()) {
      return new Found(
          List.of(),
          headers.size() + " of " + wanted.size() + " plans that the dose refers to are there");
    }
    if (headers.size() == 1) {
      return new Found(headers, "the plan of the dose");
    }
    return course.doseDecision().isSumOverPlans()
        ? new Found(headers, "the plans of the dose")
        : new Found(List.of(), "the dose refers to " + headers.size() + " plans and is no sum");
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
        ? new PrescribedDose(
            gy.getAsDouble(), "highest target prescription of " + which, levelsByRoi(plan))
        : PrescribedDose.unknown("no target prescription in " + which);
  }

  /** The highest level that a plan prescribes to each region, by ROI number (3006,0084). */
  private static Map<Integer, Double> levelsByRoi(Plan plan) {
    Map<Integer, Double> levels = new TreeMap<>();
    plan.prescriptions().stream()
        .flatMap(prescription -> Stream.ofNullable(prescription.roiNumber()))
        .forEach(roi -> plan.prescriptionGyOf(roi).ifPresent(gy -> levels.put(roi, gy)));
    return levels;
  }

  /** Regions that every plan of a sum prescribes to: what others receive of all is not said. */
  private static Map<Integer, Double> sumByRoi(List<Map<Integer, Double>> plans) {
    Map<Integer, Double> sum = new TreeMap<>(plans.get(0));
    for (Map<Integer, Double> other : plans.subList(1, plans.size())) {
      sum.keySet().retainAll(other.keySet());
      sum.replaceAll((roi, gy) -> gy + other.getOrDefault(roi, 0.0));
    }
    return sum;
  }

  /** ROI numbers mean the same region in one structure set alone. */
  private static boolean isOfOneStructureSet(List<InstanceHeader> plans) {
    return plans.stream()
            .map(plan -> plan.referenced(Reference.Role.STRUCTURE_SET).sorted().toList())
            .distinct()
            .count()
        == 1;
  }

  private static PrescribedDose sum(List<InstanceHeader> headers, CourseData data)
      throws CourseDataException {
    List<Double> levelsGy = new ArrayList<>();
    List<Map<Integer, Double>> byRoi = new ArrayList<>();
    for (InstanceHeader header : headers) {
      Plan plan = data.plan(header);
      plan.prescriptionGy().ifPresent(levelsGy::add);
      byRoi.add(levelsByRoi(plan));
    }
    return levelsGy.size() == headers.size()
        ? new PrescribedDose(
            levelsGy.stream().mapToDouble(Double::doubleValue).sum(),
            "sum of the highest target prescriptions of " + headers.size() + " plans",
            isOfOneStructureSet(headers) ? sumByRoi(byRoi) : Map.of())
        : PrescribedDose.unknown(
            "a target prescription is in "
                + levelsGy.size()
                + " of "
                + headers.size()
                + " plans of the sum");
  }
}
