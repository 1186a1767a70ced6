package org.rtpipeline.organize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

final class DrawnFramesTest {

  private static final String MADE_UP = "made-up";

  private static Course course(InstanceHeader... others) {
    ImageSeries ct =
        new ImageSeries("ct", "study", "frame", "CT", Headers.ct("ct", "study", "frame", 5));
    ImageSeries mr =
        new ImageSeries("mr", "study", "other", "MR", Headers.ct("mr", "study", "other", 5));
    List<InstanceHeader> doses = new ArrayList<>();
    List<InstanceHeader> registrations = new ArrayList<>();
    for (InstanceHeader header : others) {
      (header.modality().equals("REG") ? registrations : doses).add(header);
    }
    return new Course(
        new CourseId("course"),
        "P1",
        "2024-03",
        ct,
        new Course.Objects(List.of(), doses, List.of(), List.of(), registrations),
        List.of(mr),
        new DoseDecision(DoseDecision.Rule.NO_DOSES, List.of(), List.of(), "none"),
        List.of());
  }

  private static Contour square(String image, double zMm) {
    double[] mm = {0, 0, zMm, 10, 0, zMm, 10, 10, zMm};
    return new Contour(Contour.Type.CLOSED_PLANAR, mm, image);
  }

  private static StructureSet set(String frame, Contour... contours) {
    Roi roi = new Roi(1, "PTV", null, null, frame, Arrays.asList(contours));
    return new StructureSet("1.2.3", "", null, frame, List.of(roi), List.of());
  }

  private static String frame(StructureSet set) {
    return String.valueOf(set.rois().get(0).frameOfReferenceUid());
  }

  @Test
  void aFrameOfItsOwnGivesWayToThatOfTheImagesDrawnOn() {
    StructureSet found =
        DrawnFrames.of(set(MADE_UP, square("ct.1", 3), square("ct.2", 6.5)), course());

    assertThat(frame(found)).isEqualTo("frame");
    assertThat(found.frameOfReferenceUid()).isEqualTo("frame");
    assertThat(found.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(Finding.Code.ROI_FRAME_OF_REFERENCE);
              assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
              assertThat(finding.message())
                  .startsWith("1 of 1 regions are in frame of reference (3006,0024) made-up")
                  .endsWith(": frame");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"frame", "other"})
  void aFrameOfAnImageIsKept(String own) {
    StructureSet set = set(own, square("ct.1", 3));
    assertThat(DrawnFrames.of(set, course())).isSameAs(set);
  }

  @Test
  void aFrameOfADoseOrARegistrationIsKept() {
    StructureSet set = set(MADE_UP, square("ct.1", 3));
    InstanceHeader dose = Headers.dose("dose", "study", MADE_UP, "PLAN", List.of());
    assertThat(DrawnFrames.of(set, course(dose))).isSameAs(set);
    assertThat(DrawnFrames.of(set, course(Headers.registration("reg", MADE_UP)))).isSameAs(set);
  }

  @Test
  void contoursThatDoNotSettleItKeepTheirFrame() {
    Course course = course();
    assertThat(frame(DrawnFrames.of(set(MADE_UP, square("ct.1", 4.5)), course)))
        .as("off the plane of its image")
        .isEqualTo(MADE_UP);
    assertThat(frame(DrawnFrames.of(set(MADE_UP, square("ct.1", 3), square("absent", 6)), course)))
        .as("an image that is not there")
        .isEqualTo(MADE_UP);
    assertThat(frame(DrawnFrames.of(set(MADE_UP, square("ct.1", 3), square("mr.2", 6)), course)))
        .as("images of two frames")
        .isEqualTo(MADE_UP);
    assertThat(frame(DrawnFrames.of(set(MADE_UP), course))).as("no contour").isEqualTo(MADE_UP);
  }

  @Test
  void contoursThatLieInThePlanesOfACtThatItsFolderLinksAreInItsFrame() {
    Course beside = linkedByFolder(course(), "ct");
    assertThat(frame(DrawnFrames.of(set(MADE_UP, square("lost", 3), square("lost", 6.5)), beside)))
        .isEqualTo("frame");
    assertThat(frame(DrawnFrames.of(set(MADE_UP, square("lost", 3), square("lost", 4.5)), beside)))
        .as("off the planes")
        .isEqualTo(MADE_UP);
    assertThat(frame(DrawnFrames.of(set(MADE_UP), beside))).as("no contour").isEqualTo(MADE_UP);
    assertThat(frame(DrawnFrames.of(set(MADE_UP, square("lost", 3)), course())))
        .as("linked otherwise")
        .isEqualTo(MADE_UP);
  }

  @Test
  void theFrameOfADoseThatItsFolderLinksSaysNothingWhenNoOtherObjectLiesInIt() {
    InstanceHeader alone = Headers.dose("dose", "study", MADE_UP, "PLAN", List.of());
    InstanceHeader known = Headers.dose("dose", "study", "other", "PLAN", List.of());

    assertThat(FolderFrames.saysNothing(alone, linkedByFolder(course(alone), "dose"))).isTrue();
    assertThat(FolderFrames.saysNothing(alone, course(alone))).as("linked otherwise").isFalse();
    assertThat(FolderFrames.saysNothing(known, linkedByFolder(course(known), "dose")))
        .as("the frame of the MR")
        .isFalse();
  }

  private static Course linkedByFolder(Course course, String uid) {
    return new Course(
        course.id(),
        course.patientId(),
        course.label(),
        course.planningCt(),
        course.objects(),
        course.otherSeries(),
        course.doseDecision(),
        List.of(),
        List.of(
            new CourseLink(
                CourseLink.Subject.IMAGE_SERIES, uid, CourseLink.Rule.FOLDER, "", null, "")));
  }

  @Test
  void aRegionDrawnOnAnotherImageIsInTheFrameOfThat() {
    StructureSet both =
        new StructureSet(
            "1.2.3",
            "",
            null,
            MADE_UP,
            List.of(
                new Roi(1, "PTV", null, null, MADE_UP, List.of(square("ct.1", 3))),
                new Roi(2, "GTV", null, null, null, List.of(square("mr.1", 3)))),
            List.of());
    StructureSet found = DrawnFrames.of(both, course());
    assertThat(found.rois())
        .extracting(roi -> String.valueOf(roi.frameOfReferenceUid()))
        .containsExactly("frame", "other");
    assertThat(found.frameOfReferenceUid()).isEqualTo(MADE_UP);
  }
}
