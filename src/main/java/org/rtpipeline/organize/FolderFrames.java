package org.rtpipeline.organize;

import java.util.List;
import java.util.stream.Stream;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;

/**
 * Frames of reference of what only its folder links to a course. Where UIDs were destroyed, every
 * object has a frame of its own, which says nothing.
 */
public final class FolderFrames {

  private FolderFrames() {}

  /**
   * Whether the frame of a dose says nothing: only the folder links the dose to its course, and no
   * other object of the course lies in its frame.
   */
  public static boolean saysNothing(InstanceHeader dose, Course course) {
    String frame = dose.frameOfReferenceUid();
    if (frame == null || !isLinkedByFolder(dose.sopInstanceUid(), course)) {
      return false;
    }
    Course.Objects objects = course.objects();
    Stream<String> ofObjects =
        Stream.of(
                objects.structureSets(),
                objects.doses(),
                objects.plans(),
                objects.registrations(),
                objects.segmentations())
            .flatMap(List::stream)
            .filter(other -> !other.equals(dose))
            .flatMap(PatientObjects::allFrames);
    Stream<String> ofImages =
        course.series().flatMap(series -> Stream.ofNullable(series.frameOfReferenceUid()));
    return Stream.concat(ofObjects, ofImages).noneMatch(frame::equals);
  }

  /** Whether only the folder links the planning CT to its course. */
  static boolean isLinkedByFolder(ImageSeries series, Course course) {
    return isLinkedByFolder(series.seriesUid(), course);
  }

  private static boolean isLinkedByFolder(String uid, Course course) {
    return course.links().stream()
        .anyMatch(link -> link.uid().equals(uid) && link.rule() == CourseLink.Rule.FOLDER);
  }
}
