package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.organize.PatientCourses;

/**
 * What a run would do here: stages and their width, and the courses of the input when there is one.
 *
 * @param parallelism the rule as it applies
 * @param stages asked for, in order
 * @param input what the input holds; null when only the rule was asked for
 */
public record RunPlan(Parallelism parallelism, List<StageName> stages, @Nullable Input input) {

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
  public static RunPlan ofRule(Parallelism parallelism, Set<StageName> stages) {
    return new RunPlan(parallelism, all(stages), null);
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
    JavaRDD<Course> courses =
        Courses.selected(patients, new CourseFilter(request.selection().courseGlob(), Set.of()));
    Map<CourseId, Long> costs = Courses.costs(courses);
    Input input =
        new Input(
            files.count(),
            costs.size(),
            CoursePartitioner.balanced(costs, parallelism.partitions()).heaviestShare(costs));
    files.unpersist();
    return new RunPlan(parallelism, all(request.stages()), input);
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
            "%-10s %-5s %10s %16s",
            "stage",
            "width",
            "partitions",
            "threads per task"));
    for (StageName stage : stages) {
      lines.add(line(stage.word(), stage.width()));
    }
    lines.add(line("gpu", StageName.Width.GPU));
    return lines;
  }

  private String line(String stage, StageName.Width width) {
    int partitions =
        width == StageName.Width.GPU ? parallelism.gpuSlots() : parallelism.partitions(width);
    return String.format(
        Locale.ROOT,
        "%-10s %-5s %10d %16d",
        stage,
        width,
        partitions,
        Parallelism.THREADS_PER_TASK);
  }

  /** The plan for a program. */
  public String json() {
    String each =
        stages.stream()
            .map(
                stage ->
                    String.format(
                        Locale.ROOT,
                        "{\"stage\":\"%s\",\"width\":\"%s\",\"partitions\":%d,\"threadsPerTask\":%d}",
                        stage.word(),
                        stage.width(),
                        parallelism.partitions(stage.width()),
                        Parallelism.THREADS_PER_TASK))
            .collect(Collectors.joining(","));
    String of =
        input == null
            ? ""
            : String.format(
                Locale.ROOT,
                "\"files\":%d,\"courses\":%d,\"heaviestShare\":%.3f,",
                input.files(),
                input.courses(),
                input.heaviestShare());
    return String.format(
        Locale.ROOT,
        "{\"executors\":%d,\"usableCores\":%d,\"partitions\":%d,\"ioPartitions\":%d,"
            + "\"gpuSlots\":%d,\"threadsPerGpuTask\":%d,%s\"stages\":[%s]}",
        parallelism.executors().size(),
        parallelism.usableCores(),
        parallelism.partitions(),
        parallelism.ioPartitions(),
        parallelism.gpuSlots(),
        Parallelism.THREADS_PER_TASK,
        of,
        each);
  }
}
