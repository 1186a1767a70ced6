package org.rtpipeline.organize;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;

/**
 * Forms the courses of one patient from the headers of the patient's objects: a pure function of
 * the set of headers.
 *
 * <p>Doses lead to all plans they refer to, plans to structure sets, structure sets to image
 * series. What no reference holds together, the frame of reference (0020,0052) may, and a finding
 * says so. Every group of objects is a course, whatever it lacks; every header ends in exactly one
 * course or is left out with a reason.
 */
public final class Organizer {

  private static final String UNDATED = "0000-00";
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);
  private static final int LABEL_KEY_CHARACTERS = 6;

  private Organizer() {}

  /** The courses alone, in ascending order of key. */
  public static List<Course> courses(
      String patientId, List<InstanceHeader> headers, CourseKeys keys, OrganizeOptions options) {
    return organize(patientId, headers, keys, options).courses();
  }

  /**
   * The courses of a patient, and the objects that are in none.
   *
   * @param patientId as in the objects
   * @param headers every usable object of the patient, in any order
   */
  public static PatientCourses organize(
      String patientId, List<InstanceHeader> headers, CourseKeys keys, OrganizeOptions options) {
    Instances instances = Instances.of(headers);
    Linked linked = Links.link(instances.unique(), options);
    List<Finding> idle = idleChoices(patientId, headers, options);
    List<Course> courses =
        linked.groups().stream()
            .map(g -> withFindings(course(patientId, g, instances, keys, options), idle))
            .sorted(Comparator.comparing(Course::id))
            .toList();
    List<LeftOut> leftOut =
        Stream.concat(instances.leftOut().stream(), linked.leftOut().stream())
            .sorted(
                Comparator.comparing((LeftOut l) -> l.header().sopInstanceUid())
                    .thenComparing(l -> l.header().file().uri()))
            .toList();
    PatientCourses result = new PatientCourses(withDistinctLabels(courses), leftOut);
    if (result.objects() != headers.size()) {
      throw new IllegalStateException(
          headers.size() + " objects came in, " + result.objects() + " are accounted for");
    }
    return result;
  }

  /** Choices of the user about doses of the patient that are not there. */
  private static List<Finding> idleChoices(
      String patientId, List<InstanceHeader> headers, OrganizeOptions options) {
    Set<String> uids =
        headers.stream().map(InstanceHeader::sopInstanceUid).collect(Collectors.toSet());
    return options.doseChoices().stream()
        .filter(c -> c.patientId().equals(patientId) && !uids.contains(c.doseUid()))
        .map(
            c ->
                new Finding(
                    Finding.Level.WARN,
                    Finding.Code.NOT_LINKED,
                    c.doseUid(),
                    "the table of dose choices names a dose that is not there"))
        .toList();
  }

  private static Course withFindings(Course c, List<Finding> more) {
    return new Course(
        c.id(),
        c.patientId(),
        c.label(),
        c.planningCt(),
        c.objects(),
        c.otherSeries(),
        c.doseDecision(),
        Stream.concat(c.findings().stream(), more.stream()).toList(),
        c.links());
  }

  private static Course course(
      String patientId,
      Linked.Group group,
      Instances instances,
      CourseKeys keys,
      OrganizeOptions options) {
    PlanningCt planningCt = PlanningCt.of(group);
    Course.Objects objects =
        new Course.Objects(
            group.of(ObjectFacts.Structures.class).toList(),
            group.of(ObjectFacts.Dose.class).toList(),
            group.of(ObjectFacts.PlanFacts.class).toList(),
            group.of(ObjectFacts.Delivery.class).toList(),
            group.of(ObjectFacts.Link.class).toList(),
            group.of(ObjectFacts.Segments.class).toList());
    DoseDecision decision = DoseResolver.decide(DoseQuestion.of(patientId, objects, options));
    List<ImageSeries> others =
        group.series().stream().filter(s -> !s.equals(planningCt.series())).toList();
    CourseId id = keys.key(patientId, group.rule());
    List<Finding> findings = new ArrayList<>(group.findings());
    findings.addAll(planningCt.findings());
    findings.addAll(missingPlans(objects));
    findings.addAll(plansWithoutDose(objects, decision));
    findings.addAll(doubled(group, planningCt, instances));
    if (patientId.isBlank()) {
      findings.add(
          new Finding(
              Finding.Level.WARN,
              Finding.Code.MISSING_PATIENT_ID,
              id.key(),
              "PatientID is empty; the objects of one study count as one patient"));
    }
    findings.addAll(DoseFindings.of(id, decision));
    return new Course(
        id,
        patientId,
        month(objects),
        planningCt.series(),
        objects,
        others,
        decision,
        findings.stream()
            .sorted(
                Comparator.comparing(Finding::level)
                    .reversed()
                    .thenComparing(Finding::code)
                    .thenComparing(Finding::subject)
                    .thenComparing(Finding::message))
            .toList(),
        CourseLinks.of(group, options.mergeRule(), planningCt));
  }

  private static List<Finding> missingPlans(Course.Objects objects) {
    Set<String> plans =
        objects.plans().stream().map(InstanceHeader::sopInstanceUid).collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    for (InstanceHeader dose : objects.doses()) {
      List<String> wanted = dose.referenced(Reference.Role.PLAN).distinct().toList();
      long there = wanted.stream().filter(plans::contains).count();
      if (there < wanted.size()) {
        findings.add(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.PLAN_MISSING,
                dose.sopInstanceUid(),
                there + " of " + wanted.size() + " plans that the dose refers to are there"));
      }
    }
    return findings;
  }

  /** A plan that the chosen dose does not hold: what it delivers is missing from the numbers. */
  private static List<Finding> plansWithoutDose(Course.Objects objects, DoseDecision decision) {
    Set<String> held =
        objects.doses().stream()
            .filter(dose -> decision.chosenUids().contains(dose.sopInstanceUid()))
            .flatMap(dose -> dose.referenced(Reference.Role.PLAN))
            .collect(Collectors.toSet());
    return objects.plans().stream()
        .map(InstanceHeader::sopInstanceUid)
        .filter(plan -> !held.isEmpty() && !held.contains(plan))
        .map(
            plan ->
                new Finding(
                    Finding.Level.WARN,
                    Finding.Code.NO_DOSE,
                    plan,
                    "the chosen dose does not refer to this plan of the course"))
        .toList();
  }

  private static List<Finding> doubled(
      Linked.Group group, PlanningCt planningCt, Instances instances) {
    List<Finding> findings = new ArrayList<>();
    Set<String> doubled =
        instances.leftOut().stream()
            .map(l -> l.header().sopInstanceUid())
            .collect(Collectors.toSet());
    Map<String, Finding> conflicts = instances.conflicting();
    Stream<InstanceHeader> used =
        Stream.concat(
            group.objects().stream(),
            Stream.ofNullable(planningCt.series()).flatMap(s -> s.instances().stream()));
    used.filter(h -> doubled.contains(h.sopInstanceUid()))
        .map(h -> conflicts.getOrDefault(h.sopInstanceUid(), duplicate(h)))
        .forEach(findings::add);
    group.series().stream()
        .filter(s -> !s.equals(planningCt.series()))
        .flatMap(s -> s.instances().stream())
        .filter(h -> doubled.contains(h.sopInstanceUid()))
        .map(h -> asWarning(conflicts.getOrDefault(h.sopInstanceUid(), duplicate(h))))
        .forEach(findings::add);
    return findings;
  }

  private static Finding duplicate(InstanceHeader header) {
    return new Finding(
        Finding.Level.WARN,
        Finding.Code.DUPLICATE_INSTANCE,
        header.sopInstanceUid(),
        "several files hold the object, with the same size and header; one is used");
  }

  private static Finding asWarning(Finding finding) {
    return new Finding(Finding.Level.WARN, finding.code(), finding.subject(), finding.message());
  }

  private static String month(Course.Objects objects) {
    Stream<LocalDate> plans =
        objects.plans().stream()
            .map(InstanceHeader::facts)
            .filter(ObjectFacts.PlanFacts.class::isInstance)
            .map(f -> ((ObjectFacts.PlanFacts) f).date())
            .filter(Objects::nonNull);
    return plans.min(Comparator.naturalOrder()).map(MONTH::format).orElse(UNDATED);
  }

  private static List<Course> withDistinctLabels(List<Course> courses) {
    Map<String, Long> uses =
        courses.stream().collect(Collectors.groupingBy(Course::label, Collectors.counting()));
    return courses.stream()
        .map(c -> uses.getOrDefault(c.label(), 1L) > 1 ? withKeyInLabel(c) : c)
        .toList();
  }

  private static Course withKeyInLabel(Course c) {
    String label = c.label() + "_" + c.id().key().substring(0, LABEL_KEY_CHARACTERS);
    return new Course(
        c.id(),
        c.patientId(),
        label,
        c.planningCt(),
        c.objects(),
        c.otherSeries(),
        c.doseDecision(),
        c.findings(),
        c.links());
  }
}
