package org.rtpipeline.organize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.organize.Headers.ct;
import static org.rtpipeline.organize.Headers.dose;
import static org.rtpipeline.organize.Headers.header;
import static org.rtpipeline.organize.Headers.images;
import static org.rtpipeline.organize.Headers.plan;
import static org.rtpipeline.organize.Headers.registration;
import static org.rtpipeline.organize.Headers.structures;
import static org.rtpipeline.organize.Headers.to;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.DoseDecision.Rule;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference.Role;

/**
 * What the Python rtpipeline got wrong about courses and doses, each fault by its number in the
 * migration notes.
 */
final class PythonFaultsTest {

  private static final CourseKeys KEYS =
      new CourseKeys("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  private static final LocalDate MARCH = LocalDate.of(2024, 3, 5);

  @Test
  void w02AStructureSetIsFoundByTheFrameOfReferenceOfTheDose() {
    List<InstanceHeader> headers = new ArrayList<>(ct("ct", "s", "f", 3));
    headers.add(structures("rs", "s", "f", images("ct", 3)));
    headers.add(dose("rd", "elsewhere", "f", "PLAN", List.of(), to(Role.PLAN, "gone")));

    Course course = only(headers);

    assertThat(course.objects().doses()).hasSize(1);
    assertThat(link(course, "rd").rule()).isEqualTo(CourseLink.Rule.FRAME_OF_REFERENCE);
    assertThat(link(course, "rd").through()).isEqualTo("f");
  }

  @Test
  void w02ARegistrationGoesToTheCourseOfItsFrameAlone() {
    List<InstanceHeader> headers = twoCourses();
    headers.add(registration("reg", "frame-A"));

    assertThat(courses(headers))
        .filteredOn(c -> !c.objects().registrations().isEmpty())
        .singleElement()
        .satisfies(c -> assertThat(c.objects().plans().get(0).sopInstanceUid()).endsWith("-A"));
  }

  @Test
  void w03AnObjectSeenTwiceIsUsedOnceAndStaysInItsCourse() {
    List<InstanceHeader> headers = fullCourse("A", MARCH);
    headers.addAll(fullCourse("A", MARCH));

    Course course = only(headers);

    assertThat(course.objects().doses()).hasSize(1);
    assertThat(course.objects().plans()).hasSize(1);
    assertThat(course.objects().structureSets()).hasSize(1);
  }

  @Test
  void w04PatientsWithoutPlanOrDoseStayBesideThoseWithBoth() {
    List<InstanceHeader> headers = fullCourse("A", MARCH);
    headers.add(structures("rs-only", "s2", "f2"));
    headers.addAll(ct("ct-only", "s3", "f3", 3));
    headers.add(dose("dose-only", "s4", "f4", "PLAN", List.of()));

    assertThat(courses(headers)).hasSize(4);
  }

  @Test
  void w07EveryPlanOfAPlanSumIsInTheCourse() {
    List<InstanceHeader> headers = fullCourse("A", MARCH);
    headers.add(plan("plan-2", "elsewhere", MARCH, List.of(1)));
    headers.add(
        dose(
            "sum",
            "study-A",
            "frame-A",
            "PLAN_SUM",
            List.of(),
            to(Role.PLAN, "plan-A"),
            to(Role.PLAN, "plan-2")));

    Course course = only(headers);

    assertThat(course.objects().plans()).hasSize(2);
    assertThat(link(course, "plan-2").rule()).isEqualTo(CourseLink.Rule.REFERENCE);
    assertThat(course.doseDecision().chosenUids()).containsExactly("sum");
  }

  @Test
  void w08ABeamDoseInTwoFoldersIsAddedOnceAndAMissingBeamStopsTheSum() {
    InstanceHeader rp = plan("rp", "s", MARCH, List.of(1, 2));
    InstanceHeader one = dose("b1", "s", "f", "BEAM", List.of(1), to(Role.PLAN, "rp"));
    InstanceHeader two = dose("b2", "s", "f", "BEAM", List.of(2), to(Role.PLAN, "rp"));

    assertThat(only(List.of(rp, one, two, two)).doseDecision().chosenUids())
        .containsExactly("b1", "b2");
    assertThat(only(List.of(rp, one, one)).doseDecision().rule())
        .isEqualTo(Rule.BEAM_DOSES_INCOMPLETE);
  }

  @Test
  void w09DosesThatNothingDecidesAboutAreNeverReducedToTheFirst() {
    List<InstanceHeader> headers = fullCourse("A", MARCH);
    headers.add(dose("dose-2", "study-A", "frame-A", "PLAN", List.of(), to(Role.PLAN, "plan-A")));

    Course course = only(headers);

    assertThat(course.doseDecision().rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(course.doseDecision().chosenUids()).isEmpty();
    assertThat(course.findings())
        .anyMatch(
            f -> f.code() == Finding.Code.AMBIGUOUS_DOSE && f.level() == Finding.Level.SKIP_STAGE);
  }

  @Test
  void w10LabelsThatOnlyLookLikeReplanOrBoostDecideNothing() {
    for (String label : List.of("prev", "SIB 70", "copy", "v2", "cd", "reduced", "reverse")) {
      assertThat(withSecondPlan(label).doseDecision().rule())
          .as(label)
          .isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    }
  }

  @Test
  void w22CourseIdsDoNotMoveWhenAnEarlierCourseOfTheMonthIsAdded() {
    List<InstanceHeader> late = fullCourse("B", MARCH.plusDays(9));
    String before = only(late).id().key();
    List<InstanceHeader> both = fullCourse("A", MARCH);
    both.addAll(late);

    assertThat(courses(both)).extracting(c -> c.id().key()).contains(before);
  }

  @Test
  void w23ALaterDoseOfAKnownCourseEntersIt() {
    List<InstanceHeader> headers = fullCourse("A", MARCH);
    String id = only(headers).id().key();
    headers.add(dose("late", "study-A", "frame-A", "PLAN", List.of(), to(Role.PLAN, "plan-A")));

    Course course = only(headers);

    assertThat(course.id().key()).isEqualTo(id);
    assertThat(course.objects().doses()).hasSize(2);
  }

  @Test
  void w39CourseIdsArePathSafeWhateverThePatientIdIs() {
    for (String patientId : List.of("../../etc", "a/b", "A", "a", "CON", "ü ñ")) {
      List<Course> courses =
          Organizer.courses(patientId, fullCourse("A", MARCH), KEYS, OrganizeOptions.standard());
      assertThat(courses.get(0).id().key()).matches("[a-z2-7]{26}");
    }
    assertThat(KEYS.key("A", "r")).isNotEqualTo(KEYS.key("a", "r"));
  }

  @Test
  void aChoiceAboutADoseThatIsNotThereIsNamed() {
    OrganizeOptions options =
        new OrganizeOptions(
            MergeRule.CT_STUDY,
            0,
            OrganizeOptions.Folders.IGNORED,
            OrganizeOptions.RelativeDoses.REFUSE,
            List.of(
                new DoseChoice("P1", "gone", DoseChoice.Use.YES),
                new DoseChoice("P2", "elsewhere", DoseChoice.Use.YES)));

    assertThat(courses(fullCourse("A", MARCH), options).get(0).findings())
        .singleElement()
        .satisfies(f -> assertThat(f.subject()).isEqualTo("gone"));
  }

  @Test
  void theDayWindowPartsWhatOnlyTheStudyJoins() {
    List<InstanceHeader> headers = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      LocalDate day = MARCH.plusDays(50L * n);
      headers.add(structures("rs-" + n, "study", "f-" + n));
      headers.add(plan("rp-" + n, "study", day, List.of(1), to(Role.STRUCTURE_SET, "rs-" + n)));
    }
    headers.add(structures("undated", "study", "f-3"));

    assertThat(courses(headers)).hasSize(1);
    assertThat(courses(headers, window(60))).hasSize(2);
    assertThat(courses(headers, window(30)))
        .hasSize(3)
        .extracting(Course::id)
        .doesNotHaveDuplicates();
    assertThat(courses(headers, window(30)))
        .filteredOn(c -> c.label().startsWith("2024-03"))
        .singleElement()
        .satisfies(c -> assertThat(c.objects().structureSets()).hasSize(2));
  }

  @Test
  void theDayWindowNeverPartsObjectsThatReferToOneAnother() {
    List<InstanceHeader> headers = new ArrayList<>();
    headers.add(structures("rs", "study", "f"));
    headers.add(plan("rp-1", "study", MARCH, List.of(1), to(Role.STRUCTURE_SET, "rs")));
    headers.add(
        plan("rp-2", "study", MARCH.plusDays(90), List.of(1), to(Role.STRUCTURE_SET, "rs")));

    assertThat(courses(headers, window(30))).hasSize(1);
  }

  @Test
  void foldersLinkWhatDestroyedUidsCannotWhenTheSiteAsksForIt() {
    List<InstanceHeader> headers = new ArrayList<>();
    headers.addAll(inFolder("p/CT", ct("ct", "s1", "f1", 3)));
    headers.addAll(
        inFolder(
            "p",
            List.of(
                structures("rs", "s2", "f2", to(Role.IMAGE, "gone")),
                dose("rd", "s3", "f3", "PLAN", List.of(), to(Role.PLAN, "gone")),
                header("rt", "RTRECORD", "s4", null, new ObjectFacts.Delivery(MARCH, 1)))));

    assertThat(courses(headers)).hasSize(3);
    Course course =
        courses(
                headers,
                new OrganizeOptions(
                    MergeRule.CT_STUDY,
                    0,
                    OrganizeOptions.Folders.LINK,
                    OrganizeOptions.RelativeDoses.REFUSE,
                    List.of()))
            .get(0);
    assertThat(Objects.requireNonNull(course.planningCt()).seriesUid()).isEqualTo("ct");
    assertThat(course.objects().doses()).hasSize(1);
    assertThat(course.objects().records()).hasSize(1);
    assertThat(Stream.of("rd", "rt", "ct").map(uid -> link(course, uid).rule()))
        .containsOnly(CourseLink.Rule.FOLDER);
    assertThat(course.findings()).anyMatch(f -> f.code() == Finding.Code.LINKED_BY_FOLDER);
  }

  @Test
  void imagesThatLeadToSeveralCoursesAlikeAreNamed() {
    List<InstanceHeader> headers = new ArrayList<>();
    headers.add(structures("rs-1", "s1", "f"));
    headers.add(structures("rs-2", "s2", "f"));
    headers.addAll(ct("cbct", "s3", "f", 3));
    headers.add(registration("reg", "f"));

    List<Course> courses = courses(headers);

    assertThat(courses).hasSize(2);
    assertThat(courses.stream().flatMap(c -> c.findings().stream()))
        .filteredOn(f -> f.code() == Finding.Code.AMBIGUOUS_LINK)
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("cbct", "reg");
    assertThat(courses.stream().flatMap(c -> c.links().stream()))
        .filteredOn(l -> l.uid().equals("cbct"))
        .allSatisfy(l -> assertThat(l.note()).contains("2 courses are equally good"));
  }

  @Test
  void bothMergeRulesNameWhatTheyJoin() {
    List<InstanceHeader> headers =
        List.of(structures("rs-1", "s", "f"), structures("rs-2", "s", "f"));

    assertThat(link(only(headers), "rs-1").rule()).isEqualTo(CourseLink.Rule.MERGE_STUDY);
    Course byFrame = courses(headers, new OrganizeOptions(MergeRule.FRAME_OF_REFERENCE)).get(0);
    assertThat(link(byFrame, "rs-1").rule()).isEqualTo(CourseLink.Rule.MERGE_FRAME);
    assertThat(link(byFrame, "rs-1").through()).isEqualTo("f");
    assertThat(link(only(List.of(structures("rs", "s", "f"))), "rs").rule())
        .isEqualTo(CourseLink.Rule.ANCHOR);
  }

  private static Course withSecondPlan(String label) {
    List<InstanceHeader> headers = fullCourse("A", MARCH);
    headers.add(
        header(
            "plan-2",
            "RTPLAN",
            "study-A",
            null,
            new ObjectFacts.PlanFacts(label, MARCH.plusDays(1), null, null, 28, 45.0, List.of(1)),
            to(Role.STRUCTURE_SET, "rs-A")));
    headers.add(dose("dose-2", "study-A", "frame-A", "PLAN", List.of(), to(Role.PLAN, "plan-2")));
    return only(headers);
  }

  private static OrganizeOptions window(int days) {
    return new OrganizeOptions(
        MergeRule.CT_STUDY,
        days,
        OrganizeOptions.Folders.IGNORED,
        OrganizeOptions.RelativeDoses.REFUSE,
        List.of());
  }

  private static List<InstanceHeader> twoCourses() {
    List<InstanceHeader> headers = fullCourse("A", MARCH);
    headers.addAll(fullCourse("B", MARCH));
    return headers;
  }

  private static List<InstanceHeader> fullCourse(String name, LocalDate day) {
    List<InstanceHeader> headers =
        new ArrayList<>(ct("ct-" + name, "study-" + name, "frame-" + name, 3));
    headers.add(
        structures("rs-" + name, "study-" + name, "frame-" + name, images("ct-" + name, 3)));
    headers.add(
        plan(
            "plan-" + name,
            "study-" + name,
            day,
            List.of(1),
            to(Role.STRUCTURE_SET, "rs-" + name)));
    headers.add(
        dose(
            "dose-" + name,
            "study-" + name,
            "frame-" + name,
            "PLAN",
            List.of(),
            to(Role.PLAN, "plan-" + name)));
    return headers;
  }

  private static List<InstanceHeader> inFolder(String folder, List<InstanceHeader> headers) {
    return headers.stream()
        .map(
            h ->
                new InstanceHeader(
                    new FileRef(
                        "file:/in/" + folder + "/" + h.sopInstanceUid(), h.file().sizeBytes(), 0),
                    h.sopClassUid(),
                    h.sopInstanceUid(),
                    h.patientId(),
                    h.studyUid(),
                    h.seriesUid(),
                    h.frameOfReferenceUid(),
                    h.modality(),
                    h.references(),
                    h.facts(),
                    h.findings()))
        .toList();
  }

  private static CourseLink link(Course course, String uid) {
    return course.links().stream().filter(l -> l.uid().equals(uid)).findFirst().orElseThrow();
  }

  private static Course only(List<InstanceHeader> headers) {
    List<Course> courses = courses(headers);
    assertThat(courses).hasSize(1);
    return courses.get(0);
  }

  private static List<Course> courses(List<InstanceHeader> headers) {
    return courses(headers, OrganizeOptions.standard());
  }

  private static List<Course> courses(List<InstanceHeader> headers, OrganizeOptions options) {
    return Organizer.courses("P1", headers, KEYS, options);
  }
}
