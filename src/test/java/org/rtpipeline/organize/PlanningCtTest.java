package org.rtpipeline.organize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rtpipeline.organize.Headers.ct;
import static org.rtpipeline.organize.Headers.dose;
import static org.rtpipeline.organize.Headers.header;
import static org.rtpipeline.organize.Headers.images;
import static org.rtpipeline.organize.Headers.plan;
import static org.rtpipeline.organize.Headers.record;
import static org.rtpipeline.organize.Headers.registration;
import static org.rtpipeline.organize.Headers.structures;
import static org.rtpipeline.organize.Headers.to;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference.Role;

final class PlanningCtTest {

  private static final CourseKeys KEYS =
      new CourseKeys("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  @Test
  void aReferencedSeriesIsThePlanningCtHoweverSmall() {
    List<InstanceHeader> headers = new ArrayList<>(ct("planning", "s", "f", 3));
    headers.addAll(ct("diagnostic", "s", "f", 9));
    headers.add(structures("rs", "s", "f", to(Role.SERIES, "planning")));

    assertThat(planningCt(only(headers))).isEqualTo("planning");
    assertThat(only(headers).findings()).isEmpty();
  }

  @Test
  void aReferencedSeriesThatIsNotThereChoosesNoCt() {
    List<InstanceHeader> headers = new ArrayList<>(ct("other", "s", "f", 3));
    headers.add(structures("rs", "s", "f", to(Role.SERIES, "gone"), to(Role.SERIES, "other")));

    Course course = only(headers);

    assertThat(course.planningCt()).isNull();
    assertThat(course.findings())
        .anySatisfy(
            f -> {
              assertThat(f.code()).isEqualTo(Finding.Code.RTSTRUCT_REFERENCE_MISSING);
              assertThat(f.message()).startsWith("1 of 2 image series");
            });
  }

  @Test
  void structuresDrawnOnAnMrHaveNoPlanningCt() {
    List<InstanceHeader> headers = new ArrayList<>(ct("ct", "s", "f", 3));
    headers.add(image("mr.0", "mr", "MR", "s", "f"));
    headers.add(structures("rs", "s", "f", to(Role.SERIES, "mr")));

    assertThat(only(headers).planningCt()).isNull();
  }

  @Test
  void ofTwoReferencedCtsTheLargerIsThePlanningCt() {
    List<InstanceHeader> headers = new ArrayList<>(ct("a", "s", "f", 3));
    headers.addAll(ct("b", "s", "f", 4));
    headers.add(structures("rs1", "s", "f", images("a", 3)));
    headers.add(structures("rs2", "s", "f", images("b", 4)));

    assertThat(planningCt(only(headers))).isEqualTo("b");
  }

  @Test
  void aCtOfNoFrameIsNeverTakenForTheCtOfAFrame() {
    List<InstanceHeader> headers = new ArrayList<>();
    headers.add(image("ct.0", "ct", "CT", "s", null));
    headers.add(structures("rs", "s", "f"));

    assertThat(only(headers).planningCt()).isNull();
  }

  @Test
  void aRegistrationDoesNotMakeItsFrameThatOfTheCourse() {
    List<InstanceHeader> headers = new ArrayList<>(ct("cbct", "s", "g", 3));
    headers.add(structures("rs", "s", "f"));
    headers.add(registration("reg", "g", to(Role.FRAME_OF_REFERENCE, "f")));

    Course course = only(headers);

    assertThat(course.objects().registrations()).hasSize(1);
    assertThat(course.planningCt()).isNull();
  }

  @Test
  void imagesAloneHaveTheirLargestCtForPlanningCt() {
    List<InstanceHeader> headers = new ArrayList<>(ct("small", "s", "f", 2));
    headers.addAll(ct("large", "s", "f", 4));

    assertThat(planningCt(only(headers))).isEqualTo("large");
  }

  @Test
  void imagesWithoutAStudyAreACourseEach() {
    List<InstanceHeader> headers = new ArrayList<>(ct("a", "", "f", 2));
    headers.addAll(ct("b", "", "f", 2));

    assertThat(courses(headers)).hasSize(2);
  }

  @Test
  void imagesWithoutAStudyFollowTheFrameOfTheCourse() {
    List<InstanceHeader> headers = new ArrayList<>(ct("ct", "", "f", 2));
    headers.add(structures("rs", "s", "f"));

    assertThat(planningCt(only(headers))).isEqualTo("ct");
  }

  @Test
  void aDoseFollowsItsStudyWhenTwoCoursesShareTheFrame() {
    List<InstanceHeader> headers =
        List.of(
            structures("rs1", "s1", "f"),
            structures("rs2", "s2", "f"),
            dose("d", "s2", "f", "PLAN", List.of()));

    assertThat(courses(headers))
        .hasSize(2)
        .filteredOn(c -> !c.objects().doses().isEmpty())
        .singleElement()
        .satisfies(
            c ->
                assertThat(c.objects().structureSets())
                    .extracting(InstanceHeader::sopInstanceUid)
                    .containsExactly("rs2"));
  }

  @Test
  void aDoseIsACourseOfItsOwnWhenTwoOthersShareItsFrameAndNoneItsStudy() {
    List<InstanceHeader> headers =
        List.of(
            structures("rs1", "s1", "f"),
            structures("rs2", "s2", "f"),
            dose("d", "s3", "f", "PLAN", List.of()));

    assertThat(courses(headers)).hasSize(3);
  }

  @Test
  void aRecordWithoutItsPlanIsNotGivenToOneOfTwoCoursesOfItsStudy() {
    List<InstanceHeader> headers =
        List.of(structures("rs1", "s", "f"), structures("rs2", "s", "g"), record("r", "s"));

    PatientCourses result =
        Organizer.organize("P1", headers, KEYS, new OrganizeOptions(MergeRule.FRAME_OF_REFERENCE));

    assertThat(result.courses()).hasSize(2);
    assertThat(result.leftOut())
        .singleElement()
        .satisfies(l -> assertThat(l.finding().code()).isEqualTo(Finding.Code.NOT_LINKED));
  }

  @Test
  void anEmptyFrameOfReferenceJoinsNothing() {
    List<InstanceHeader> headers =
        List.of(structures("rs", "s1", ""), dose("d", "s2", "", "PLAN", List.of()));

    assertThat(courses(headers)).hasSize(2);
  }

  @Test
  void anObjectWithNeitherStudyNorFrameIsACourseOfItsOwn() {
    List<InstanceHeader> headers =
        List.of(structures("rs", "", ""), plan("p", "", null, List.of(1)));

    assertThat(courses(headers)).hasSize(2);
  }

  @Test
  void aRegistrationFollowsTheSeriesItNamesWhenItHasNoFrame() {
    List<InstanceHeader> headers = new ArrayList<>();
    headers.add(image("ct.0", "ct", "CT", "s", null));
    headers.add(header("reg", "REG", "x", null, new ObjectFacts.Link(), to(Role.SERIES, "ct")));

    assertThat(only(headers).objects().registrations()).hasSize(1);
  }

  @Test
  void copiesOfOneSizeThatReferToDifferentImagesConflict() {
    Instances instances =
        Instances.of(
            List.of(
                structures("rs", "s", "f", images("a", 2)),
                structures("rs", "s", "f", images("b", 2))));

    assertThat(instances.unique()).hasSize(1);
    assertThat(instances.conflicting()).containsOnlyKeys("rs");
    assertThat(instances.leftOut())
        .singleElement()
        .satisfies(
            l -> assertThat(l.finding().code()).isEqualTo(Finding.Code.CONFLICTING_DUPLICATE));
  }

  @Test
  void aSiteKeyOfFewerThanSixteenBytesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CourseKeys(new byte[15]))
        .withMessage("a site key has 16 bytes or more, got 15");
  }

  @Test
  void anotherSiteKeyGivesTheSameCourseAnotherName() {
    CourseKeys other = new CourseKeys("fedcba9876543210".getBytes(StandardCharsets.US_ASCII));

    assertThat(KEYS.key("P1", "study:1")).isEqualTo(KEYS.key("P1", "study:1"));
    assertThat(other.key("P1", "study:1")).isNotEqualTo(KEYS.key("P1", "study:1"));
    assertThat(KEYS.key("P2", "study:1")).isNotEqualTo(KEYS.key("P1", "study:1"));
  }

  private static InstanceHeader image(
      String uid, String series, String modality, String study, @Nullable String frame) {
    InstanceHeader slice = ct(series, study, "f", 1).get(0);
    return new InstanceHeader(
        slice.file(),
        slice.sopClassUid(),
        uid,
        "P1",
        study,
        series,
        frame,
        modality,
        List.of(),
        slice.facts(),
        List.of());
  }

  private static @Nullable String planningCt(Course course) {
    ImageSeries ct = course.planningCt();
    return ct == null ? null : ct.seriesUid();
  }

  private static Course only(List<InstanceHeader> headers) {
    List<Course> courses = courses(headers);
    assertThat(courses).hasSize(1);
    return courses.get(0);
  }

  private static List<Course> courses(List<InstanceHeader> headers) {
    return Organizer.courses("P1", headers, KEYS, OrganizeOptions.standard());
  }
}
