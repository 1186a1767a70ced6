package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;

/**
 * The results of all stages for all courses of a partition, computed one by one when asked for. The
 * data of a course is shared by its stages and dropped with the last of them.
 *
 * <p>A course whose data cannot be used, or that meets an error of our own, has an outcome that
 * says so; its neighbours never notice. Memory, class loading and Spark itself are not caught.
 */
final class OutcomeIterator<T extends Serializable> implements Iterator<StageResult<T>> {

  private final Iterator<Course> courses;
  private final List<? extends CourseStage<T>> stages;
  private final PassData source;
  private final OnBug onBug;
  private Iterator<? extends CourseStage<T>> stagesLeft = List.<CourseStage<T>>of().iterator();
  private @Nullable Course course;
  private @Nullable CourseData data;

  OutcomeIterator(
      Iterator<Course> courses,
      List<? extends CourseStage<T>> stages,
      StreamOpener streams,
      OnBug onBug) {
    this(courses, stages, CourseSource.unnamed(streams), onBug);
  }

  OutcomeIterator(
      Iterator<Course> courses,
      List<? extends CourseStage<T>> stages,
      PassData source,
      OnBug onBug) {
    this.courses = courses;
    this.stages = stages;
    this.source = source;
    this.onBug = onBug;
  }

  @Override
  public boolean hasNext() {
    return stagesLeft.hasNext() || (!stages.isEmpty() && courses.hasNext());
  }

  @Override
  public StageResult<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no course is left");
    }
    if (!stagesLeft.hasNext()) {
      Course next = courses.next();
      course = next;
      data = source.of(next);
      stagesLeft = stages.iterator();
    }
    CourseStage<T> stage = stagesLeft.next();
    if (course == null || data == null) {
      throw new IllegalStateException("a stage has no course");
    }
    StageResult<T> result = result(course, data, stage);
    if (!stagesLeft.hasNext()) {
      data = null;
    }
    return result;
  }

  private StageResult<T> result(Course of, CourseData from, CourseStage<T> stage) {
    from.startStage();
    Outcome<T> outcome = outcome(of, from, stage);
    return new StageResult<>(of, stage.name(), from.ofStructures(), from.stageKey(stage), outcome);
  }

  // The one place where an error of our own becomes an outcome: one course never stops the others.
  @SuppressWarnings("checkstyle:illegalcatch")
  private Outcome<T> outcome(Course of, CourseData from, CourseStage<T> stage) {
    List<Finding> blocking =
        of.findings().stream().filter(f -> f.level() == Finding.Level.SKIP_COURSE).toList();
    if (!blocking.isEmpty()) {
      return new Outcome.Skipped<>(of.id(), blocking);
    }
    try {
      return stage.apply(of, from);
    } catch (CourseDataException e) {
      return e.finding().level() == Finding.Level.FAILED
          ? new Outcome.Failed<>(of.id(), List.of(e.finding()))
          : new Outcome.Skipped<>(of.id(), List.of(e.finding()));
    } catch (RuntimeException e) {
      if (onBug == OnBug.STOP) {
        throw e;
      }
      return new Outcome.Failed<>(of.id(), List.of(bug(of.id().key(), stage.name(), e)));
    }
  }

  /** The error without its text, which may hold values of the data: class and place. */
  static Finding bug(String subject, StageName stage, RuntimeException e) {
    StackTraceElement[] stack = e.getStackTrace();
    String place = stack.length == 0 ? "unknown place" : stack[0].toString();
    return new Finding(
        Finding.Level.FAILED,
        Finding.Code.INTERNAL_ERROR,
        subject,
        "stage " + stage.word() + ": " + e.getClass().getName() + " at " + place);
  }
}
