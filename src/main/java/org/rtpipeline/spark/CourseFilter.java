package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rtpipeline.model.Course;

/**
 * Which courses of the input a run computes.
 *
 * @param glob of course key, label or patient ID: {@code *} stands for any text, {@code ?} for one
 *     character
 * @param finishedKeys keys of courses to leave out, since they are finished
 */
record CourseFilter(String glob, Set<String> finishedKeys) implements Serializable {

  /** Copies the set. */
  CourseFilter {
    finishedKeys = Set.copyOf(finishedKeys);
  }

  /** Whether a course is computed. */
  boolean includes(Course course) {
    return !finishedKeys.contains(course.id().key())
        && (matches(course.id().key()) || matches(course.label()) || matches(course.patientId()));
  }

  private boolean matches(String text) {
    String expression =
        glob.chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return Pattern.compile(expression, Pattern.DOTALL).matcher(text).matches();
  }
}
