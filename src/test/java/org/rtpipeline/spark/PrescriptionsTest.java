package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rtpipeline.dicom.RtPlanWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.dvh.DvhSource.Fractions;
import org.rtpipeline.dvh.DvhSource.PrescribedDose;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseDecision.Rule;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Prescription;
import org.rtpipeline.model.Reference;

final class PrescriptionsTest {

  private static final String DOSE = "1.2.3.8";
  private static final String FIRST = "1.2.3.7.1";
  private static final String SECOND = "1.2.3.7.2";
  private static final StudyContext STUDY =
      new StudyContext("P1", "A^B", "O", "1.2.3", "1", null, null, "1.2.3.9");
  private static final SeriesContext SERIES =
      new SeriesContext(
          "1.2.3.4",
          1,
          "Made",
          new SeriesContext.Equipment("Maker", "Model", "1"),
          LocalDateTime.of(2024, 2, 3, 4, 5));

  /** Bytes of the plans by their UIDs, which are their paths too. */
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  @Test
  void theHighestTargetOfThePlanCountsAndNoOrganDose() throws IOException, CourseDataException {
    InstanceHeader plan = plan(FIRST, target(50.0), target(60.0), organ(70.0), target(null));

    assertThat(of(Rule.SINGLE_DOSE, List.of(plan), FIRST))
        .isEqualTo(new PrescribedDose(60.0, "highest target prescription of the plan of the dose"));
  }

  @Test
  void aPlanWithoutTargetsGivesNoPrescription() throws IOException, CourseDataException {
    assertThat(of(Rule.SINGLE_DOSE, List.of(plan(FIRST, organ(70.0))), FIRST))
        .isEqualTo(PrescribedDose.unknown("no target prescription in the plan of the dose"));
  }

  @Test
  void theOnlyPlanCountsWhenTheDoseNamesNone() throws IOException, CourseDataException {
    assertThat(of(Rule.SINGLE_DOSE, List.of(plan(FIRST, target(50.0)))))
        .isEqualTo(
            new PrescribedDose(50.0, "highest target prescription of the only plan of the course"));
  }

  @Test
  void severalPlansOrNoneAreNoPrescriptionWhenTheDoseNamesNone()
      throws IOException, CourseDataException {
    PrescribedDose unknown = PrescribedDose.unknown("the dose refers to no plan");

    assertThat(of(Rule.SINGLE_DOSE, List.of(plan(FIRST, target(50.0)), plan(SECOND))))
        .isEqualTo(unknown);
    assertThat(of(Rule.SINGLE_DOSE, List.of())).isEqualTo(unknown);
  }

  @Test
  void aPlanThatIsNotThereLeavesThePrescriptionUnknown() throws IOException, CourseDataException {
    assertThat(of(Rule.PLAN_SUM_USED, List.of(plan(FIRST, target(50.0))), FIRST, SECOND))
        .isEqualTo(PrescribedDose.unknown("1 of 2 plans that the dose refers to are there"));
  }

  @Test
  void plansAreAddedUpForASumOverPlans() throws IOException, CourseDataException {
    List<InstanceHeader> plans =
        List.of(plan(FIRST, target(50.0), target(45.0)), plan(SECOND, target(16.0)));

    assertThat(of(Rule.PLAN_SUM_USED, plans, FIRST, SECOND))
        .isEqualTo(new PrescribedDose(66.0, "sum of the highest target prescriptions of 2 plans"));
  }

  @Test
  void regionsThatEveryPlanOfASumPrescribesToHaveTheirLevelsAdded()
      throws IOException, CourseDataException {
    InstanceHeader first = plan(FIRST, target(1, 50.0), target(2, 45.0), target(1, 48.0));
    InstanceHeader second = plan(SECOND, target(1, 16.0), target(3, 10.0));

    assertThat(of(Rule.SINGLE_DOSE, List.of(first), FIRST).gyByRoi())
        .isEqualTo(Map.of(1, 50.0, 2, 45.0));
    assertThat(of(Rule.PLAN_SUM_USED, List.of(first, second), FIRST, SECOND).gyByRoi())
        .isEqualTo(Map.of(1, 66.0));
  }

  private static Prescription target(int roi, double gy) {
    return new Prescription("TARGET", null, roi, gy);
  }

  @Test
  void plansAreNotAddedUpForAnyOtherDose() throws IOException, CourseDataException {
    List<InstanceHeader> plans = List.of(plan(FIRST, target(50.0)), plan(SECOND, target(16.0)));

    assertThat(of(Rule.SINGLE_DOSE, plans, FIRST, SECOND))
        .isEqualTo(PrescribedDose.unknown("the dose refers to 2 plans and is no sum"));
  }

  @Test
  void aSumWithAPlanWithoutTargetIsUnknown() throws IOException, CourseDataException {
    List<InstanceHeader> plans = List.of(plan(FIRST, target(50.0)), plan(SECOND));

    assertThat(of(Rule.PLAN_SUM_USED, plans, FIRST, SECOND))
        .isEqualTo(PrescribedDose.unknown("a target prescription is in 1 of 2 plans of the sum"));
  }

  @Test
  void theFractionsAreThoseOfTheOnePlan() throws IOException, CourseDataException {
    List<InstanceHeader> one = List.of(plan(FIRST, target(50.0)));
    assertThat(fractions(Rule.SINGLE_DOSE, one, FIRST))
        .isEqualTo(new Fractions(5, "fractions of the plan of the dose"));
    assertThat(fractions(Rule.SINGLE_DOSE, List.of(), FIRST))
        .isEqualTo(Fractions.unknown("0 of 1 plans that the dose refers to are there"));
    List<InstanceHeader> two = List.of(plan(FIRST, target(50.0)), plan(SECOND, target(16.0)));
    assertThat(fractions(Rule.PLAN_SUM_USED, two, FIRST, SECOND))
        .isEqualTo(Fractions.unknown("the dose is the sum of 2 plans"));
  }

  private Fractions fractions(Rule rule, List<InstanceHeader> plans, String... plansOfDose)
      throws CourseDataException {
    DoseDecision decision = new DoseDecision(rule, List.of(DOSE), List.of(), "chosen");
    Course course = course(decision, plans, plansOfDose);
    TreeMap<String, byte[]> opened = files;
    return Prescriptions.fractions(
        course, new CourseData(course, path -> new ByteArrayInputStream(opened.get(path))));
  }

  @Test
  void plansOfDosesThatWereNotChosenDoNotCount() {
    DoseDecision none =
        new DoseDecision(Rule.AMBIGUOUS_NO_SUM, List.of(), List.of(DOSE), "two doses");

    assertThat(Prescriptions.plansOfDose(course(none, List.of(), FIRST))).isEmpty();
  }

  private PrescribedDose of(Rule rule, List<InstanceHeader> plans, String... plansOfDose)
      throws CourseDataException {
    DoseDecision decision = new DoseDecision(rule, List.of(DOSE), List.of(), "chosen");
    Course course = course(decision, plans, plansOfDose);
    TreeMap<String, byte[]> opened = files;
    return Prescriptions.of(
        course, new CourseData(course, path -> new ByteArrayInputStream(opened.get(path))));
  }

  private static Course course(
      DoseDecision decision, List<InstanceHeader> plans, String... plansOfDose) {
    InstanceHeader dose =
        header(
            DOSE,
            0,
            new ObjectFacts.Dose("GY", "PHYSICAL", "PLAN", List.of(), 8),
            Arrays.stream(plansOfDose)
                .map(uid -> new Reference(Reference.Role.PLAN, uid))
                .toList());
    return new Course(
        new CourseId("c"),
        "P1",
        "2024-02",
        null,
        new Course.Objects(List.of(), List.of(dose), plans, List.of(), List.of()),
        List.of(),
        decision,
        List.of());
  }

  private InstanceHeader plan(String uid, Prescription... prescriptions) throws IOException {
    Plan plan =
        new Plan(uid, "Plan", null, null, null, 5, List.of(prescriptions), List.of(), List.of());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtPlanWriter.write(STUDY, SERIES, plan, List.of(), "1.2.3.6", out);
    files.put(uid, out.toByteArray());
    return header(
        uid,
        out.size(),
        new ObjectFacts.PlanFacts("Plan", null, null, null, 5, null, List.of()),
        List.of());
  }

  private static Prescription target(Double gy) {
    return new Prescription("TARGET", null, null, gy);
  }

  private static Prescription organ(double gy) {
    return new Prescription("ORGAN_AT_RISK", null, null, gy);
  }

  private static InstanceHeader header(
      String uid, int bytes, ObjectFacts facts, List<Reference> references) {
    return new InstanceHeader(
        new FileRef(uid, bytes, 0),
        "class",
        uid,
        "P1",
        "1.2.3",
        "1.2.3.4",
        null,
        "RT",
        references,
        facts,
        List.of());
  }
}
