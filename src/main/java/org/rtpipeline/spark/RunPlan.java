package org.rtpipeline.spark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.organize.PatientCourses;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.store.TableStore;

/**
 * What a run would do here: stages and their width, and the courses of the input when there is one.
 *
 * @param parallelism the rule as it applies
 * @param stages asked for, in order
 * @param segmentation how structures are found, which says how wide that stage is
 * @param input what the input holds; null when only the rule was asked for
 */
public record RunPlan(
    Parallelism parallelism,
    List<StageName> stages,
    SegmentationOptions segmentation,
    @Nullable Input input) {

  /**
   * What the input holds.
   *
   * @param files files seen
   * @param courses courses that would be computed
   * @param heaviestShare cost of the heaviest partition over the mean, 1 or more; 0 without courses
   */
  public record Input(long files, int courses, double heaviestShare) {}

  /** Copies the list. */
  public RunPlan {
    stages = List.copyOf(stages);
  }

  /** The plan without looking at any input. */
  public static RunPlan ofRule(
      Parallelism parallelism, Set<StageName> stages, SegmentationOptions segmentation) {
    return new RunPlan(parallelism, all(stages), segmentation, null);
  }

  /**
   * The plan for an input: reads headers and forms courses, runs no stage and writes nothing.
   *
   * @throws InputException when the input cannot be used at all
   */
  public static RunPlan of(SparkEngine engine, RunRequest request) throws InputException {
    Parallelism parallelism = engine.parallelism();
    JavaRDD<ScannedFile> files =
        ScanStage.scan(
            engine.context(),
            request.places().inputUri(),
            request.places().outputUri(),
            HadoopStreams.of(engine.context()),
            parallelism);
    files.cache();
    JavaRDD<PatientCourses> patients =
        Courses.organize(
            files.coalesce(parallelism.partitions()),
            request.keys(),
            request.organize(),
            parallelism.partitions());
    TableStore store =
        new TableStore(
            engine.context(),
            request.places().outputUri(),
            parallelism.partitions(),
            request.patientIds());
    JavaRDD<Course> courses =
        Courses.selected(patients, CourseFilter.of(request.selection(), store));
    RunPlan plan = of(request, parallelism, files.count(), courses);
    files.unpersist();
    return plan;
  }

  /**
   * The plan of a run that knows its courses already.
   *
   * @param files files seen
   */
  static RunPlan of(
      RunRequest request, Parallelism parallelism, long files, JavaRDD<Course> courses) {
    Map<CourseId, Long> costs = Courses.costs(courses);
    CoursePartitioner partitioner = CoursePartitioner.balanced(costs, parallelism.partitions());
    return new RunPlan(
        parallelism,
        all(request.stages()),
        request.segmentation(),
        new Input(files, costs.size(), partitioner.heaviestShare(costs)));
  }

  private static List<StageName> all(Set<StageName> asked) {
    Set<StageName> all = EnumSet.of(StageName.SCAN, StageName.ORGANIZE, StageName.COMMIT);
    all.addAll(asked);
    return List.copyOf(all);
  }

  /** The plan for a person, one line each. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(parallelism.summary());
    if (input != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%d file(s), %d course(s); heaviest partition %.2f of the mean",
              input.files(),
              input.courses(),
              input.heaviestShare()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%-12s %-5s %10s %16s",
            "stage",
            "width",
            "partitions",
            "threads per task"));
    for (StageName stage : stages) {
      lines.add(line(stage.word(), widthOf(stage), slots(stage)));
    }
    lines.add(line("gpu", word(StageName.Width.GPU), parallelism.gpuSlots()));
    return lines;
  }

  private static String line(String stage, String width, int partitions) {
    return String.format(
        Locale.ROOT,
        "%-12s %-5s %10d %16d",
        stage,
        width,
        partitions,
        Parallelism.THREADS_PER_TASK);
  }

  /** A segmentation on cores is as wide as its options say. */
  private String widthOf(StageName stage) {
    return stage == StageName.SEGMENTATION && segmentation.deviceKind() == Device.Kind.CPU
        ? word(StageName.Width.CPU)
        : word(stage.width());
  }

  private static String word(StageName.Width width) {
    return width.name().toLowerCase(Locale.ROOT);
  }

  private int slots(StageName stage) {
    return stage == StageName.SEGMENTATION
        ? parallelism.segmentationSlots(segmentation.deviceKind(), segmentation.cpuSlots())
        : parallelism.partitions(stage.width());
  }

  /** The plan for a program. */
  public String json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("executors", parallelism.executors().size())
        .put("cores", parallelism.cores())
        .put("usableCores", parallelism.usableCores())
        .put("partitions", parallelism.partitions())
        .put("ioPartitions", parallelism.ioPartitions())
        .put("gpuSlots", parallelism.gpuSlots())
        .put("threadsPerGpuTask", Parallelism.THREADS_PER_TASK);
    if (input != null) {
      node.put("files", input.files())
          .put("courses", input.courses())
          .put("heaviestShare", input.heaviestShare());
    }
    ArrayNode each = node.putArray("stages");
    stages.forEach(
        stage ->
            each.addObject()
                .put("stage", stage.word())
                .put("width", widthOf(stage))
                .put("partitions", slots(stage))
                .put("threadsPerTask", Parallelism.THREADS_PER_TASK));
    return node.toPrettyString() + "\n";
  }
}
