package org.rtpipeline.spark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.model.Course;
import org.rtpipeline.segmentation.SegmentationOptions;

/**
 * The segmentation of a run, and beside it the pass over manual structures and that over the
 * automatic ones of every course that is finished.
 */
final class SegmentationPass {

  /** What the driver says of jobs over automatic structures. */
  static final String AUTOMATIC = "automatic-structures";

  private final JavaSparkContext context;
  private final RunRequest request;
  private final List<SegmentationModel> models;
  private final SegmentationRun.Layout layout;
  private final int partitions;
  private final Broadcast<SerializableConfiguration> hadoop;

  private SegmentationPass(
      JavaSparkContext context,
      RunRequest request,
      List<SegmentationModel> models,
      SegmentationRun.Layout layout,
      int partitions) {
    this.context = context;
    this.request = request;
    this.models = models;
    this.layout = layout;
    this.partitions = partitions;
    this.hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
  }

  /**
   * The pass that a request asks for.
   *
   * @throws InputException when the back end lacks something here, a GPU for one
   */
  static SegmentationPass of(JavaSparkContext context, Parallelism parallelism, RunRequest request)
      throws InputException {
    SegmentationOptions options = request.segmentation();
    List<SegmentationModel> models = SegmentationBackEnds.models(options);
    return new SegmentationPass(
        context,
        request,
        models,
        parallelism.segmentation(context.getConf(), options.deviceKind(), options.cpuSlots()),
        parallelism.partitions());
  }

  /**
   * Results of the segmentation, of the pass that went on beside it, and of the pass over what was
   * found. All of them have been computed when this returns.
   *
   * @param manual results over manual structures, kept but not yet computed
   */
  JavaRDD<StageResult<StageRows>> beside(
      JavaRDD<Course> courses, JavaRDD<StageResult<StageRows>> manual, HadoopStreams streams) {
    DealtCourses dealt = DealtCourses.of(courses, Courses.costs(courses)).settled();
    CpuSlots slots = new CpuSlots(partitions);
    String output = request.places().outputUri();
    SegmentationFiles files = new AutomaticFiles(request.segmentation().output());
    SegmentationRun.Work work =
        new SegmentationRun.Work(
            models.stream()
                .map(model -> new SegmentationStage(model, files, output, hadoop))
                .toList(),
            streams,
            request.onBug());
    AutomaticPass pass =
        new AutomaticPass(
            dealt,
            slots,
            new AutomaticPass.Work(
                new AutomaticData(CourseSource.of(streams, request.structures()), output, hadoop),
                files,
                PassStages.ofAutomatic(request, hadoop),
                request.onBug()));
    FinishedCourses finished = new FinishedCourses();
    int taken = taken(slots, manual.getNumPartitions());
    try (SideJob<Integer> segmentation = segmentation(context, dealt, work, layout, finished);
        SideJob<JavaRDD<StageResult<StageRows>>> automatic = automatic(context, pass, finished)) {
      slots.compute(manual, taken);
      JavaRDD<StageResult<StageRows>> found = automatic.await();
      segmentation.await();
      return manual.union(found).coalesce(partitions);
    }
  }

  private static int taken(CpuSlots slots, int most) {
    try {
      return slots.take(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait for slots was interrupted", e);
    }
  }

  /** Starts the segmentation of courses; gives their number. */
  static SideJob<Integer> segmentation(
      JavaSparkContext context,
      DealtCourses courses,
      SegmentationRun.Work work,
      SegmentationRun.Layout layout,
      FinishedCourses finished) {
    return SideJob.start(
        context,
        StageName.SEGMENTATION.word(),
        SparkEngine.GPU_POOL,
        () -> {
          context.setLocalProperty(StageMetricsListener.STAGE, StageName.SEGMENTATION.name());
          try {
            SegmentationRun.run(courses, work, layout, finished::add);
          } finally {
            finished.end();
          }
          return courses.count();
        });
  }

  /** Starts the pass over what the segmentation finds. */
  static SideJob<JavaRDD<StageResult<StageRows>>> automatic(
      JavaSparkContext context, AutomaticPass pass, FinishedCourses finished) {
    return SideJob.start(context, AUTOMATIC, SparkEngine.CPU_POOL, () -> pass.results(finished));
  }
}
