package org.rtpipeline.organize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.organize.Headers.ct;
import static org.rtpipeline.organize.Headers.dose;
import static org.rtpipeline.organize.Headers.header;
import static org.rtpipeline.organize.Headers.images;
import static org.rtpipeline.organize.Headers.structures;
import static org.rtpipeline.organize.Headers.to;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Reference.Role;

/** Which course a segmentation comes to, and by which rule. */
final class SegmentationLinksTest {

  private static final CourseKeys KEYS =
      new CourseKeys("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  private static InstanceHeader segmentation(
      String uid, String study, @Nullable String frame, Reference... references) {
    return header(
        uid,
        "SEG",
        study,
        frame,
        new ObjectFacts.Segments("", "BINARY", List.of("liver"), 100),
        references);
  }

  private static PatientCourses organized(List<InstanceHeader> headers) {
    return Organizer.organize("P1", headers, KEYS, OrganizeOptions.standard());
  }

  /** Two courses, each with its CT, in studies and frames of their own. */
  private static List<InstanceHeader> twoCourses() {
    List<InstanceHeader> headers = new ArrayList<>(ct("a", "s1", "f1", 2));
    headers.addAll(ct("b", "s2", "f2", 2));
    headers.add(structures("rs1", "s1", "f1", images("a", 2)));
    headers.add(structures("rs2", "s2", "f2", images("b", 2)));
    return headers;
  }

  private static List<InstanceHeader> with(
      List<InstanceHeader> headers, InstanceHeader... segmentations) {
    List<InstanceHeader> all = new ArrayList<>(headers);
    all.addAll(List.of(segmentations));
    return all;
  }

  private static Course courseOf(PatientCourses patient, String uid) {
    return patient.courses().stream()
        .filter(
            c ->
                c.objects().segmentations().stream()
                    .anyMatch(seg -> seg.sopInstanceUid().equals(uid)))
        .findFirst()
        .orElseThrow();
  }

  private static void assertLink(
      List<InstanceHeader> headers, String structureSet, CourseLink.Rule rule, String through) {
    PatientCourses patient = organized(headers);
    Course course = courseOf(patient, "seg");
    assertThat(course.objects().structureSets())
        .extracting(InstanceHeader::sopInstanceUid)
        .containsExactly(structureSet);
    assertThat(course.links())
        .filteredOn(link -> link.subject() == CourseLink.Subject.SEGMENTATION)
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.rule()).isEqualTo(rule);
              assertThat(link.through()).isEqualTo(through);
            });
  }

  @Test
  void theImagesItWasMadeFromLeadBeforeStudyAndFrame() {
    assertLink(
        with(twoCourses(), segmentation("seg", "s1", "f1", to(Role.SERIES, "b"))),
        "rs2",
        CourseLink.Rule.REFERENCE,
        "b");
    assertLink(
        with(twoCourses(), segmentation("seg", "s1", "f1", to(Role.IMAGE, "b.1"))),
        "rs2",
        CourseLink.Rule.REFERENCE,
        "b");
  }

  @Test
  void withoutItsImagesFrameAndThenStudyLead() {
    List<InstanceHeader> headers =
        with(twoCourses(), segmentation("seg", "s2", "f2", to(Role.SERIES, "gone")));
    assertLink(headers, "rs2", CourseLink.Rule.STUDY_AND_FRAME, "f2");
    assertThat(courseOf(organized(headers), "seg").findings())
        .extracting(Finding::code, Finding::subject)
        .contains(
            org.assertj.core.groups.Tuple.tuple(Finding.Code.LINKED_BY_FRAME_OF_REFERENCE, "seg"));
    assertLink(
        with(twoCourses(), segmentation("seg", "s9", "f1")),
        "rs1",
        CourseLink.Rule.FRAME_OF_REFERENCE,
        "f1");
    assertLink(
        with(twoCourses(), segmentation("seg", "s1", null)), "rs1", CourseLink.Rule.STUDY, "s1");
  }

  @Test
  void itIsPutWithOneOfSeveralCoursesAndJoinsNone() {
    List<InstanceHeader> headers =
        with(
            twoCourses(),
            segmentation("seg", "s9", "f9", to(Role.SERIES, "a"), to(Role.SERIES, "b")));
    PatientCourses patient = organized(headers);
    assertThat(patient.courses()).hasSize(2);
    assertThat(courseOf(patient, "seg").findings())
        .extracting(Finding::code)
        .contains(Finding.Code.AMBIGUOUS_LINK);
    assertThat(patient.courses())
        .extracting(Course::id)
        .containsExactlyElementsOf(
            organized(twoCourses()).courses().stream().map(Course::id).toList());
  }

  @Test
  void whatNothingLeadsToACourseIsLeftOutAndCounted() {
    List<InstanceHeader> headers = with(twoCourses(), segmentation("seg", "s9", "f9"));
    assertThat(organized(headers).leftOut())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.header().sopInstanceUid()).isEqualTo("seg");
              assertThat(left.finding().code()).isEqualTo(Finding.Code.NOT_LINKED);
            });
  }

  @Test
  void imagesAloneKeepTheirCourseKeyAndTheirCtIsTheSegmentedOne() {
    List<InstanceHeader> images = new ArrayList<>(ct("small", "s", "f", 2));
    images.addAll(ct("large", "s", "f", 4));
    Course plain = organized(images).courses().get(0);
    Course course =
        organized(with(images, segmentation("seg", "s", "f", images("small", 2)))).courses().get(0);
    assertThat(course.id()).isEqualTo(plain.id());
    assertThat(plain.planningCt()).extracting(s -> s.seriesUid()).isEqualTo("large");
    assertThat(course.planningCt()).extracting(s -> s.seriesUid()).isEqualTo("small");
    assertThat(course.findings()).isEmpty();
  }

  @Test
  void theCtOfStructureSetsAndOfTheFrameOfTheDoseStaysWhatItWas() {
    List<InstanceHeader> drawn = new ArrayList<>(ct("planning", "s", "f", 2));
    drawn.addAll(ct("other", "s", "g", 4));
    drawn.add(segmentation("seg", "s", "g", images("other", 4)));
    assertThat(
            organized(with(drawn, structures("rs", "s", "f", images("planning", 2))))
                .courses()
                .get(0)
                .planningCt())
        .extracting(s -> s.seriesUid())
        .isEqualTo("planning");
    assertThat(
            organized(with(drawn, dose("d", "s", "f", "PLAN", List.of())))
                .courses()
                .get(0)
                .planningCt())
        .extracting(s -> s.seriesUid())
        .isEqualTo("planning");
  }

  @Test
  void aCtWithHolesIsNotChosenByASegmentation() {
    List<InstanceHeader> images = new ArrayList<>(ct("small", "s", "f", 2));
    images.addAll(ct("large", "s", "f", 4));
    Course course =
        organized(with(images, segmentation("seg", "s", "f", images("small", 3)))).courses().get(0);
    assertThat(course.planningCt()).extracting(s -> s.seriesUid()).isEqualTo("large");
  }

  @Test
  void itsFolderLeadsWhereTheSiteAsksForThat() {
    OrganizeOptions standard = OrganizeOptions.standard();
    List<InstanceHeader> headers = with(ct("a", "s1", "f1", 2), segmentation("seg", "s9", "f9"));
    assertThat(organized(headers).leftOut()).hasSize(1);
    PatientCourses linked =
        Organizer.organize(
            "P1",
            headers,
            KEYS,
            new OrganizeOptions(
                standard.mergeRule(),
                standard.maxDays(),
                OrganizeOptions.Folders.LINK,
                standard.relativeDoses(),
                standard.doseChoices()));
    assertThat(linked.leftOut()).isEmpty();
    assertThat(courseOf(linked, "seg").findings())
        .extracting(Finding::code)
        .containsExactly(Finding.Code.LINKED_BY_FOLDER);
  }
}
