package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;

/**
 * Measures how the parts of a run use the machine, from what Spark says of its tasks.
 *
 * <p>Spark tells the driver of the end of a task after it has given its slot to the next one. So
 * tasks are not counted as their events come: each has the time from its launch for as long as its
 * executor says that it ran.
 */
final class StageMetricsListener extends SparkListener {

  /** Local property of a driver thread: the part of the run that its jobs belong to. */
  static final String STAGE = "rtpipeline.stage";

  private final Map<Integer, StageName> stageOf = new HashMap<>();
  private final Map<StageName, Use> uses = new EnumMap<>(StageName.class);

  /** What one part has used so far. */
  private static final class Use {
    private int partitions;
    private final List<Span> tasks = new ArrayList<>();
  }

  /** The time in which a task held a slot. */
  private record Span(long startMillis, long endMillis) {
    long millis() {
      return endMillis - startMillis;
    }
  }

  /** The start or the end of a task. */
  private record Change(long millis, int tasks) {}

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    Properties properties = submitted.properties();
    String name = properties == null ? null : properties.getProperty(STAGE);
    if (name != null) {
      StageName stage = StageName.valueOf(name);
      stageOf.put(submitted.stageInfo().stageId(), stage);
      Use use = uses.computeIfAbsent(stage, s -> new Use());
      use.partitions = Math.max(use.partitions, submitted.stageInfo().numTasks());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    StageName stage = stageOf.get(end.stageId());
    if (stage != null) {
      long start = end.taskInfo().launchTime();
      uses.computeIfAbsent(stage, s -> new Use())
          .tasks
          .add(new Span(start, Math.max(start + 1, start + ranMillis(end))));
    }
  }

  private static long ranMillis(SparkListenerTaskEnd end) {
    @Nullable TaskMetrics metrics = end.taskMetrics();
    return metrics == null
        ? end.taskInfo().duration()
        : metrics.executorDeserializeTime()
            + metrics.executorRunTime()
            + metrics.resultSerializationTime();
  }

  /** Most tasks of any part that ran at the same time. */
  synchronized int tasksAtOnce() {
    return atOnce(uses.values().stream().flatMap(use -> use.tasks.stream()));
  }

  /** The use of every part that ran, in the order of the parts. */
  synchronized List<StageUse> uses(Parallelism parallelism) {
    List<StageUse> all = new ArrayList<>();
    uses.forEach((stage, use) -> all.add(use(stage, use, parallelism)));
    return all;
  }

  private static StageUse use(StageName stage, Use use, Parallelism parallelism) {
    long first = use.tasks.stream().mapToLong(Span::startMillis).min().orElse(0);
    long last = use.tasks.stream().mapToLong(Span::endMillis).max().orElse(0);
    long wallMillis = Math.max(1, last - first);
    long taskMillis = use.tasks.stream().mapToLong(Span::millis).sum();
    int slots = parallelism.partitions(stage.width());
    return new StageUse(
        stage,
        use.partitions,
        atOnce(use.tasks.stream()),
        Math.min(1, (double) taskMillis / wallMillis / slots),
        wallMillis / 1000.0);
  }

  /** A task that starts in the millisecond in which another ends runs after it. */
  private static int atOnce(Stream<Span> tasks) {
    List<Change> changes =
        tasks
            .flatMap(
                task ->
                    Stream.of(new Change(task.startMillis(), 1), new Change(task.endMillis(), -1)))
            .sorted(Comparator.comparingLong(Change::millis).thenComparingInt(Change::tasks))
            .toList();
    int most = 0;
    int now = 0;
    for (Change change : changes) {
      now += change.tasks();
      most = Math.max(most, now);
    }
    return most;
  }
}
