package org.rtpipeline.organize;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.InstanceHeader;

/**
 * Everything that became of the usable objects of one patient.
 *
 * @param courses in ascending order of key
 * @param leftOut objects in no course, in ascending order of SOP instance UID
 */
public record PatientCourses(List<Course> courses, List<LeftOut> leftOut) implements Serializable {

  /** Copies the lists. */
  public PatientCourses {
    courses = List.copyOf(courses);
    leftOut = List.copyOf(leftOut);
  }

  /** Objects in courses and left out, together. */
  public long objects() {
    return courses.stream().flatMap(PatientCourses::objectsOf).count() + leftOut.size();
  }

  /**
   * Every object of a course: structure sets, doses, plans, records, registrations, segmentations,
   * images.
   */
  public static Stream<InstanceHeader> objectsOf(Course course) {
    Course.Objects objects = course.objects();
    Stream<InstanceHeader> radiotherapy =
        Stream.of(
                objects.structureSets(),
                objects.doses(),
                objects.plans(),
                objects.records(),
                objects.registrations(),
                objects.segmentations())
            .flatMap(List::stream);
    return Stream.concat(radiotherapy, course.series().flatMap(s -> s.instances().stream()));
  }
}
