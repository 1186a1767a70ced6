package org.rtpipeline.spark;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * The segmentation of a run on a driver thread of its own, in the pool whose tasks get their slots
 * first, while the pass over what needs none goes on beside it.
 */
final class SegmentationJob implements AutoCloseable {

  private static final String GROUP = "rtpipeline-segmentation";

  private final JavaSparkContext context;
  private final FutureTask<JavaRDD<StageResult<StageRows>>> task;
  private final Thread thread;

  private SegmentationJob(
      JavaSparkContext context, FutureTask<JavaRDD<StageResult<StageRows>>> task) {
    this.context = context;
    this.task = task;
    this.thread = new Thread(task, "segmentation");
  }

  /**
   * Starts it.
   *
   * @param results lays the stage out; asked on the new thread
   */
  static SegmentationJob start(
      JavaSparkContext context, Supplier<JavaRDD<StageResult<StageRows>>> results) {
    SegmentationJob job =
        new SegmentationJob(context, new FutureTask<>(() -> computed(context, results)));
    job.thread.setDaemon(true);
    job.thread.start();
    return job;
  }

  private static JavaRDD<StageResult<StageRows>> computed(
      JavaSparkContext context, Supplier<JavaRDD<StageResult<StageRows>>> results) {
    // Tasks are interrupted when the job is cancelled: they end their workers at once.
    context.setJobGroup(GROUP, StageName.SEGMENTATION.word(), true);
    context.setLocalProperty("spark.scheduler.pool", SparkEngine.GPU_POOL);
    context.setLocalProperty(StageMetricsListener.STAGE, StageName.SEGMENTATION.name());
    JavaRDD<StageResult<StageRows>> all = results.get().persist(StorageLevel.MEMORY_AND_DISK());
    all.count();
    return all;
  }

  /** The results of all courses, once all are there. */
  JavaRDD<StageResult<StageRows>> await() {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait for the segmentation was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the segmentation failed", e.getCause());
    }
  }

  /** Ends the segmentation if it still runs. */
  @Override
  public void close() {
    if (!task.isDone()) {
      context.sc().cancelJobGroup(GROUP);
      task.cancel(true);
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
