package org.rtpipeline.spark;

import java.io.Serializable;
import org.rtpipeline.model.Course;

/** Gives a pass the data of a course. */
@FunctionalInterface
interface PassData extends Serializable {

  /** Data of one course, not yet read. */
  CourseData of(Course course);
}
