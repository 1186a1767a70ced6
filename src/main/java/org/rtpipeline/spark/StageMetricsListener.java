package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Measures how the parts of a run use the machine, from what Spark says of its tasks. */
final class StageMetricsListener extends SparkListener {

  /** Local property of a driver thread: the part of the run that its jobs belong to. */
  static final String STAGE = "rtpipeline.stage";

  private final Map<Integer, StageName> stageOf = new HashMap<>();
  private final Map<StageName, Use> uses = new EnumMap<>(StageName.class);
  private int running;
  private int mostAtOnce;

  /** What one part has used so far. */
  private static final class Use {
    private int partitions;
    private int running;
    private int mostAtOnce;
    private long taskMillis;
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis;
  }

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
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    running++;
    mostAtOnce = Math.max(mostAtOnce, running);
    StageName stage = stageOf.get(start.stageId());
    if (stage != null) {
      Use use = uses.computeIfAbsent(stage, s -> new Use());
      use.running++;
      use.mostAtOnce = Math.max(use.mostAtOnce, use.running);
      use.firstMillis = Math.min(use.firstMillis, start.taskInfo().launchTime());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    running--;
    StageName stage = stageOf.get(end.stageId());
    if (stage != null) {
      Use use = uses.computeIfAbsent(stage, s -> new Use());
      use.running--;
      use.taskMillis += end.taskInfo().duration();
      use.lastMillis = Math.max(use.lastMillis, end.taskInfo().finishTime());
    }
  }

  /** Most tasks of any kind that ran at the same time. */
  synchronized int tasksAtOnce() {
    return mostAtOnce;
  }

  /** The use of every part that ran, in the order of the parts. */
  synchronized List<StageUse> uses(Parallelism parallelism) {
    List<StageUse> all = new ArrayList<>();
    uses.forEach(
        (stage, use) -> {
          long wallMillis = Math.max(1, use.lastMillis - use.firstMillis);
          int slots = parallelism.partitions(stage.width());
          all.add(
              new StageUse(
                  stage,
                  use.partitions,
                  use.mostAtOnce,
                  Math.min(1, (double) use.taskMillis / wallMillis / slots),
                  wallMillis / 1000.0));
        });
    return all;
  }
}
