package org.rtpipeline.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Objects;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;

/**
 * Data of courses whose only structures are those that this run has found.
 *
 * @param source opens files, names regions
 * @param outputUri root of the output
 * @param stageKeys key of the segmentation of every course that has one
 */
record AutomaticData(
    CourseSource source,
    String outputUri,
    Broadcast<SerializableConfiguration> hadoop,
    Broadcast<HashMap<CourseId, String>> stageKeys)
    implements PassData {

  /** Whether a course has automatic structures. */
  boolean holds(Course course) {
    return stageKeys.value().containsKey(course.id());
  }

  @Override
  public CourseData of(Course course) {
    String stageKey = Objects.requireNonNull(stageKeys.value().get(course.id()));
    try {
      StageFolder folder =
          StageFolder.of(
              hadoop.value().value(), outputUri, course.id(), StageName.SEGMENTATION, stageKey);
      return CourseData.ofAutomatic(
          course,
          source,
          new CourseData.AutomaticSet(folder.uri(AutomaticFiles.STRUCTURE_SET), stageKey));
    } catch (IOException e) {
      throw new UncheckedIOException("the output has no such file system", e);
    }
  }
}
