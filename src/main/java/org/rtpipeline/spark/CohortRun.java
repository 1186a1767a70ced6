package org.rtpipeline.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.config.Selection;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.ProductVersion;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;
import org.rtpipeline.organize.PatientCourses;
import org.rtpipeline.report.ExportSummary;
import org.rtpipeline.report.Exports;
import org.rtpipeline.store.OutputHeldException;
import org.rtpipeline.store.OutputLock;
import org.rtpipeline.store.TableChange;
import org.rtpipeline.store.TableStore;

/**
 * One whole run: files to courses, one pass of the asked stages over the courses, the tables in one
 * transaction each, the copies that people open.
 */
public final class CohortRun {

  private static final String ALL = "*";

  private final RunRequest request;
  private final JavaSparkContext context;
  private final Parallelism parallelism;
  private final StageMetricsListener metrics = new StageMetricsListener();
  private final ProgressListener progress;
  private final TableStore store;
  private final Broadcast<SerializableConfiguration> hadoop;

  private CohortRun(SparkEngine engine, RunRequest request, Progress progress) {
    this.request = request;
    this.context = engine.context();
    this.parallelism = engine.parallelism();
    this.progress = new ProgressListener(progress);
    this.hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    this.store =
        new TableStore(
            context, request.places().outputUri(), parallelism.partitions(), request.patientIds());
  }

  /**
   * Does what is asked.
   *
   * @throws InputException when the input or the output cannot be used at all
   * @throws OutputHeldException when another run holds the output
   */
  public static RunSummary run(SparkEngine engine, RunRequest request, Progress progress)
      throws InputException, OutputHeldException {
    Clock clock = Clock.systemUTC();
    Instant start = clock.instant();
    String runId = RunFolder.newId(start);
    String output = request.places().outputUri();
    CohortRun run = new CohortRun(engine, request, progress);
    run.context.sc().addSparkListener(run.metrics);
    run.context.sc().addSparkListener(run.progress);
    try (OutputLock lock = OutputLock.acquire(run.context, output, runId, start)) {
      RunFolder folder = new RunFolder(run.context.hadoopConfiguration(), output, runId);
      folder.write(RunFolder.CONFIGURATION, request.configuration().text());
      return run.run(clock, start, runId, folder, lock.notice());
    } catch (IOException e) {
      throw new InputException("output " + output + " cannot be written: " + e.getMessage());
    } finally {
      run.context.sc().removeSparkListener(run.progress);
      run.context.sc().removeSparkListener(run.metrics);
    }
  }

  private RunSummary run(
      Clock clock, Instant start, String runId, RunFolder folder, Optional<String> notice)
      throws InputException {
    long startNanos = System.nanoTime();
    SegmentationPass segmentation =
        request.stages().contains(StageName.SEGMENTATION)
            ? SegmentationPass.of(context, parallelism, request)
            : null;
    HadoopStreams streams = HadoopStreams.of(context);
    enter(StageName.SCAN);
    InputScan scan = InputScan.of(context, request, streams, parallelism);
    RunSummary.Files fileCounts = scan.counts();
    if (fileCounts.seen() == 0) {
      throw new InputException("input " + request.places().inputUri() + " holds no files");
    }
    scan.remember(runId);
    Kept<PatientCourses> organized =
        organized(scan.files().coalesce(parallelism.partitions()), fileCounts.used());
    JavaRDD<PatientCourses> patients = organized.records();
    JavaRDD<Course> selected =
        Courses.selected(patients, CourseFilter.of(request.selection(), store));
    CourseLayout layout =
        CourseLayout.of(
            Courses.costs(selected), parallelism.partitions(), PassStages.of(request, hadoop));
    Kept<Course> laidOut = Kept.of(Course.class, layout.laidOut(selected));
    JavaRDD<Course> courses = laidOut.records();
    folder.write(
        RunFolder.PLAN, RunPlan.of(request, parallelism, fileCounts.seen(), courses).json());
    JavaRDD<StageResult<StageRows>> results =
        segmentation == null
            ? results(layout, courses, streams)
            : withSegmentation(segmentation, layout, courses, streams);
    Map<CourseId, CourseEnd> ends = ends(courses, results);
    JavaRDD<ScannedFile> unused = scan.unused().coalesce(parallelism.partitions());
    commit(unused, patients, courses, results, ends);
    RunSummary.Courses courseCounts = counted(ends);
    List<RunSummary.Reason> reasons = reasons(unused, patients, ends);
    RunRow row =
        new RunRow(
            runId,
            start.toString(),
            clock.instant().toString(),
            ProductVersion.text(),
            request.configuration().sha256(),
            fileCounts,
            courseCounts,
            parallelism.partitions());
    commitRun(row);
    ExportSummary exports = export();
    results.unpersist();
    laidOut.close();
    organized.close();
    scan.close();
    RunSummary summary =
        new RunSummary(
            runId,
            fileCounts,
            courseCounts,
            reasons,
            uses(),
            exports.files(),
            Stream.of(notice.stream(), scan.notices().stream(), exports.notices().stream())
                .flatMap(notices -> notices)
                .toList(),
            parallelism.summary(),
            (System.nanoTime() - startNanos) / 1e9);
    folder.write(RunFolder.SUMMARY, summary.json(row));
    return summary;
  }

  private Kept<PatientCourses> organized(JavaRDD<ScannedFile> files, long used) {
    enter(StageName.ORGANIZE);
    Kept<PatientCourses> patients =
        Kept.of(
            PatientCourses.class,
            Courses.organize(files, request.keys(), request.organize(), parallelism.partitions()));
    long accounted = patients.records().map(PatientCourses::objects).fold(0L, Long::sum);
    if (accounted != used) {
      throw new IllegalStateException(
          "files used " + used + ", but in courses or left out " + accounted);
    }
    return patients;
  }

  private JavaRDD<StageResult<StageRows>> results(
      CourseLayout layout, JavaRDD<Course> courses, HadoopStreams streams) {
    List<CourseStage<StageRows>> stages = PassStages.of(request, hadoop);
    LongAccumulator done = context.sc().longAccumulator(ProgressListener.DONE);
    LongAccumulator failed = context.sc().longAccumulator(ProgressListener.FAILED);
    int last = stages.size() - 1;
    StageName lastStage = last < 0 ? StageName.ORGANIZE : stages.get(last).name();
    return layout
        .results(courses, stages, CourseSource.of(streams, request.structures()), request.onBug())
        .map(
            result -> {
              if (result.stage() == lastStage) {
                (result.kind() == Outcome.Kind.FAILED ? failed : done).add(1);
              }
              return result;
            })
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private JavaRDD<StageResult<StageRows>> withSegmentation(
      SegmentationPass segmentation,
      CourseLayout layout,
      JavaRDD<Course> courses,
      HadoopStreams streams) {
    enter(passName());
    progress.start(Math.toIntExact(courses.count()));
    return segmentation.beside(courses, results(layout, courses, streams), streams);
  }

  private Map<CourseId, CourseEnd> ends(
      JavaRDD<Course> courses, JavaRDD<StageResult<StageRows>> results) {
    List<CourseId> found = courses.map(Course::id).collect();
    Map<CourseId, CourseEnd> ends = new TreeMap<>();
    if (request.stages().isEmpty()) {
      found.forEach(id -> ends.put(id, new CourseEnd(id, Outcome.Kind.DONE, "", "")));
      return ends;
    }
    enter(passName());
    progress.start(found.size());
    results.map(CourseEnd::of).collect().forEach(e -> ends.merge(e.course(), e, CourseEnd::and));
    if (ends.size() != found.size()) {
      throw new IllegalStateException(
          "courses found " + found.size() + ", but " + ends.size() + " have an outcome");
    }
    return ends;
  }

  /** The pass has the name of its last stage, which is the last that the user waits for. */
  private StageName passName() {
    List<StageName> stages = PassStages.names(request);
    return stages.isEmpty() ? StageName.SEGMENTATION : stages.get(stages.size() - 1);
  }

  private static RunSummary.Courses counted(Map<CourseId, CourseEnd> ends) {
    return new RunSummary.Courses(
        count(ends, Outcome.Kind.DONE),
        count(ends, Outcome.Kind.SKIPPED),
        count(ends, Outcome.Kind.FAILED),
        ends.size());
  }

  private static long count(Map<CourseId, CourseEnd> ends, Outcome.Kind kind) {
    return ends.values().stream().filter(end -> end.kind() == kind).count();
  }

  private List<RunSummary.Reason> reasons(
      JavaRDD<ScannedFile> unused,
      JavaRDD<PatientCourses> patients,
      Map<CourseId, CourseEnd> ends) {
    List<RunSummary.Reason> reasons =
        new ArrayList<>(Reasons.ofCourses(List.copyOf(ends.values())));
    reasons.addAll(Reasons.ofFiles(unused));
    reasons.addAll(Reasons.ofObjects(patients));
    return reasons;
  }

  private void commit(
      JavaRDD<ScannedFile> unused,
      JavaRDD<PatientCourses> patients,
      JavaRDD<Course> courses,
      JavaRDD<StageResult<StageRows>> results,
      Map<CourseId, CourseEnd> ends) {
    enter(StageName.COMMIT);
    Map<CourseId, Outcome.Kind> kinds = new HashMap<>();
    ends.forEach((id, end) -> kinds.put(id, end.kind()));
    Broadcast<Map<CourseId, Outcome.Kind>> outcomes = context.broadcast(kinds);
    JavaRDD<TableRecord> ofStages = results.flatMap(result -> RunRows.of(result).iterator());
    if (request.stages().contains(StageName.QC)) {
      ofStages = ofStages.union(CohortChecks.volumes(results, parallelism.partitions()));
    }
    JavaRDD<TableRecord> ofInput = courses.flatMap(course -> RunRows.of(course, outcomes));
    Set<CourseId> replaced = new HashSet<>(ends.keySet());
    if (isWholeInput()) {
      ofInput =
          ofInput
              .union(patients.flatMap(p -> p.leftOut().iterator()).flatMap(RunRows::of))
              .union(unused.flatMap(RunRows::of));
      replaced.add(RunRows.NO_COURSE);
    }
    List<TableChange> changes = new ArrayList<>();
    for (TableSchema<?> schema : ResultTables.ALL) {
      // Courses are made anew each time they are asked for, so only tables that name them ask.
      JavaRDD<TableRecord> rows =
          ResultTables.OF_INPUT.contains(schema)
              ? ofInput.map(ResultTables::ofInput).union(ofStages)
              : ofStages;
      changes.add(
          new TableChange(schema, ofTable(rows, schema), new TableChange.Courses(replaced)));
    }
    commitSideBySide(changes);
  }

  private boolean isWholeInput() {
    return request.selection().courseGlob().equals(ALL)
        && request.selection().which() == Selection.Which.ALL;
  }

  private static JavaRDD<TableRecord> ofTable(JavaRDD<TableRecord> rows, TableSchema<?> schema) {
    String name = schema.name();
    return rows.filter(row -> row.schema().name().equals(name));
  }

  /** Logs are written side by side; the store lets one table at a time have the cores. */
  private void commitSideBySide(List<TableChange> changes) {
    ExecutorService threads = Executors.newFixedThreadPool(changes.size());
    try {
      List<Future<?>> commits = new ArrayList<>();
      for (TableChange change : changes) {
        commits.add(threads.submit(() -> commit(change)));
      }
      for (Future<?> one : commits) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the commit of the tables was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a table could not be written", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void commit(TableChange change) {
    enter(StageName.COMMIT);
    store.commit(change);
  }

  private void commitRun(RunRow row) {
    enter(StageName.COMMIT);
    store.commit(
        new TableChange(
            RunRow.SCHEMA,
            context.parallelize(List.<TableRecord>of(row), 1),
            new TableChange.Nothing()));
  }

  private ExportSummary export() {
    enter(StageName.COMMIT);
    try {
      return Exports.write(context, store, request.places().outputUri(), request.export());
    } catch (IOException e) {
      throw new UncheckedIOException("the exports could not be written", e);
    }
  }

  private List<StageUse> uses() {
    waitForListeners();
    return metrics.uses(parallelism).stream()
        .sorted(Comparator.comparing(StageUse::stage))
        .toList();
  }

  /** Spark tells listeners from a queue; what it has to say must have come before it is read. */
  private void waitForListeners() {
    try {
      context.sc().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark's listeners do not keep up", e);
    }
  }

  private void enter(StageName stage) {
    context.setLocalProperty(StageMetricsListener.STAGE, stage.name());
    context.setLocalProperty("spark.scheduler.pool", SparkEngine.CPU_POOL);
    context.setJobDescription(stage.word());
  }
}
