package org.rtpipeline.spark;

import java.io.Serializable;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Outcome;

/**
 * One computation over one course. Safe to run twice: its result depends on the course, the bytes
 * of its objects and the options alone.
 *
 * @param <T> what a finished stage hands on
 */
public interface CourseStage<T extends Serializable> extends Serializable {

  /** The stage. */
  StageName name();

  /** Everything of the configuration that changes its numbers, as canonical JSON. */
  String configuration();

  /**
   * Whether all that costs is computed region by region through {@link CourseData#regions()}, and
   * nothing is written elsewhere: the regions of a heavy course are then computed side by side.
   */
  default boolean isPerRegion() {
    return false;
  }

  /**
   * What the stage makes of a course.
   *
   * @param data objects of the course, read on first use
   * @throws CourseDataException when the course's data cannot be used
   */
  Outcome<T> apply(Course course, CourseData data) throws CourseDataException;
}
