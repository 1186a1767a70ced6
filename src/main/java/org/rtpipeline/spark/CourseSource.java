package org.rtpipeline.spark;

import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.model.Course;
import org.rtpipeline.structures.NameMaps;

/**
 * Where the data of courses come from.
 *
 * @param streams opens files
 * @param names standard names of regions
 */
record CourseSource(StreamOpener streams, NameMaps names) implements PassData {

  /** Files alone: no region has a standard name. */
  static CourseSource unnamed(StreamOpener streams) {
    return new CourseSource(streams, NameMaps.NONE);
  }

  @Override
  public CourseData of(Course course) {
    return new CourseData(course, this);
  }
}
