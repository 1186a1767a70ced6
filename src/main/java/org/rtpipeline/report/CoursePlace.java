package org.rtpipeline.report;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Names of a course, in the order in which the report shows courses.
 *
 * @param patientId as the tables hold it; blank when dropped
 * @param label year and month
 * @param key pseudonymous key
 */
record CoursePlace(String patientId, String label, String key)
    implements Comparable<CoursePlace>, Serializable {

  private static final Comparator<CoursePlace> ORDER =
      Comparator.comparing(CoursePlace::patientId)
          .thenComparing(CoursePlace::label)
          .thenComparing(CoursePlace::key);

  @Override
  public int compareTo(CoursePlace other) {
    return ORDER.compare(this, other);
  }

  /** What a person calls the course. */
  public String title() {
    String patient = patientId.isBlank() ? "Course " + key : patientId;
    return label.isBlank() ? patient : patient + " · " + label;
  }
}
