package org.rtpipeline.spark;

import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Spark jobs on a driver thread of their own, beside those of the run: the segmentation, in the
 * pool whose tasks get their slots first, and the pass over what it finds.
 *
 * @param <T> what comes out
 */
final class SideJob<T> implements AutoCloseable {

  private final JavaSparkContext context;
  private final String name;
  private final String group;
  private final FutureTask<T> task;
  private final Thread thread;

  private SideJob(JavaSparkContext context, String name, String group, FutureTask<T> task) {
    this.context = context;
    this.name = name;
    this.group = group;
    this.task = task;
    this.thread = new Thread(task, name);
  }

  /**
   * Starts it.
   *
   * @param name of the thread, and of the jobs for those who look at Spark
   * @param pool Spark's pool of the jobs
   * @param work runs the jobs; called on the new thread
   */
  static <T> SideJob<T> start(
      JavaSparkContext context, String name, String pool, Callable<T> work) {
    // Of its own, since a group that was cancelled takes no job any more.
    String group = name + "-" + UUID.randomUUID();
    Callable<T> inPool =
        () -> {
          // Tasks are interrupted when the job is cancelled: they end their workers at once.
          context.setJobGroup(group, name, true);
          context.setLocalProperty("spark.scheduler.pool", pool);
          return work.call();
        };
    SideJob<T> job = new SideJob<>(context, name, group, new FutureTask<>(inPool));
    job.thread.setDaemon(true);
    job.thread.start();
    return job;
  }

  /** What comes out, once all is done. */
  T await() {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait for the " + name + " was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the " + name + " failed", e.getCause());
    }
  }

  /** Ends it if it still runs. */
  @Override
  public void close() {
    if (!task.isDone()) {
      context.sc().cancelJobGroupAndFutureJobs(group);
      task.cancel(true);
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
