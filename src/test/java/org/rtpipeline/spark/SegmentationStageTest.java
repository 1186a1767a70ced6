package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.ScriptedWorker;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.fixture.SparkTasks;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.StructureCode;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.ImageKind;
import org.rtpipeline.segmentation.OutputOptions;
import org.rtpipeline.segmentation.SegmentationBackEnd;
import org.rtpipeline.segmentation.SegmentationInput;
import org.rtpipeline.segmentation.worker.GpuLease;
import org.rtpipeline.segmentation.worker.Rung;
import org.rtpipeline.segmentation.worker.WorkerBackEnd;
import org.rtpipeline.segmentation.worker.WorkerLimits;
import org.rtpipeline.segmentation.worker.WorkerModel;
import org.rtpipeline.segmentation.worker.WorkerOptions;

/** The stage where the driver is the executor: devices are leased. */
@ExtendWith(SharedSpark.class)
final class SegmentationStageTest {

  private static final int COURSES = 12;

  @TempDir static Path cohort;
  @TempDir Path folder;

  @BeforeAll
  static void makeCohort() throws Exception {
    Phantoms.write(cohort, COURSES);
  }

  @AfterEach
  void devicesAreFreeAgain() throws Exception {
    for (String address : List.of("GPU-0", "GPU-1")) {
      GpuLease.take(leases(), List.of(address)).close();
    }
  }

  @Test
  void twoDevicesTakeTwelveCoursesAndNeverTwoAtOnce(JavaSparkContext context) {
    List<Segmented> results = results(context, worker("well"), gpus());

    assertThat(results).hasSize(COURSES);
    assertThat(results).extracting(Segmented::kind).containsOnly(Outcome.Kind.DONE);
    List<ScriptedWorker.Seen> seen = seen();
    assertThat(seen).hasSize(COURSES);
    assertThat(seen).extracting(s -> s.address()).contains("GPU-0", "GPU-1");
    assertThat(seen.stream().map(ScriptedWorker.Seen::pid).distinct()).hasSize(2);
    for (ScriptedWorker.Seen one : seen) {
      assertThat(seen)
          .filteredOn(other -> !other.equals(one) && other.address().equals(one.address()))
          .noneMatch(one::overlaps);
    }
  }

  @Test
  void aWholeResultIsNotMadeAgain(JavaSparkContext context) {
    results(context, worker("well"), gpus());
    results(context, worker("well"), gpus());

    assertThat(seen()).hasSize(COURSES);
  }

  @Test
  @Timeout(300)
  void resultsThatAreThereTakeNoDevice(JavaSparkContext context) throws Exception {
    results(context, worker("well"), gpus());

    try (GpuLease one = GpuLease.take(leases(), List.of("GPU-0"));
        GpuLease other = GpuLease.take(leases(), List.of("GPU-1"))) {
      assertThat(one).isNotSameAs(other);
      assertThat(results(context, worker("well"), gpus()))
          .hasSize(COURSES)
          .extracting(Segmented::kind)
          .containsOnly(Outcome.Kind.DONE);
    }
    assertThat(seen()).hasSize(COURSES);
  }

  @Test
  void aBrokenModelFailsItsCoursesAndNoOthersAndLeavesNoFolder(JavaSparkContext context)
      throws Exception {
    List<Segmented> results = results(context, worker("refuses-MODEL_MISSING"), gpus());

    assertThat(results).extracting(Segmented::kind).containsOnly(Outcome.Kind.FAILED);
    assertThat(results.get(0).findings())
        .extracting(Finding::code)
        .containsExactly(Finding.Code.MODEL_MISSING);
    assertThat(Files.exists(folder.resolve("output/courses"))).isFalse();
  }

  @Test
  void aDeviceThatDoesNotWorkIsAFindingWhereThereIsNoOtherExecutor(JavaSparkContext context) {
    List<Segmented> results = results(context, worker("no-gpu"), gpus());

    assertThat(results.get(0).findings())
        .extracting(Finding::code)
        .containsExactly(Finding.Code.GPU_UNAVAILABLE);
  }

  @Test
  void withoutGpuTheWidthIsThatOfTheJob(JavaSparkContext context) {
    Counting.RUNNING.set(0);
    Counting.MOST.set(0);

    List<Segmented> results =
        results(context, new Counting(), new SegmentationRun.Layout(TaskDevices.processor(), 1, 1));

    assertThat(results).extracting(Segmented::kind).containsOnly(Outcome.Kind.DONE);
    assertThat(Counting.MOST).hasValue(1);
  }

  @Test
  void aGpuThatIsNeededAndAbsentEndsTheRunBeforeItStarts() {
    Parallelism none = Parallelism.of(1, 4, OptionalInt.empty());

    assertThatThrownBy(
            () -> none.segmentation(new SparkConf().setMaster("local[4]"), Device.Kind.GPU, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("needs a GPU");
  }

  @Test
  void theLayoutFollowsTheMaster() throws Exception {
    Parallelism two = Parallelism.of(List.of(new Parallelism.Executor(4, 2)), OptionalInt.empty());
    SparkConf local =
        new SparkConf().setMaster("local[4]").set(Parallelism.LOCAL_GPUS, "GPU-0,GPU-1");
    SparkConf cluster = new SparkConf().setMaster("spark://127.0.0.1:7077");

    assertThat(two.segmentation(local, Device.Kind.GPU, 1))
        .isEqualTo(new SegmentationRun.Layout(TaskDevices.leased(List.of("GPU-0", "GPU-1")), 2, 1));
    assertThat(two.segmentation(cluster, Device.Kind.GPU, 1))
        .isEqualTo(new SegmentationRun.Layout(TaskDevices.ofSpark(), 2, 1));
    assertThat(two.segmentation(cluster, Device.Kind.CPU, 9).width()).isEqualTo(3);
  }

  @Test
  void aCancelledSegmentationLeavesNoWorker(JavaSparkContext context) throws Exception {
    SegmentationRun.Work work = work(context, worker("slow"));
    try (SideJob<Integer> job =
        SegmentationPass.segmentation(
            context, dealt(context), work, gpus(), new FinishedCourses())) {
      assertThat(job).isNotNull();
      while (pids().size() < 2) {
        Thread.onSpinWait();
      }
    }

    for (long pid : pids()) {
      ProcessHandle.of(pid)
          .ifPresent(
              process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20)));
    }
  }

  private List<Segmented> results(
      JavaSparkContext context, SegmentationBackEnd backEnd, SegmentationRun.Layout layout) {
    List<Segmented> all = Collections.synchronizedList(new ArrayList<>());
    try {
      SegmentationRun.run(dealt(context), work(context, backEnd), layout, all::addAll);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return List.copyOf(all);
  }

  private SegmentationRun.Work work(JavaSparkContext context, SegmentationBackEnd backEnd) {
    return new SegmentationRun.Work(
        List.of(stage(context, backEnd)), HadoopStreams.of(context), OnBug.STOP);
  }

  @Test
  void aCourseIsInThePassOverItsStructuresBeforeTheLastOneIsSegmentedAndInNoOther(
      JavaSparkContext context) throws Exception {
    DealtCourses courses = dealt(context);
    SegmentationFiles files = new AutomaticFiles(OutputOptions.STANDARD);
    String output = folder.resolve("output").toUri().toString();
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    SegmentationRun.Work work =
        new SegmentationRun.Work(
            List.of(
                new SegmentationStage(
                    SegmentationModel.first(ImageKind.CT, worker("well")), files, output, hadoop)),
            HadoopStreams.of(context),
            OnBug.STOP);
    AutomaticPass pass = pass(context, courses);
    FinishedCourses finished = new FinishedCourses();
    List<StageResult<StageRows>> results;
    long firstOfPass;
    long lastOfSegmentation;
    try (SparkTasks tasks = new SparkTasks(context);
        SideJob<Integer> segmentation =
            SegmentationPass.segmentation(context, courses, work, gpus(), finished);
        SideJob<JavaRDD<StageResult<StageRows>>> automatic =
            SegmentationPass.automatic(context, pass, finished)) {
      results = automatic.await().collect();
      assertThat(segmentation.await()).isEqualTo(COURSES);
      firstOfPass = tasks.firstStartMillis(SegmentationPass.AUTOMATIC);
      lastOfSegmentation = tasks.lastEndMillis(StageName.SEGMENTATION.word());
    }

    assertThat(firstOfPass).isLessThan(lastOfSegmentation);
    assertThat(results).hasSize(2 * COURSES);
    for (StageName stage : List.of(StageName.SEGMENTATION, StageName.DVH)) {
      assertThat(results)
          .filteredOn(result -> result.stage() == stage)
          .extracting(result -> result.course().id())
          .doesNotHaveDuplicates()
          .hasSize(COURSES);
    }
    assertThat(results)
        .filteredOn(result -> result.stage() == StageName.SEGMENTATION)
        .extracting(StageResult::kind)
        .containsOnly(Outcome.Kind.DONE);
    assertThat(results)
        .filteredOn(result -> result.stage() == StageName.DVH)
        .extracting(StageResult::kind)
        .contains(Outcome.Kind.DONE);
    assertThat(seen()).hasSize(COURSES);
  }

  @Test
  void aCourseThatCouldNotBeSegmentedSaysSoAndIsInNoPass(JavaSparkContext context)
      throws Exception {
    JavaRDD<Course> courses = courses(context);
    Course one = courses.first();
    Finding why =
        new Finding(
            Finding.Level.FAILED, Finding.Code.SEGMENTER_FAILED, one.id().key(), "as made up");

    assertThat(
            pass(
                context,
                new Segmented(
                    one.id(),
                    SegmentationTarget.PLANNING_CT,
                    "0",
                    Outcome.Kind.FAILED,
                    List.of(why))))
        .singleElement()
        .satisfies(result -> assertThat(result.kind()).isEqualTo(Outcome.Kind.FAILED))
        .satisfies(result -> assertThat(result.findings()).containsExactly(why));
    assertThat(
            pass(
                context,
                new Segmented(
                    one.id(),
                    SegmentationTarget.PLANNING_CT,
                    "0",
                    Outcome.Kind.SKIPPED,
                    List.of(why))))
        .singleElement()
        .satisfies(result -> assertThat(result.outcome().kind()).isEqualTo(Outcome.Kind.SKIPPED));
  }

  @Test
  void aResultWhoseFolderIsGoneIsAFailureThatSaysSo(JavaSparkContext context) throws Exception {
    Course one = courses(context).first();

    assertThat(
            pass(
                context,
                new Segmented(
                    one.id(), SegmentationTarget.PLANNING_CT, "0", Outcome.Kind.DONE, List.of())))
        .singleElement()
        .satisfies(result -> assertThat(result.kind()).isEqualTo(Outcome.Kind.FAILED))
        .satisfies(
            result ->
                assertThat(result.findings())
                    .extracting(Finding::code)
                    .containsExactly(Finding.Code.UNREADABLE));
  }

  private List<StageResult<StageRows>> pass(JavaSparkContext context, Segmented one)
      throws InterruptedException {
    FinishedCourses finished = new FinishedCourses();
    finished.add(List.of(one));
    finished.end();
    try {
      return pass(context, dealt(context)).results(finished).collect();
    } finally {
      context.setLocalProperty(StageMetricsListener.STAGE, null);
    }
  }

  private AutomaticPass pass(JavaSparkContext context, DealtCourses courses) {
    return new AutomaticPass(
        courses,
        new CpuSlots(2),
        new AutomaticPass.Work(
            new AutomaticData(
                CourseSource.unnamed(HadoopStreams.of(context)),
                folder.resolve("output").toUri().toString(),
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()))),
            new AutomaticFiles(OutputOptions.STANDARD),
            List.of(new DvhStage(DvhRequest.STANDARD)),
            OnBug.STOP));
  }

  private SegmentationStage stage(JavaSparkContext context, SegmentationBackEnd backEnd) {
    return new SegmentationStage(
        SegmentationModel.first(ImageKind.CT, backEnd),
        new SegmentationProof.DigestFiles(),
        folder.resolve("output").toUri().toString(),
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())));
  }

  private static DealtCourses dealt(JavaSparkContext context) {
    JavaRDD<Course> courses = courses(context);
    return DealtCourses.of(courses, Courses.costs(courses));
  }

  private static JavaRDD<Course> courses(JavaSparkContext context) {
    try {
      return Courses.organize(
              ScanStage.scan(
                  context,
                  cohort.toUri().toString(),
                  cohort.resolve("output").toUri().toString(),
                  HadoopStreams.of(context),
                  Parallelism.of(1, 4, OptionalInt.empty())),
              Runs.keys(),
              OrganizeOptions.standard(),
              3)
          .flatMap(patient -> patient.courses().iterator())
          .persist(StorageLevel.MEMORY_ONLY());
    } catch (InputException e) {
      throw new IllegalStateException(e);
    }
  }

  private SegmentationRun.Layout gpus() {
    return new SegmentationRun.Layout(
        TaskDevices.leased(List.of("GPU-0", "GPU-1"), leases()), 2, 1);
  }

  private Path leases() {
    return folder.resolve("leases");
  }

  private WorkerBackEnd worker(String script) {
    return new WorkerBackEnd(
        new WorkerOptions(
            ScriptedWorker.command(script, folder.resolve("record.txt"), 100),
            Device.Kind.GPU,
            WorkerModel.plugin("model.py"),
            WorkerLimits.DEFAULT,
            1,
            List.of(Rung.RETRY),
            "",
            ""));
  }

  private List<ScriptedWorker.Seen> seen() {
    try {
      return ScriptedWorker.seen(folder.resolve("record.txt"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<Long> pids() throws java.io.IOException {
    Path record = folder.resolve("record.txt");
    return Files.exists(record)
        ? Files.readAllLines(record).stream()
            .filter(line -> line.startsWith("process "))
            .map(line -> Long.valueOf(line.substring("process ".length())))
            .toList()
        : List.of();
  }

  /** Counts images that are worked on at the same time in this JVM. */
  private static final class Counting implements SegmentationBackEnd {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String digest() {
      return "0";
    }

    @Override
    public Device.Kind deviceKind() {
      return Device.Kind.CPU;
    }

    @Override
    public LabelMap segment(SegmentationInput input, Device device) {
      MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
      assertThat(device).isEqualTo(Device.CPU);
      LabelMap labels =
          LabelMap.of(
              input.volume().grid(),
              new short[(int) input.volume().grid().voxels()],
              List.of(new LabelledStructure(1, "none", "none", "", StructureCode.TISSUE)));
      RUNNING.decrementAndGet();
      return labels;
    }
  }
}
