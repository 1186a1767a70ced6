package org.rtpipeline.segmentation.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/** The worker that comes with the product keeps models loaded, as many as it may and can. */
final class ShippedWorkerTest {

  private static final Pattern CHILD = Pattern.compile("child ([0-9]+)");

  @TempDir Path folder;

  @BeforeAll
  static void python() {
    assumeThat(WorkerChecks.program("python3")).as("python3 on the path").isPresent();
  }

  @AfterEach
  void noWorkerIsLeft() {
    WorkerPool.ofThisJvm().retireAll();
  }

  @Test
  void modelsThatTakeTurnsAreLoadedOnce() throws Exception {
    for (String name : List.of("a", "b", "a", "b", "a")) {
      segment(model(name, ""), 2);
    }

    assertThat(events()).containsExactly("load a", "load b");
  }

  @Test
  void theModelThatWasUnusedTheLongestGoesFirst() throws Exception {
    for (String name : List.of("a", "b", "a", "c", "a", "b")) {
      segment(model(name, ""), 2);
    }

    assertThat(events())
        .containsExactly("load a", "load b", "drop b", "load c", "drop c", "load b");
  }

  @Test
  void withOneModelAtMostEveryTurnLoads() throws Exception {
    for (String name : List.of("a", "b", "a")) {
      segment(model(name, ""), 1);
    }

    assertThat(events()).containsExactly("load a", "drop a", "load b", "drop b", "load a");
  }

  @Test
  void aModelThatLacksMemoryIsTriedOnceMoreWithoutTheOthers() throws Exception {
    segment(model("a", ""), 4);
    segment(model("b", ""), 4);

    LabelMap labels =
        segment(
            model(
                "large",
                "if 'drop a' not in events() or 'drop b' not in events(): raise MemoryError()"),
            4);

    assertThat(events()).containsExactly("load a", "load b", "load large", "drop a", "drop b");
    assertThat(labels.findings()).isEmpty();
    assertThat(labels.structures()).hasSize(1);
  }

  @Test
  void aModelThatLacksMemoryByItselfSaysSo() throws Exception {
    segment(model("a", ""), 4);

    assertThatThrownBy(() -> segment(model("large", "raise MemoryError()"), 4))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("OOM_HOST");

    assertThat(events()).containsExactly("load a", "load large", "drop a");
  }

  @ParameterizedTest
  @CsvSource({
    "'import os; os._exit(3)', '', exit code 3",
    "'', 'import os; os._exit(3)', exit code 3",
    "'', 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)', OOM_HOST",
    "'raise OSError(12, \"Cannot allocate memory\")', '', OOM_HOST",
    "'', 'raise RuntimeError(\"CUDA out of memory. Tried to allocate 2 GiB\")', OOM_GPU",
    "'', 'raise RuntimeError(\"DefaultCPUAllocator: can''t allocate memory\")', OOM_HOST",
    "'import no_such_package', '', MODEL_MISSING",
    "'', 'return [7] * 12, {1: \"a\"}', has no name",
  })
  void whatBreaksWhileItLoadsOrComputesIsSaid(String atLoad, String atImage, String said)
      throws Exception {
    Path plugin =
        Files.writeString(
            folder.resolve("broken.py"),
            """
            def load(device, options):
                LOAD
                def model(volume, step):
                    IMAGE
                return model
            """
                .replace("LOAD", atLoad.isEmpty() ? "pass" : atLoad)
                .replace("IMAGE", atImage.isEmpty() ? "pass" : atImage));

    assertThatThrownBy(() -> segment(plugin, 1))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining(said);
  }

  @Test
  void itEndsWithAllItHasStartedWhenTheOtherSideIsGone() throws Exception {
    Path plugin =
        Files.writeString(
            folder.resolve("busy.py"),
            """
            import subprocess

            def load(device, options):
                def model(volume, step):
                    child = subprocess.Popen(["sleep", "600"])
                    step("child %d" % child.pid)
                    child.wait()
                return model
            """);
    Path image = folder.resolve("image.nii");
    ScratchNifti.write(volume(), image);
    PrivateHome home = PrivateHome.create(options(plugin, 1));
    Process worker =
        new ProcessBuilder(home.command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = worker.inputReader(StandardCharsets.UTF_8)) {
      worker
          .getOutputStream()
          .write(
              ("{\"image\":\"IMAGE\",\"folder\":\""
                      + folder
                      + "\",\"model\":{\"kind\":\"plugin\",\"path\":\"PLUGIN\"}}\n")
                  .replace("IMAGE", image.toString())
                  .replace("PLUGIN", plugin.toString())
                  .getBytes(StandardCharsets.UTF_8));
      worker.getOutputStream().flush();
      Matcher said = CHILD.matcher("");
      for (String line = out.readLine(); !said.reset(line).find(); line = out.readLine()) {
        assertThat(line).isNotNull();
      }
      ProcessHandle child = ProcessHandle.of(Long.parseLong(said.group(1))).orElseThrow();

      worker.getOutputStream().close();

      assertThat(worker.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(10));
    } finally {
      worker.destroyForcibly();
      home.remove();
    }
  }

  @Test
  void allItsPartsAreShipped() throws Exception {
    Path sources = Path.of(System.getProperty("basedir", "."), "src/main/python");
    PrivateHome home = PrivateHome.create(options(model("a", ""), 1));
    try {
      home.command();
      try (Stream<Path> parts = Files.list(sources)) {
        assertThat(parts.filter(part -> part.toString().endsWith(".py")))
            .isNotEmpty()
            .allSatisfy(part -> assertThat(home.folder().resolve(part.getFileName())).exists());
      }
    } finally {
      home.remove();
    }
  }

  /** A plug-in that notes when it is loaded and when it is gone. */
  private Path model(String name, String beforeLabels) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".py"),
        """
        RECORD = "FILE"

        def events():
            with open(RECORD) as file:
                return file.read().split("\\n")

        def note(what):
            with open(RECORD, "a") as file:
                file.write(what + " NAME\\n")

        class Model:
            def __init__(self):
                note("load")

            def __call__(self, volume, step):
                BEFORE
                return [1 if v > 5 else 0 for v in volume.values], {1: "dense"}

            def __del__(self):
                note("drop")

        def load(device, options):
            return Model()
        """
            .replace("FILE", record().toString())
            .replace("NAME", name)
            .replace("BEFORE", beforeLabels.isEmpty() ? "pass" : beforeLabels));
  }

  private Path record() {
    return folder.resolve("record.txt");
  }

  /** What has happened in one process. */
  private List<String> events() throws IOException {
    return Files.readAllLines(record());
  }

  private static ImageVolume volume() {
    VoxelGrid grid = VoxelGrid.axial(3, 2, 2, new Point(0, 0, 0), 1, 1, 1);
    float[] values = new float[(int) grid.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return new ImageVolume(grid, values);
  }

  private LabelMap segment(Path plugin, int loadedModels) throws Exception {
    return new WorkerBackEnd(options(plugin, loadedModels))
        .segment(
            new SegmentationInput(
                new CourseId("course"),
                "1.2.3",
                "CT",
                volume(),
                Files.createDirectories(folder.resolve("scratch"))),
            Device.CPU);
  }

  private static WorkerOptions options(Path plugin, int loadedModels) {
    WorkerLimits limits =
        new WorkerLimits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            200,
            loadedModels);
    return new WorkerOptions(
        List.of("python3", WorkerOptions.SHIPPED),
        Device.Kind.CPU,
        WorkerModel.plugin(plugin.toString()),
        limits,
        1,
        List.of(),
        "",
        "");
  }
}
