package org.rtpipeline.spark;

import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.model.Course;
import org.rtpipeline.structures.NameMaps;
import org.rtpipeline.structures.StructureRequest;

/**
 * Where the data of courses come from.
 *
 * @param streams opens files
 * @param names standard names of regions
 * @param fractionThreshold share of the largest value from which a voxel of a FRACTIONAL
 *     segmentation is inside
 */
record CourseSource(StreamOpener streams, NameMaps names, double fractionThreshold)
    implements PassData {

  /** Files, with what is asked of their structures. */
  static CourseSource of(StreamOpener streams, StructureRequest request) {
    return new CourseSource(streams, request.names(), request.fractionThreshold());
  }

  /** Files alone: no region has a standard name. */
  static CourseSource unnamed(StreamOpener streams) {
    return of(streams, StructureRequest.NONE);
  }

  @Override
  public CourseData of(Course course) {
    return new CourseData(course, this);
  }
}
