package org.rtpipeline.organize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.organize.Headers.ct;
import static org.rtpipeline.organize.Headers.dose;
import static org.rtpipeline.organize.Headers.images;
import static org.rtpipeline.organize.Headers.plan;
import static org.rtpipeline.organize.Headers.record;
import static org.rtpipeline.organize.Headers.registration;
import static org.rtpipeline.organize.Headers.structures;
import static org.rtpipeline.organize.Headers.to;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Reference.Role;

final class OrganizerTest {

  private static final CourseKeys KEYS =
      new CourseKeys("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  private static final LocalDate MARCH = LocalDate.of(2024, 3, 5);

  @Test
  void doseLeadsToPlanToStructureSetToCt() {
    Course course = only(fullCourse("A", "frame-A"));

    assertThat(course.label()).isEqualTo("2024-03");
    assertThat(Objects.requireNonNull(course.planningCt()).seriesUid()).isEqualTo("ct-A");
    assertThat(course.objects().doses()).hasSize(1);
    assertThat(course.objects().plans()).hasSize(1);
    assertThat(course.doseDecision().rule()).isEqualTo(DoseDecision.Rule.SINGLE_DOSE);
    assertThat(course.findings()).isEmpty();
    assertThat(course.id().key()).matches("[a-z2-7]{26}");
  }

  @Test
  void structureSetAndDoseOfOneFrameAreOneCourseWithoutTheirPlan() {
    Course course =
        only(
            List.of(
                structures("rs", "s1", "frame", to(Role.IMAGE, "absent")),
                dose("rd", "s1", "frame", "PLAN", List.of(), to(Role.PLAN, "made-up"))));

    assertThat(course.planningCt()).isNull();
    assertThat(course.objects().doses()).hasSize(1);
    assertThat(codes(course))
        .contains(
            Finding.Code.LINKED_BY_FRAME_OF_REFERENCE,
            Finding.Code.PLAN_MISSING,
            Finding.Code.RTSTRUCT_REFERENCE_MISSING);
    assertThat(course.doseDecision().chosenUids()).containsExactly("rd");
  }

  @Test
  void aPlanSumBringsAllItsPlans() {
    List<InstanceHeader> headers = new ArrayList<>(fullCourse("A", "frame-A"));
    headers.add(plan("plan-B", "study-A", MARCH, List.of(1), to(Role.STRUCTURE_SET, "rs-A")));
    headers.add(
        dose(
            "sum",
            "study-A",
            "frame-A",
            "PLAN_SUM",
            List.of(),
            to(Role.PLAN, "plan-A"),
            to(Role.PLAN, "plan-B")));

    Course course = only(headers);

    assertThat(course.objects().plans()).hasSize(2);
    assertThat(course.doseDecision().rule()).isEqualTo(DoseDecision.Rule.PLAN_SUM_USED);
    assertThat(course.doseDecision().chosenUids()).containsExactly("sum");
    assertThat(course.doseDecision().excludedUids()).containsExactly("dose-A");
  }

  @Test
  void everyKindOfCourseIsKeptInAMixedCohort() {
    List<InstanceHeader> headers = new ArrayList<>(fullCourse("A", "frame-A"));
    headers.add(structures("rs-only", "study-B", "frame-B"));
    headers.add(dose("dose-only", "study-C", "frame-C", "PLAN", List.of()));
    headers.addAll(ct("ct-only", "study-D", "frame-D", 4));

    List<Course> courses = courses(headers);

    assertThat(courses).hasSize(4);
    assertThat(courses).extracting(c -> c.id()).doesNotHaveDuplicates();
    assertThat(courses)
        .filteredOn(c -> c.label().startsWith("0000-00_"))
        .as("undated courses share a label, so each has a part of its key")
        .hasSize(3);
  }

  @Test
  void missingImagesOfTheReferencedSeriesMeanNoPlanningCt() {
    List<InstanceHeader> headers = new ArrayList<>(ct("ct", "s", "f", 3));
    headers.add(structures("rs", "s", "f", images("ct", 5)));

    Course course = only(headers);

    assertThat(course.planningCt()).isNull();
    assertThat(course.otherSeries()).hasSize(1);
    assertThat(course.findings())
        .anySatisfy(
            f -> {
              assertThat(f.code()).isEqualTo(Finding.Code.RTSTRUCT_REFERENCE_MISSING);
              assertThat(f.message()).startsWith("3 of 5 images");
            });
  }

  @Test
  void aStructureSetWithoutReferencesTakesTheLargestCtOfItsFrame() {
    List<InstanceHeader> headers = new ArrayList<>(ct("small", "s", "f", 3));
    headers.addAll(ct("large", "s", "f", 5));
    headers.addAll(ct("elsewhere", "s", "g", 9));
    headers.add(structures("rs", "s", "f"));

    Course course = only(headers);

    assertThat(Objects.requireNonNull(course.planningCt()).seriesUid()).isEqualTo("large");
    assertThat(codes(course))
        .contains(Finding.Code.RTSTRUCT_NO_REFERENCE, Finding.Code.LINKED_BY_FRAME_OF_REFERENCE);
  }

  @Test
  void equalCopiesAreUsedOnceAndNamed() {
    List<InstanceHeader> headers = new ArrayList<>(fullCourse("A", "frame-A"));
    headers.add(elsewhere(headers.get(headers.size() - 1), 100));

    PatientCourses result = organize(headers);

    assertThat(codes(result.courses().get(0))).containsExactly(Finding.Code.DUPLICATE_INSTANCE);
    assertThat(result.leftOut()).hasSize(1);
    assertThat(result.objects()).isEqualTo(headers.size());
  }

  @Test
  void copiesThatDifferSkipTheCourse() {
    List<InstanceHeader> headers = new ArrayList<>(fullCourse("A", "frame-A"));
    headers.add(elsewhere(headers.get(headers.size() - 1), 101));

    assertThat(only(headers).findings())
        .anySatisfy(
            f -> {
              assertThat(f.code()).isEqualTo(Finding.Code.CONFLICTING_DUPLICATE);
              assertThat(f.level()).isEqualTo(Finding.Level.SKIP_COURSE);
            });
  }

  @Test
  void recordsFollowTheirPlanOrTheirStudyOrAreNamed() {
    List<InstanceHeader> headers = new ArrayList<>(fullCourse("A", "frame-A"));
    headers.add(record("r1", "elsewhere", to(Role.PLAN, "plan-A")));
    headers.add(record("r2", "study-A", to(Role.PLAN, "absent")));
    headers.add(record("r3", "nowhere", to(Role.PLAN, "absent")));

    PatientCourses result = organize(headers);

    assertThat(result.courses().get(0).objects().records())
        .extracting(InstanceHeader::sopInstanceUid)
        .containsExactly("r1", "r2");
    assertThat(result.leftOut())
        .singleElement()
        .satisfies(l -> assertThat(l.finding().code()).isEqualTo(Finding.Code.NOT_LINKED));
  }

  @Test
  void registrationsFollowTheirFrame() {
    List<InstanceHeader> headers = new ArrayList<>(fullCourse("A", "frame-A"));
    headers.add(registration("reg", "frame-A", to(Role.FRAME_OF_REFERENCE, "frame-Z")));
    headers.add(registration("lost", "frame-Y"));

    PatientCourses result = organize(headers);

    assertThat(result.courses().get(0).objects().registrations()).hasSize(1);
    assertThat(result.leftOut()).hasSize(1);
  }

  @Test
  void twoPlanDosesWithoutASumFailClosed() {
    List<InstanceHeader> headers = new ArrayList<>(fullCourse("A", "frame-A"));
    headers.add(plan("plan-B", "study-A", MARCH, List.of(1), to(Role.STRUCTURE_SET, "rs-A")));
    headers.add(dose("dose-B", "study-A", "frame-A", "PLAN", List.of(), to(Role.PLAN, "plan-B")));

    Course course = only(headers);

    assertThat(course.doseDecision().rule()).isEqualTo(DoseDecision.Rule.AMBIGUOUS_NO_SUM);
    assertThat(course.doseDecision().chosenUids()).isEmpty();
    assertThat(codes(course)).contains(Finding.Code.AMBIGUOUS_DOSE);
  }

  @Test
  void beamDosesCountOnlyWhenEveryBeamIsThereOnce() {
    assertThat(beams(1, 2).rule()).isEqualTo(DoseDecision.Rule.BEAM_DOSES_SUMMED);
    assertThat(beams(1, 2).chosenUids()).hasSize(2);
    assertThat(beams(1).rule()).isEqualTo(DoseDecision.Rule.BEAM_DOSES_INCOMPLETE);
    assertThat(beams(1, 1).rule()).isEqualTo(DoseDecision.Rule.BEAM_DOSES_INCOMPLETE);
    assertThat(beams(1, 2, 3).rule()).isEqualTo(DoseDecision.Rule.BEAM_DOSES_INCOMPLETE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theOrderOfFilesNeverShows(long seed) {
    List<InstanceHeader> headers = new ArrayList<>(fullCourse("A", "frame-A"));
    headers.addAll(fullCourse("B", "frame-B"));
    headers.add(structures("rs-only", "study-C", "frame-C"));
    headers.add(dose("lone", "study-D", "frame-A", "PLAN", List.of(), to(Role.PLAN, "gone")));
    headers.add(record("r2", "study-A"));
    headers.add(registration("reg", "frame-B", to(Role.FRAME_OF_REFERENCE, "frame-A")));
    headers.addAll(ct("extra", "study-A", "frame-A", 2));
    headers.add(elsewhere(headers.get(3), 77));
    PatientCourses expected = organize(headers);

    Collections.shuffle(headers, new Random(seed));

    assertThat(organize(headers)).isEqualTo(expected);
  }

  @Test
  void frameOfReferenceRuleJoinsStudiesOfOneFrame() {
    List<InstanceHeader> headers =
        List.of(structures("rs1", "s1", "f"), structures("rs2", "s2", "f"));

    assertThat(courses(headers)).hasSize(2);
    assertThat(
            Organizer.courses(
                "P1", headers, KEYS, new OrganizeOptions(MergeRule.FRAME_OF_REFERENCE)))
        .hasSize(1);
  }

  @Test
  void aMissingPatientIdIsNamed() {
    List<Course> courses =
        Organizer.courses(
            "", List.of(structures("rs", "s", "f")), KEYS, OrganizeOptions.standard());

    assertThat(codes(courses.get(0))).contains(Finding.Code.MISSING_PATIENT_ID);
  }

  private static DoseDecision beams(int... numbers) {
    List<InstanceHeader> headers = new ArrayList<>();
    headers.add(structures("rs", "s", "f"));
    headers.add(plan("p", "s", MARCH, List.of(1, 2), to(Role.STRUCTURE_SET, "rs")));
    for (int i = 0; i < numbers.length; i++) {
      headers.add(dose("d" + i, "s", "f", "BEAM", List.of(numbers[i]), to(Role.PLAN, "p")));
    }
    return only(headers).doseDecision();
  }

  private static List<InstanceHeader> fullCourse(String name, String frame) {
    String study = "study-" + name;
    List<InstanceHeader> headers = new ArrayList<>(ct("ct-" + name, study, frame, 5));
    headers.add(structures("rs-" + name, study, frame, images("ct-" + name, 5)));
    headers.add(
        plan("plan-" + name, study, MARCH, List.of(1, 2), to(Role.STRUCTURE_SET, "rs-" + name)));
    headers.add(
        dose("dose-" + name, study, frame, "PLAN", List.of(), to(Role.PLAN, "plan-" + name)));
    return headers;
  }

  private static InstanceHeader elsewhere(InstanceHeader h, long sizeBytes) {
    return new InstanceHeader(
        new FileRef("file:/other/" + h.sopInstanceUid(), sizeBytes, 9),
        h.sopClassUid(),
        h.sopInstanceUid(),
        h.patientId(),
        h.studyUid(),
        h.seriesUid(),
        h.frameOfReferenceUid(),
        h.modality(),
        h.references(),
        h.facts(),
        h.findings());
  }

  private static PatientCourses organize(List<InstanceHeader> headers) {
    return Organizer.organize("P1", headers, KEYS, OrganizeOptions.standard());
  }

  private static List<Course> courses(List<InstanceHeader> headers) {
    return organize(headers).courses();
  }

  private static Course only(List<InstanceHeader> headers) {
    List<Course> courses = courses(headers);
    assertThat(courses).hasSize(1);
    return courses.get(0);
  }

  private static List<Finding.Code> codes(Course course) {
    return course.findings().stream().map(Finding::code).distinct().toList();
  }
}
