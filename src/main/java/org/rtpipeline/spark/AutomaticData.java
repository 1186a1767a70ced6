package org.rtpipeline.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.model.Course;

/**
 * Data of courses whose only structures are those that this run has found.
 *
 * @param streams opens files
 * @param outputUri root of the output
 */
record AutomaticData(
    StreamOpener streams, String outputUri, Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  /** The folder of a segmentation. */
  StageFolder folder(Course course, String stageKey) {
    try {
      return StageFolder.of(
          hadoop.value().value(), outputUri, course.id(), StageName.SEGMENTATION, stageKey);
    } catch (IOException e) {
      throw new UncheckedIOException("the output has no such file system", e);
    }
  }

  /**
   * The data of a course.
   *
   * @param found its segmentations that are done
   */
  CourseData of(Course course, List<Segmented> found) {
    return CourseData.ofAutomatic(
        course,
        streams,
        found.stream()
            .map(
                one ->
                    new CourseData.AutomaticSet(
                        one.target(),
                        folder(course, one.stageKey()).uri(one.target().structureSet()),
                        one.stageKey()))
            .toList());
  }
}
