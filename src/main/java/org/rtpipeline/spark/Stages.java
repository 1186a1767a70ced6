package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.model.Course;

/** Runs stages over courses: one pass, in which every course is read once. */
public final class Stages {

  private Stages() {}

  /** The results of every stage for every course, course by course; nothing runs before asked. */
  public static <T extends Serializable> JavaRDD<StageResult<T>> run(
      JavaRDD<Course> courses,
      List<? extends CourseStage<T>> stages,
      StreamOpener streams,
      OnBug onBug) {
    return over(courses, stages, CourseSource.unnamed(streams), onBug);
  }

  /** The same on data that a source gives. */
  static <T extends Serializable> JavaRDD<StageResult<T>> over(
      JavaRDD<Course> courses, List<? extends CourseStage<T>> stages, PassData data, OnBug onBug) {
    return courses.mapPartitions(new Pass<T>(List.copyOf(stages), data, onBug));
  }

  /** One pass over the courses of a partition. */
  private record Pass<T extends Serializable>(
      List<? extends CourseStage<T>> stages, PassData data, OnBug onBug)
      implements FlatMapFunction<Iterator<Course>, StageResult<T>> {
    @Override
    public Iterator<StageResult<T>> call(Iterator<Course> courses) {
      return new OutcomeIterator<>(courses, stages, data, onBug);
    }
  }
}
