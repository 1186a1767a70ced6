package org.rtpipeline.segmentation.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.fixture.ScriptedWorker;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/** Every way in which a worker can fail ends in its finding, and leaves nothing running. */
final class WorkerBackEndTest {

  private static final Device GPU = Device.gpu("GPU-0");

  /** No machine is so busy that a sound worker needs as long. */
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final WorkerLimits PATIENT = limits(LONG, LONG, LONG);

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() throws Exception {
    WorkerPool.ofThisJvm().retireAll();
    for (String line : recorded()) {
      if (line.startsWith("process ")) {
        long pid = Long.parseLong(line.substring("process ".length()));
        assertThat(ProcessHandle.of(pid).filter(WorkerBackEndTest::livesOn))
            .as("process " + pid)
            .isEmpty();
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(Thread::isAlive)
        .extracting(Thread::getName)
        .noneMatch(name -> name.matches("segmentation-[0-9]+-.*"));
  }

  private static boolean livesOn(ProcessHandle process) {
    try {
      process.onExit().get(2, TimeUnit.SECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dies-before-hello, SEGMENTER_FAILED, no module named torch",
    "other-protocol, SEGMENTER_PROTOCOL, no message",
    "no-gpu, GPU_UNAVAILABLE, no device",
    "sees-no-gpu, GPU_UNAVAILABLE, runs without one",
    "silent, SEGMENTER_UNRESPONSIVE, said nothing",
    "stalls, SEGMENTER_UNRESPONSIVE, made no step",
    "slow, TIME_LIMIT, is not done after",
    "garbage, SEGMENTER_PROTOCOL, 100%",
    "endless-line, SEGMENTER_PROTOCOL, xxx",
    "crashes, SEGMENTER_FAILED, exit code 139",
    "crashes-idle, SEGMENTER_FAILED, exit code 3",
    "crashes-at-export, SEGMENTER_FAILED, exit code 4",
    "is-killed, SEGMENTER_OUT_OF_MEMORY, exit code 137",
    "refuses-OOM_GPU, SEGMENTER_OUT_OF_MEMORY, OOM_GPU",
    "refuses-OOM_HOST, SEGMENTER_OUT_OF_MEMORY, OOM_HOST",
    "refuses-BAD_INPUT, SEGMENTER_FAILED, BAD_INPUT",
    "refuses-MODEL_MISSING, MODEL_MISSING, MODEL_MISSING",
    "refuses-LICENSE, LICENCE_MISSING, LICENSE",
    "refuses-INTERNAL, SEGMENTER_FAILED, INTERNAL",
    "refuses-SOMETHING_NEW, SEGMENTER_FAILED, INTERNAL",
    "other-grid, SEGMENTER_OUTPUT_INVALID, voxels",
    "other-folder, SEGMENTER_OUTPUT_INVALID, not in the folder",
    "other-label, SEGMENTER_OUTPUT_INVALID, has no name",
    "no-name, SEGMENTER_OUTPUT_INVALID, no new structure",
    "no-file, SEGMENTER_OUTPUT_INVALID, cannot be read",
    "short-file, SEGMENTER_OUTPUT_INVALID, shorter",
    "has-children, SEGMENTER_UNRESPONSIVE, said nothing",
  })
  void aFaultEndsInItsFinding(String script, Finding.Code code, String message) throws Exception {
    SegmentationException fault =
        catchThrowableOfType(
            SegmentationException.class, () -> backEnd(script).segment(input("a"), GPU));

    assertThat(fault.finding().code()).isEqualTo(code);
    assertThat(fault.finding().message()).contains(message);
    assertThat(fault.finding().level())
        .isEqualTo(
            script.equals("refuses-BAD_INPUT") ? Finding.Level.SKIP_STAGE : Finding.Level.FAILED);
  }

  @Test
  void aWorkerWithoutAHelloIsNotStarted() {
    WorkerLimits hasty =
        new WorkerLimits(
            Duration.ofMillis(300),
            PATIENT.silence(),
            PATIENT.stall(),
            PATIENT.course(),
            PATIENT.idle(),
            PATIENT.shutdown(),
            1,
            1);

    assertThatThrownBy(
            () ->
                new WorkerBackEnd(options("never-says-hello", hasty, List.of()))
                    .segment(input("a"), GPU))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("SEGMENTER_FAILED")
        .hasMessageContaining("said no hello for 0.3 s");
  }

  @Test
  void aWorkerThatWillNotEndIsKilled() throws Exception {
    backEnd("will-not-end").segment(input("a"), GPU);
  }

  @Test
  void labelsComeBackOnTheGridOfTheImageWithTheirNames() throws Exception {
    SegmentationInput input = input("a");

    LabelMap labels = backEnd("well").segment(input, GPU);

    assertThat(labels.grid()).isEqualTo(input.volume().grid());
    assertThat(labels.structures()).extracting(s -> s.name()).containsExactly("dense");
    float[] values = input.volume().values();
    short[] found = labels.layers().get(0).labels();
    for (int i = 0; i < values.length; i++) {
      assertThat(found[i]).isEqualTo((short) (values[i] > 150 ? 1 : 0));
    }
  }

  @Test
  void oneWorkerServesAllImagesOfItsDevice() throws Exception {
    for (String course : List.of("a", "b", "c")) {
      backEnd("well").segment(input(course), GPU);
    }

    assertThat(ScriptedWorker.seen(record())).extracting(s -> s.pid()).hasSize(3);
    assertThat(ScriptedWorker.seen(record())).extracting(s -> s.pid()).containsOnly(pids().get(0));
  }

  @Test
  void aWornWorkerIsReplaced() throws Exception {
    WorkerLimits worn =
        new WorkerLimits(
            PATIENT.start(),
            PATIENT.silence(),
            PATIENT.stall(),
            PATIENT.course(),
            PATIENT.idle(),
            PATIENT.shutdown(),
            1,
            4);
    for (String course : List.of("a", "b")) {
      new WorkerBackEnd(options("well", worn, List.of())).segment(input(course), GPU);
    }

    assertThat(pids()).hasSize(2);
  }

  @Test
  void aWorkerWithOtherOptionsTakesThePlaceOfTheOldOneOnItsDevice() throws Exception {
    backEnd("well").segment(input("a"), GPU);
    new WorkerBackEnd(options("degrades", PATIENT, List.of())).segment(input("b"), GPU);

    assertThat(ProcessHandle.of(pids().get(0)).filter(WorkerBackEndTest::livesOn)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "crashes-once, SEGMENTER_FAILED, 2",
    "is-killed-once, SEGMENTER_OUT_OF_MEMORY, 2",
  })
  void aCrashIsTriedOnceMoreAndSaid(String script, Finding.Code code, int processes)
      throws Exception {
    LabelMap labels = backEnd(script).segment(input("a"), GPU);

    assertThat(labels.findings()).extracting(Finding::code).containsExactly(code);
    assertThat(pids()).hasSize(processes);
  }

  @Test
  void theLadderIsClimbedUntilTheModelFitsAndEveryRungIsSaid() throws Exception {
    LabelMap labels = backEnd("needs-body-crop").segment(input("a"), GPU);

    assertThat(labels.findings())
        .extracting(Finding::code)
        .containsExactly(
            Finding.Code.SEGMENTER_OUT_OF_MEMORY,
            Finding.Code.SEGMENTER_DEGRADED,
            Finding.Code.SEGMENTER_DEGRADED);
    assertThat(labels.findings().get(2).message()).contains("cropped to the body");
    assertThat(pids()).hasSize(4);
  }

  @Test
  void whatAWorkerDidOtherwiseIsSaid() throws Exception {
    LabelMap labels = backEnd("degrades").segment(input("a"), GPU);

    assertThat(labels.findings())
        .extracting(Finding::code)
        .containsExactly(Finding.Code.SEGMENTER_DEGRADED);
  }

  @Test
  void anInterruptEndsTheImageAndTheWorker() throws Exception {
    WorkerBackEnd backEnd = new WorkerBackEnd(options("slow", WorkerLimits.DEFAULT, List.of()));
    SegmentationInput input = input("a");
    SegmentationException[] thrown = new SegmentationException[1];
    Thread task =
        new Thread(
            () ->
                thrown[0] =
                    catchThrowableOfType(
                        SegmentationException.class, () -> backEnd.segment(input, GPU)));
    task.start();
    while (task.isAlive() && !Files.exists(input.scratchFolder().resolve("image.nii"))) {
      Thread.onSpinWait();
    }

    task.interrupt();
    task.join(30_000);

    assertThat(task.isAlive()).isFalse();
    assertThat(thrown[0].finding().message()).contains("the task was ended");
  }

  @Test
  void aProgramThatIsNotThereIsAFinding() {
    WorkerOptions none =
        new WorkerOptions(
            List.of("/no/such/program"),
            Device.Kind.GPU,
            WorkerModel.plugin("model.py"),
            PATIENT,
            1,
            List.of(),
            "",
            "");

    assertThatThrownBy(() -> new WorkerBackEnd(none).segment(input("a"), GPU))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("cannot be started");
  }

  @Test
  void unevenPlanesAreLeftToOthers() throws Exception {
    VoxelGrid uneven =
        new VoxelGrid(
            2,
            2,
            new Point(0, 0, 0),
            new Point(1, 0, 0),
            new Point(0, 1, 0),
            1,
            1,
            new double[] {0, 2, 7});
    SegmentationInput input =
        new SegmentationInput(
            course("a"), "1.2.3", "CT", new ImageVolume(uneven, new float[12]), folder);

    assertThatThrownBy(() -> backEnd("well").segment(input, GPU))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("NON_UNIFORM_SPACING");
  }

  private WorkerBackEnd backEnd(String script) {
    return new WorkerBackEnd(options(script, limits(script), List.of(Rung.values())));
  }

  /** Only the limit that a script is there to break is short. */
  private static WorkerLimits limits(String script) {
    return switch (script) {
      case "silent", "has-children" -> limits(Duration.ofMillis(1500), LONG, LONG);
      case "stalls" -> limits(LONG, Duration.ofMillis(1200), LONG);
      case "slow" -> limits(LONG, LONG, Duration.ofSeconds(4));
      default -> PATIENT;
    };
  }

  private static WorkerLimits limits(Duration silence, Duration stall, Duration course) {
    return new WorkerLimits(LONG, silence, stall, course, LONG, Duration.ofMillis(300), 50, 4);
  }

  private WorkerOptions options(String script, WorkerLimits limits, List<Rung> ladder) {
    return new WorkerOptions(
        ScriptedWorker.command(script, record(), 1),
        Device.Kind.GPU,
        WorkerModel.plugin("model.py"),
        limits,
        1,
        ladder,
        "",
        "");
  }

  private Path record() {
    return folder.resolve("record.txt");
  }

  private List<String> recorded() throws IOException {
    return Files.exists(record()) ? Files.readAllLines(record()) : List.of();
  }

  private List<Long> pids() throws IOException {
    return recorded().stream()
        .filter(line -> line.startsWith("process "))
        .map(line -> Long.valueOf(line.substring("process ".length())))
        .toList();
  }

  private SegmentationInput input(String course) throws IOException {
    VoxelGrid grid = VoxelGrid.axial(6, 5, 4, new Point(-10, -20, -30), 1.5, 1.25, 3);
    float[] values = new float[(int) grid.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 37 * i % 301;
    }
    return new SegmentationInput(
        course(course),
        "1.2.3",
        "CT",
        new ImageVolume(grid, values),
        Files.createDirectories(folder.resolve("scratch-" + course)));
  }

  private static CourseId course(String name) {
    return new CourseId(name.repeat(32).substring(0, 32));
  }
}
