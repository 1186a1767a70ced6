package org.rtpipeline.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.segmentation.SegmentationBackEnd;
import org.rtpipeline.segmentation.SegmentationOptions;
import scala.Tuple2;

/**
 * The segmentation of a run beside its pass over manual structures, and then the pass over the
 * automatic ones.
 */
final class SegmentationPass {

  private final JavaSparkContext context;
  private final RunRequest request;
  private final SegmentationBackEnd backEnd;
  private final SegmentationRun.Layout layout;
  private final Broadcast<SerializableConfiguration> hadoop;

  private SegmentationPass(
      JavaSparkContext context,
      RunRequest request,
      SegmentationBackEnd backEnd,
      SegmentationRun.Layout layout) {
    this.context = context;
    this.request = request;
    this.backEnd = backEnd;
    this.layout = layout;
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
    SegmentationBackEnd backEnd = SegmentationBackEnds.of(options);
    return new SegmentationPass(
        context,
        request,
        backEnd,
        parallelism.segmentation(context.getConf(), backEnd.deviceKind(), options.cpuSlots()));
  }

  /**
   * Results of the segmentation, of the pass that went on beside it, and of the pass over what was
   * found. All of them have been computed when this returns.
   *
   * @param manual results over manual structures, kept but not yet computed
   */
  JavaRDD<StageResult<StageRows>> beside(
      JavaRDD<Course> courses, JavaRDD<StageResult<StageRows>> manual, HadoopStreams streams) {
    Map<CourseId, Long> costs = Courses.costs(courses);
    SegmentationOptions options = request.segmentation();
    SegmentationStage stage =
        new SegmentationStage(
            backEnd, new AutomaticFiles(options.output()), request.places().outputUri(), hadoop);
    JavaRDD<StageResult<StageRows>> segmented;
    try (SegmentationJob job =
        SegmentationJob.start(
            context,
            () -> SegmentationRun.of(courses, costs, stage, layout, streams, request.onBug()))) {
      manual.count();
      segmented = job.await();
    }
    return manual.union(segmented).union(automatic(courses, segmented, streams));
  }

  private JavaRDD<StageResult<StageRows>> automatic(
      JavaRDD<Course> courses, JavaRDD<StageResult<StageRows>> segmented, HadoopStreams streams) {
    HashMap<CourseId, String> keys =
        new HashMap<>(
            segmented
                .filter(result -> result.kind() == Outcome.Kind.DONE)
                .mapToPair(result -> new Tuple2<>(result.course().id(), result.stageKey()))
                .collectAsMap());
    AutomaticData data =
        new AutomaticData(
            new CourseSource(streams, request.structures().names()),
            request.places().outputUri(), hadoop, context.broadcast(keys));
    List<CourseStage<StageRows>> stages = PassStages.ofAutomatic(request, hadoop);
    return Stages.over(courses.filter(data::holds), stages, data, request.onBug())
        .persist(StorageLevel.MEMORY_AND_DISK());
  }
}
