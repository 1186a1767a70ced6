package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.metadata.CaseDose;
import org.rtpipeline.metadata.CaseImage;
import org.rtpipeline.metadata.CaseMetadata;
import org.rtpipeline.metadata.CasePlan;
import org.rtpipeline.metadata.CaseStructures;
import org.rtpipeline.metadata.Delivery;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.DoseDetail;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageDetail;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.PatientDetail;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.PlanDetail;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.organize.PatientCourses;

/** Reads what the metadata of one course tell; what cannot be read is a finding. */
final class CourseMetadata {

  private final Course course;
  private final CourseData data;
  private final PersonalData personal;
  private final List<Finding> findings;

  /**
   * Metadata of a course.
   *
   * @param findings gets one for each object that cannot be read
   */
  CourseMetadata(Course course, CourseData data, PersonalData personal, List<Finding> findings) {
    this.course = course;
    this.data = data;
    this.personal = personal;
    this.findings = findings;
  }

  /**
   * The metadata.
   *
   * @param details every plan of the course that can be read
   * @param delivery what was delivered of the course; null when nothing is known
   */
  CaseMetadata of(List<PlanDetail> details, @Nullable Delivery delivery) {
    Set<String> ofDose = Prescriptions.plansOfDose(course);
    List<PlanDetail> counted = counted(details, ofDose);
    Optional<StructureSet> set = structureSet(counted);
    CasePlan plan =
        CasePlan.of(
            counted,
            choice(counted, ofDose),
            set.map(CourseMetadata::roiNames).orElse(Map.of()),
            personal);
    CaseDose dose = dose(ofDose);
    CaseImage image = image();
    PatientDetail patient = patient(details, dose, image);
    return new CaseMetadata(
        (int) PatientCourses.objectsOf(course).count(),
        plan,
        delivery,
        told(dose),
        told(image),
        patient.asAllowed(personal),
        patient.ageYearsOn(CaseMetadata.dayOf(plan)),
        set.map(s -> CaseStructures.of(s, basis(s))).orElse(null));
  }

  private static List<PlanDetail> counted(List<PlanDetail> details, Set<String> ofDose) {
    List<PlanDetail> counted =
        details.stream().filter(d -> ofDose.contains(d.plan().sopInstanceUid())).toList();
    return counted.isEmpty() ? details : counted;
  }

  private CasePlan.Choice choice(List<PlanDetail> counted, Set<String> ofDose) {
    boolean byDose = counted.stream().anyMatch(d -> ofDose.contains(d.plan().sopInstanceUid()));
    boolean isSum =
        byDose && course.doseDecision().isSumOverPlans() && counted.size() == ofDose.size();
    String basis =
        switch (counted.size()) {
          case 0 -> "the course has no plan that can be read";
          case 1 -> byDose ? "the plan of the dose" : "the only plan of the course";
          default ->
              isSum
                  ? "the plans of the dose, which is their sum"
                  : counted.size() + " plans, and no dose says which count";
        };
    return new CasePlan.Choice(basis, isSum ? CasePlan.Together.SUM : CasePlan.Together.UNDECIDED);
  }

  /** The structure set that the plans refer to, or the only one. */
  private Optional<StructureSet> structureSet(List<PlanDetail> plans) {
    Set<String> wanted = structureSetsOf(plans);
    List<InstanceHeader> all = course.objects().structureSets();
    List<InstanceHeader> chosen =
        all.stream().filter(h -> wanted.contains(h.sopInstanceUid())).toList();
    List<InstanceHeader> used = chosen.isEmpty() ? all : chosen;
    if (used.size() > 1) {
      findings.add(
          new Finding(
              Finding.Level.WARN,
              Finding.Code.AMBIGUOUS_LINK,
              course.id().key(),
              chosen.isEmpty()
                  ? used.size()
                      + " structure sets, and no plan that counts refers to one of them;"
                      + " the metadata tell of none"
                  : "the plans that count refer to "
                      + used.size()
                      + " structure sets; the metadata tell of none"));
    }
    return used.size() == 1
        ? ReadObjects.of(used, data::structureSet, findings).stream().findFirst()
        : Optional.empty();
  }

  private Set<String> structureSetsOf(List<PlanDetail> plans) {
    Set<String> planUids = new TreeSet<>();
    plans.forEach(plan -> planUids.add(plan.plan().sopInstanceUid()));
    Set<String> sets = new TreeSet<>();
    course.objects().plans().stream()
        .filter(h -> planUids.contains(h.sopInstanceUid()))
        .flatMap(h -> h.referenced(Reference.Role.STRUCTURE_SET))
        .forEach(sets::add);
    return sets;
  }

  private String basis(StructureSet set) {
    boolean referenced =
        course.objects().plans().stream()
            .flatMap(h -> h.referenced(Reference.Role.STRUCTURE_SET))
            .anyMatch(set.sopInstanceUid()::equals);
    return referenced ? "a plan refers to it" : "the only structure set of the course";
  }

  private static Map<Integer, String> roiNames(StructureSet set) {
    Map<Integer, String> names = new HashMap<>();
    for (Roi roi : set.rois()) {
      names.putIfAbsent(roi.number(), roi.name());
    }
    return names;
  }

  private CaseDose dose(Set<String> planUids) {
    Set<String> chosen = new TreeSet<>(course.doseDecision().chosenUids());
    List<InstanceHeader> headers =
        course.objects().doses().stream().filter(h -> chosen.contains(h.sopInstanceUid())).toList();
    List<DoseDetail> details = ReadObjects.of(headers, data::doseDetail, findings);
    return new CaseDose(List.copyOf(chosen), List.copyOf(planUids), details, statistics());
  }

  private CaseDose.@Nullable Statistics statistics() {
    try {
      Optional<CourseData.CourseDose> dose = data.dose();
      return dose.isEmpty() ? null : CaseDose.Statistics.of(dose.get().grid());
    } catch (CourseDataException e) {
      findings.add(ReadObjects.leftOut(e.finding()));
      return null;
    }
  }

  private @Nullable CaseImage image() {
    ImageSeries series = course.planningCt();
    if (series == null || series.instances().isEmpty()) {
      return null;
    }
    InstanceHeader first = series.instances().get(0);
    List<ImageDetail> details = ReadObjects.of(List.of(first), data::imageDetail, findings);
    ObjectFacts.Image facts = first.facts() instanceof ObjectFacts.Image image ? image : null;
    return new CaseImage(
        series.seriesUid(),
        series.studyUid(),
        series.instances().size(),
        facts == null ? 0 : facts.rows(),
        facts == null ? 0 : facts.columns(),
        CtFrame.incrementMm(series),
        details.isEmpty() ? null : details.get(0));
  }

  /** The patient as the plans say, then the dose, then the planning CT. */
  private static PatientDetail patient(
      List<PlanDetail> plans, CaseDose dose, @Nullable CaseImage image) {
    List<PatientDetail> all = new ArrayList<>();
    plans.forEach(plan -> all.add(plan.patient()));
    dose.details().forEach(detail -> all.add(detail.patient()));
    ImageDetail detail = image == null ? null : image.detail();
    if (detail != null) {
      all.add(detail.patient());
    }
    return all.stream().reduce(PatientDetail.UNKNOWN, PatientDetail::or);
  }

  /** The dose as rows carry it: without the patient, of whom the row itself tells. */
  private static CaseDose told(CaseDose dose) {
    return new CaseDose(
        dose.uids(),
        dose.planUids(),
        dose.details().stream().map(DoseDetail::withoutPatient).toList(),
        dose.statistics());
  }

  private static @Nullable CaseImage told(@Nullable CaseImage image) {
    return image == null ? null : image.withoutPatient();
  }
}
