package org.rtpipeline.spark;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts courses while their tasks still run: finished tasks from their ends, running ones from the
 * heartbeats of the executors, which carry what each task has counted so far. For display only:
 * tasks that run twice count twice.
 */
final class ProgressListener extends SparkListener {

  static final String DONE = "rtpipeline.courses.done";
  static final String FAILED = "rtpipeline.courses.failed";

  private final Progress progress;
  private final AtomicInteger courses = new AtomicInteger();
  private final Map<Long, Counts> running = new ConcurrentHashMap<>();
  private final AtomicLong doneInEndedTasks = new AtomicLong();
  private final AtomicLong failedInEndedTasks = new AtomicLong();

  /** Courses that one task has counted. */
  private record Counts(long done, long failed) {}

  ProgressListener(Progress progress) {
    this.progress = progress;
  }

  /** Says that a pass over so many courses begins. */
  void start(int toDo) {
    courses.set(toDo);
    running.clear();
    doneInEndedTasks.set(0);
    failedInEndedTasks.set(0);
    show();
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(
            task -> running.put((Long) task._1(), counts(CollectionConverters.asJava(task._4()))));
    show();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    Counts counts = counts(CollectionConverters.asJava(end.taskInfo().accumulables()));
    doneInEndedTasks.addAndGet(counts.done());
    failedInEndedTasks.addAndGet(counts.failed());
    show();
  }

  private static Counts counts(Iterable<AccumulableInfo> accumulables) {
    long done = 0;
    long failed = 0;
    for (AccumulableInfo info : accumulables) {
      String name = text(info.name()).orElse("");
      if (name.equals(DONE)) {
        done += number(info.update());
      } else if (name.equals(FAILED)) {
        failed += number(info.update());
      }
    }
    return new Counts(done, failed);
  }

  private static Optional<String> text(Option<String> option) {
    return option.isDefined() ? Optional.of(option.get()) : Optional.empty();
  }

  private static long number(Option<Object> option) {
    return option.isDefined() && option.get() instanceof Number number ? number.longValue() : 0;
  }

  private void show() {
    int all = courses.get();
    if (all == 0) {
      return;
    }
    long done = doneInEndedTasks.get();
    long failed = failedInEndedTasks.get();
    for (Counts counts : running.values()) {
      done += counts.done();
      failed += counts.failed();
    }
    int left = (int) Math.max(0, all - done - failed);
    progress.show("courses", (int) done, (int) failed, left);
  }
}
