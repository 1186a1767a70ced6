package org.rtpipeline.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.StorageLevel;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.organize.OutcomeRow;

/**
 * The pass over automatic structures, batch by batch while the segmentation goes on: the courses
 * that are finished when the batch before is done. What a batch makes depends on the folders of the
 * results and on nothing that the segmentation has in memory, so no course is segmented again for
 * it.
 */
final class AutomaticPass {

  private final JavaSparkContext context;
  private final DealtCourses courses;
  private final CpuSlots slots;
  private final Work work;

  /**
   * What is done with a course.
   *
   * @param data the data of courses
   * @param files what the segmentation wrote
   * @param stages the stages over its structures
   * @param onBug what an error of our own does
   */
  record Work(
      AutomaticData data,
      SegmentationFiles files,
      List<CourseStage<StageRows>> stages,
      OnBug onBug) {}

  /**
   * A pass.
   *
   * @param courses all of them
   * @param slots where its tasks run, beside those of other passes
   */
  AutomaticPass(DealtCourses courses, CpuSlots slots, Work work) {
    this.context = JavaSparkContext.fromSparkContext(courses.all().context());
    this.courses = courses;
    this.slots = slots;
    this.work = work;
  }

  /** The results of the segmentation and of the stages over it, all computed at the end. */
  JavaRDD<StageResult<StageRows>> results(FinishedCourses finished) throws InterruptedException {
    if (!work.stages().isEmpty()) {
      StageName last = work.stages().get(work.stages().size() - 1).name();
      context.setLocalProperty(StageMetricsListener.STAGE, last.name());
    }
    JavaRDD<StageResult<StageRows>> all = context.emptyRDD();
    for (List<Segmented> batch = finished.take(); !batch.isEmpty(); batch = finished.take()) {
      int taken = slots.take((int) batch.stream().map(Segmented::course).distinct().count());
      JavaRDD<StageResult<StageRows>> results =
          results(batch, taken).persist(StorageLevel.MEMORY_AND_DISK());
      slots.compute(results, taken);
      all = all.union(results);
    }
    return all;
  }

  private JavaRDD<StageResult<StageRows>> results(List<Segmented> batch, int partitions) {
    HashMap<CourseId, ArrayList<Segmented>> of = new HashMap<>();
    batch.forEach(one -> of.computeIfAbsent(one.course(), id -> new ArrayList<>()).add(one));
    return courses
        .some(of.keySet(), partitions)
        .mapPartitions(
            new Pass(of, work.data(), work.files(), List.copyOf(work.stages()), work.onBug()));
  }

  /** The courses of a partition: what was found of each, then the stages over it. */
  private record Pass(
      HashMap<CourseId, ArrayList<Segmented>> segmented,
      AutomaticData data,
      SegmentationFiles files,
      List<CourseStage<StageRows>> stages,
      OnBug onBug)
      implements FlatMapFunction<Iterator<Course>, StageResult<StageRows>> {

    @Override
    public Iterator<StageResult<StageRows>> call(Iterator<Course> courses) {
      return new Results(courses, this);
    }

    private List<Segmented> of(Course course) {
      ArrayList<Segmented> found = segmented.get(course.id());
      return found == null ? List.of() : found;
    }

    private StageResult<StageRows> result(Course course, Segmented one) {
      return new StageResult<>(
          course,
          StageName.SEGMENTATION,
          OutcomeRow.Structures.AUTOMATIC,
          one.stageKey(),
          outcome(course, one));
    }

    private Outcome<StageRows> outcome(Course course, Segmented one) {
      return switch (one.kind()) {
        case SKIPPED -> new Outcome.Skipped<>(course.id(), one.findings());
        case FAILED -> new Outcome.Failed<>(course.id(), one.findings());
        case DONE -> rows(course, one);
      };
    }

    private Outcome<StageRows> rows(Course course, Segmented one) {
      try {
        return files
            .reused(course, one.stageKey(), data.folder(course, one.stageKey()))
            .map(kept -> withNotes(kept, one))
            .orElseGet(() -> lost(course));
      } catch (IOException e) {
        throw new UncheckedIOException("the result of a segmentation cannot be read", e);
      }
    }

    private static Outcome<StageRows> withNotes(Outcome<StageRows> kept, Segmented one) {
      List<Finding> all =
          Stream.concat(kept.findings().stream(), one.findings().stream()).distinct().toList();
      return kept.fold(
          done -> new Outcome.Done<>(one.course(), done.value(), all),
          skipped -> skipped,
          failed -> failed);
    }

    private static Outcome<StageRows> lost(Course course) {
      return new Outcome.Failed<>(
          course.id(),
          List.of(
              new Finding(
                  Finding.Level.FAILED,
                  Finding.Code.UNREADABLE,
                  course.id().key(),
                  "the folder of the segmentation was removed while the run went on")));
    }
  }

  /** The results of one course after the other. */
  private static final class Results implements Iterator<StageResult<StageRows>> {
    private final Iterator<Course> courses;
    private final Pass pass;
    private Iterator<StageResult<StageRows>> now = List.<StageResult<StageRows>>of().iterator();
    private Iterator<StageResult<StageRows>> after = now;

    Results(Iterator<Course> courses, Pass pass) {
      this.courses = courses;
      this.pass = pass;
    }

    @Override
    public boolean hasNext() {
      if (!now.hasNext()) {
        now = after;
        after = List.<StageResult<StageRows>>of().iterator();
      }
      while (!now.hasNext() && courses.hasNext()) {
        begin(courses.next());
      }
      return now.hasNext();
    }

    private void begin(Course course) {
      List<StageResult<StageRows>> results = new ArrayList<>();
      List<Segmented> done = new ArrayList<>();
      for (Segmented one : pass.of(course)) {
        StageResult<StageRows> result = pass.result(course, one);
        results.add(result);
        if (result.kind() == Outcome.Kind.DONE) {
          done.add(one);
        }
      }
      now = results.iterator();
      if (!done.isEmpty()) {
        after =
            new OutcomeIterator<>(
                List.of(course).iterator(),
                pass.stages(),
                (PassData) one -> pass.data().of(one, done),
                pass.onBug());
      }
    }

    @Override
    public StageResult<StageRows> next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException("no course is left");
      }
      return now.next();
    }
  }
}
