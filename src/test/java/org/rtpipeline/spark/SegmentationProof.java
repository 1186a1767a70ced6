package org.rtpipeline.spark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.EngineOptions;
import org.rtpipeline.config.Workers;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.ImageKind;
import org.rtpipeline.segmentation.OutputOptions;
import org.rtpipeline.segmentation.worker.Rung;
import org.rtpipeline.segmentation.worker.WorkerBackEnd;
import org.rtpipeline.segmentation.worker.WorkerLimits;
import org.rtpipeline.segmentation.worker.WorkerModel;
import org.rtpipeline.segmentation.worker.WorkerOptions;
import org.rtpipeline.segmentation.worker.WorkerPool;

/**
 * Scan, organize, then the segmentation stage beside the pass over manual structures, as in a run,
 * and a JSON file of who ran when. Tests and {@code docs/benchmarks/gpu} start it through
 * spark-submit; it needs no tables, so a Spark of few jars is enough.
 */
public final class SegmentationProof {

  private static final int COURSES = 12;
  private static final int KILLED = 137;

  private SegmentationProof() {}

  /**
   * Runs it.
   *
   * @param arguments input folder, made when it is absent; output folder, path of the plug-in, then
   *     the worker's command
   */
  public static void main(String[] arguments) throws Exception {
    Path output = Files.createDirectories(Path.of(arguments[1]));
    List<String> command = List.of(arguments).subList(3, arguments.length);
    EngineOptions options =
        new EngineOptions(
            Workers.auto(), EngineOptions.OnBug.RECORD, 30, EngineOptions.Ui.OFF, gpus());
    Path input = Path.of(arguments[0]);
    if (Files.notExists(input)) {
      Phantoms.write(input, COURSES);
    }
    try (SparkEngine engine = SparkEngine.start(options)) {
      ObjectNode report = run(engine, input, output, backEnd(arguments[2], command));
      Files.writeString(
          output.resolve("proof.json"), report.toPrettyString(), StandardCharsets.UTF_8);
    }
    WorkerPool.ofThisJvm().retireAll();
  }

  private static String gpus() {
    return System.getProperty("rtpipeline.proof.gpus", "none");
  }

  private static WorkerBackEnd backEnd(String plugin, List<String> command) {
    WorkerLimits limits =
        new WorkerLimits(
            Duration.ofSeconds(120),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofSeconds(300),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            200,
            4);
    return new WorkerBackEnd(
        new WorkerOptions(
            command,
            Device.Kind.GPU,
            WorkerModel.plugin(plugin),
            limits,
            1,
            List.of(Rung.RETRY),
            "",
            ""));
  }

  private static ObjectNode run(SparkEngine engine, Path input, Path output, WorkerBackEnd backEnd)
      throws Exception {
    JavaSparkContext context = engine.context();
    Parallelism parallelism = engine.parallelism();
    TaskTimes times = new TaskTimes();
    context.sc().addSparkListener(times);
    HadoopStreams streams = HadoopStreams.of(context);
    JavaRDD<Course> courses = courses(context, input, output, streams, parallelism);
    DealtCourses dealt = DealtCourses.of(courses, Courses.costs(courses)).settled();
    CpuSlots slots = new CpuSlots(parallelism.partitions());
    SparkConf conf = context.getConf();
    SegmentationRun.Layout layout = parallelism.segmentation(conf, Device.Kind.GPU, 1);
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    String outputUri = output.toUri().toString();
    SegmentationFiles files = new AutomaticFiles(OutputOptions.STANDARD);
    SegmentationRun.Work work =
        new SegmentationRun.Work(
            List.of(
                new SegmentationStage(
                    SegmentationModel.first(ImageKind.CT, backEnd), files, outputUri, hadoop)),
            streams,
            EngineOptions.OnBug.RECORD);
    List<CourseStage<StageRows>> stages = List.of(new DvhStage(DvhRequest.STANDARD));
    AutomaticPass pass =
        new AutomaticPass(
            dealt,
            slots,
            new AutomaticPass.Work(
                new AutomaticData(CourseSource.unnamed(streams), outputUri, hadoop),
                files,
                ofAutomatic(stages),
                EngineOptions.OnBug.RECORD));
    FinishedCourses finished = new FinishedCourses();
    long start = System.currentTimeMillis();
    JavaRDD<StageResult<StageRows>> found;
    JavaRDD<StageResult<StageRows>> manual =
        Stages.run(courses, stages, streams, EngineOptions.OnBug.RECORD);
    int taken = slots.take(manual.getNumPartitions());
    try (SideJob<Integer> segmentation =
            SegmentationPass.segmentation(context, dealt, work, layout, finished);
        SideJob<JavaRDD<StageResult<StageRows>>> automatic =
            SegmentationPass.automatic(context, pass, finished)) {
      context.setLocalProperty(StageMetricsListener.STAGE, StageName.DVH.name());
      slots.compute(manual, taken);
      found = automatic.await();
      segmentation.await();
    }
    long end = System.currentTimeMillis();
    context.sc().listenerBus().waitUntilEmpty();
    return report(found.collect(), times, start, end, parallelism);
  }

  /** The stages, of which the first ends its executor once, where that is asked for. */
  private static List<CourseStage<StageRows>> ofAutomatic(List<CourseStage<StageRows>> stages) {
    String marker = System.getProperty("spark.rtpipeline.proof.kill", "");
    return marker.isEmpty() ? stages : List.of(new EndingOnce(stages.get(0), marker));
  }

  /** A stage that ends the executor it runs on, the first time only. */
  private record EndingOnce(CourseStage<StageRows> stage, String marker)
      implements CourseStage<StageRows> {
    @Override
    public StageName name() {
      return stage.name();
    }

    @Override
    public String configuration() {
      return stage.configuration();
    }

    @Override
    public Outcome<StageRows> apply(Course course, CourseData data) throws CourseDataException {
      try {
        Files.createFile(Path.of(marker));
        Runtime.getRuntime().halt(KILLED);
      } catch (FileAlreadyExistsException done) {
        return stage.apply(course, data);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      throw new IllegalStateException("the executor goes on");
    }
  }

  private static JavaRDD<Course> courses(
      JavaSparkContext context,
      Path input,
      Path output,
      HadoopStreams streams,
      Parallelism parallelism)
      throws InputException {
    JavaRDD<Course> courses =
        Courses.organize(
                ScanStage.scan(
                    context,
                    input.toUri().toString(),
                    output.toUri().toString(),
                    streams,
                    parallelism),
                Runs.keys(),
                OrganizeOptions.standard(),
                parallelism.partitions())
            .flatMap(patient -> patient.courses().iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    CoursePartitioner partitioner =
        CoursePartitioner.balanced(Courses.costs(courses), parallelism.partitions());
    return Courses.partitioned(courses, partitioner).persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static ObjectNode report(
      List<StageResult<StageRows>> results,
      TaskTimes times,
      long start,
      long end,
      Parallelism parallelism)
      throws TimeoutException {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("startMillis", start).put("endMillis", end).put("gpuSlots", parallelism.gpuSlots());
    ArrayNode courses = report.putArray("courses");
    ArrayNode automatic = report.putArray("automatic");
    for (StageResult<StageRows> result : results) {
      ObjectNode course =
          (result.stage() == StageName.SEGMENTATION ? courses : automatic).addObject();
      course.put("course", result.course().id().key()).put("outcome", result.kind().name());
      ArrayNode findings = course.putArray("findings");
      result.outcome().findings().forEach(f -> findings.add(f.code() + ": " + f.message()));
    }
    ArrayNode tasks = report.putArray("tasks");
    synchronized (times) {
      times.tasks.forEach(
          task ->
              tasks
                  .addObject()
                  .put("stage", task.stage())
                  .put("job", task.job())
                  .put("startMillis", task.startMillis())
                  .put("endMillis", task.endMillis())
                  .put("ranMillis", task.ranMillis())
                  .put("executor", task.executor())
                  .put("ok", task.ok()));
    }
    return report;
  }

  /** A task; the driver hears of its end later than its core is free again. */
  private record Task(
      String stage,
      String job,
      long startMillis,
      long endMillis,
      long ranMillis,
      String executor,
      boolean ok) {}

  /** When tasks of named stages ran, as the driver was told. */
  private static final class TaskTimes extends SparkListener {
    private final Map<Integer, Properties> of = new HashMap<>();
    private final List<Task> tasks = new ArrayList<>();

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      Properties properties = submitted.properties();
      of.put(submitted.stageInfo().stageId(), properties == null ? new Properties() : properties);
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
      tasks.add(
          new Task(
              said(end.stageId(), StageMetricsListener.STAGE),
              said(end.stageId(), "spark.job.description"),
              end.taskInfo().launchTime(),
              end.taskInfo().finishTime(),
              ranMillis(end.taskMetrics()),
              end.taskInfo().executorId(),
              end.taskInfo().successful()));
    }

    private static long ranMillis(@Nullable TaskMetrics metrics) {
      return metrics == null
          ? 0
          : metrics.executorDeserializeTime()
              + metrics.executorRunTime()
              + metrics.resultSerializationTime();
    }

    private String said(int stage, String property) {
      return of.getOrDefault(stage, new Properties()).getProperty(property, "");
    }
  }

  /** Writes the digest of the labels and nothing else. */
  static final class DigestFiles implements SegmentationFiles {
    private static final long serialVersionUID = 1L;

    @Override
    public String configuration() {
      return "\"digest\"";
    }

    @Override
    public Outcome<StageRows> written(Made made, StageFolder folder, long attempt)
        throws IOException {
      String digest = digest(made.labels());
      StageFolder.Draft draft = folder.draft(attempt);
      draft.finish(out -> out.write(digest.getBytes(StandardCharsets.UTF_8)));
      return new Outcome.Done<>(made.course().id(), new StageRows(List.of()), made.findings());
    }

    private static String digest(LabelMap labels) {
      MessageDigest digest = DigestingStreams.sha256();
      for (LabelMap.Layer layer : labels.layers()) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * layer.labels().length);
        bytes.asShortBuffer().put(layer.labels());
        digest.update(bytes.array());
      }
      return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public Optional<Outcome<StageRows>> reused(Course course, String stageKey, StageFolder folder)
        throws IOException {
      return folder
          .read(StageFolder.MANIFEST)
          .map(text -> new Outcome.Done<>(course.id(), new StageRows(List.of()), List.of()));
    }
  }
}
