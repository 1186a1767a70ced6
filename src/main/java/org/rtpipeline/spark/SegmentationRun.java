package org.rtpipeline.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;

/**
 * Lays courses out for segmentation: with GPUs one task for each address, one course in each task,
 * the dearest first; where the driver is the executor as many partitions as GPUs; without a GPU as
 * many as the job allows.
 */
final class SegmentationRun {

  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";

  private SegmentationRun() {}

  /**
   * The results of the stage; nothing runs before asked.
   *
   * @param costs estimated cost of every course
   */
  static JavaRDD<StageResult<StageRows>> of(
      JavaRDD<Course> courses,
      Map<CourseId, Long> costs,
      SegmentationStage stage,
      Layout layout,
      StreamOpener streams,
      OnBug onBug) {
    CoursePartitioner partitioner =
        CoursePartitioner.balanced(costs, layout.partitions(costs.size()));
    JavaRDD<Course> dealt = Courses.partitioned(courses, partitioner);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(courses.context());
    JavaRDD<Course> placed =
        layout.devices().source() == TaskDevices.Source.SPARK
            ? dealt.map(course -> course).withResources(profile(context.getConf()))
            : dealt;
    return placed.mapPartitions(
        new Pass(stage, layout.devices(), streams, onBug, tries(context, layout)));
  }

  /**
   * How wide the stage is and where its devices come from.
   *
   * @param devices where tasks have their devices from
   * @param width tasks at once
   * @param executors where else a task may go whose device does not work
   */
  record Layout(TaskDevices devices, int width, int executors) {

    /** One course for each partition where Spark deals them out, else one partition a device. */
    int partitions(int courses) {
      return Math.max(
          1, devices.source() == TaskDevices.Source.SPARK ? courses : Math.min(width, courses));
    }
  }

  /** One GPU for a task. With executors that come and go, Spark must also know what to ask for. */
  private static ResourceProfile profile(SparkConf conf) {
    ResourceProfileBuilder builder =
        new ResourceProfileBuilder()
            .require(new TaskResourceRequests().cpus(1).resource(TaskDevice.GPU, 1));
    if (conf.getBoolean(DYNAMIC, false)) {
      builder.require(
          new ExecutorResourceRequests()
              .cores(conf.getInt("spark.executor.cores", 1))
              .memory(conf.get("spark.executor.memory", "1g"))
              .resource(
                  TaskDevice.GPU,
                  conf.getInt(EXECUTOR_GPUS, 1),
                  conf.get("spark.executor.resource.gpu.discoveryScript", ""),
                  conf.get("spark.executor.resource.gpu.vendor", "")));
    }
    return builder.build();
  }

  /** A task fails at most once on an executor, so the last executor must answer. */
  private static int tries(JavaSparkContext context, Layout layout) {
    return Math.min(layout.executors(), context.getConf().getInt("spark.task.maxFailures", 4));
  }

  /** One task: its device, and the courses of its partition. */
  private record Pass(
      SegmentationStage stage, TaskDevices devices, StreamOpener streams, OnBug onBug, int tries)
      implements FlatMapFunction<Iterator<Course>, StageResult<StageRows>> {

    @Override
    public Iterator<StageResult<StageRows>> call(Iterator<Course> courses) {
      TaskContext context = TaskContext.get();
      TaskDevice device = TaskDevice.of(devices, context);
      boolean mayGoElsewhere = context.attemptNumber() + 1 < tries;
      Iterator<StageResult<StageRows>> results =
          new OutcomeIterator<>(courses, List.of(stage.on(device)), streams, onBug);
      return mayGoElsewhere ? new WithoutSickDevices(results) : results;
    }
  }

  /**
   * Results of a task whose device works. One that does not is an error of the task: Spark tries
   * the course on another executor, and leaves out this one.
   */
  private record WithoutSickDevices(Iterator<StageResult<StageRows>> results)
      implements Iterator<StageResult<StageRows>> {

    @Override
    public boolean hasNext() {
      return results.hasNext();
    }

    @Override
    public StageResult<StageRows> next() {
      StageResult<StageRows> result = results.next();
      for (Finding finding : result.outcome().findings()) {
        if (finding.code() == Finding.Code.GPU_UNAVAILABLE) {
          throw new IllegalStateException(
              "the GPU of the task does not work: " + finding.message());
        }
      }
      return result;
    }
  }
}
