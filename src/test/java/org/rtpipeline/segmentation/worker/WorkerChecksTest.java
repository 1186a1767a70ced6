package org.rtpipeline.segmentation.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;
import org.rtpipeline.segmentation.worker.WorkerModel.Resolution;

/** What is looked for before a stage starts, and the worker that comes with the product. */
final class WorkerChecksTest {

  private static final List<String> SHIPPED = List.of("python3", WorkerOptions.SHIPPED);

  @TempDir Path folder;

  @Test
  void weightsOfEveryDataSetMustBeThere() throws Exception {
    for (int id : List.of(291, 292, 293, 294)) {
      Files.createDirectories(folder.resolve("Dataset" + id + "_part"));
    }
    WorkerOptions options = task("total", Resolution.FULL, "");

    assertThat(WorkerChecks.problems(options)).hasSize(1);
    assertThat(WorkerChecks.problems(options).get(0)).contains("data set 295");

    Files.createDirectories(folder.resolve("Dataset295_part"));
    assertThat(WorkerChecks.problems(options)).isEmpty();
    assertThat(WorkerChecks.facts(options)).contains("task total, licence OPEN");
  }

  @Test
  void aTaskUnderLicenceIsRefusedWithoutANumber() throws Exception {
    Files.createDirectories(folder.resolve("Dataset303_face"));

    assertThat(WorkerChecks.problems(task("face", Resolution.FULL, ""))).hasSize(1);

    Path number = Files.writeString(folder.resolve("number.txt"), "aca_123456789012\n");
    assertThat(WorkerChecks.problems(task("face", Resolution.FULL, number.toString()))).isEmpty();
  }

  @Test
  void unknownTasksAndAbsentResolutionsAreNamed() {
    assertThat(WorkerChecks.problems(task("no_such_task", Resolution.FULL, "")).get(0))
        .contains("total_mr");
    assertThat(WorkerChecks.problems(task("liver_vessels", Resolution.FASTEST, "")).get(0))
        .contains("no model of resolution");
    assertThat(WorkerChecks.facts(task("no_such_task", Resolution.FULL, "")).get(0))
        .contains("not known");
  }

  @Test
  void filesOfOtherModelsMustBeThere() throws Exception {
    assertThat(WorkerChecks.problems(options(SHIPPED, model(WorkerModel.Kind.NNUNET)))).hasSize(2);
    assertThat(WorkerChecks.problems(options(SHIPPED, model(WorkerModel.Kind.CUSTOM)))).hasSize(1);
    assertThat(
            WorkerChecks.problems(
                options(List.of("/no/such/python"), WorkerModel.plugin(plugin("")))))
        .hasSize(1);
  }

  @Test
  void weightsDecideTheDigestOfTheBackEnd() throws Exception {
    String first = backEnd(plugin("a = 1\n")).digest();
    String second = backEnd(plugin("a = 2\n")).digest();

    assertThat(first).hasSize(64).isNotEqualTo(second);
    assertThat(backEnd(plugin("a = 2\n")).digest()).isEqualTo(second);
    assertThat(backEnd(plugin("")).name()).isEqualTo("worker:plugin:plugin.py");
  }

  @Test
  void optionsWithoutMeaningAreRefused() {
    assertThatThrownBy(
            () ->
                new WorkerModel(WorkerModel.Kind.NNUNET, "", Resolution.FULL, List.of(), "", "LAS"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WorkerModel.totalSegmentator(" ", Resolution.FULL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new WorkerModel(
                    WorkerModel.Kind.PLUGIN, "", Resolution.FULL, List.of(), "a", "XYZ"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options(List.of(), WorkerModel.plugin("a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theHomeIsPrivateAndKeepsToolsFromTheNetwork() throws Exception {
    Path number = Files.writeString(folder.resolve("number.txt"), "aca_123456789012\n");
    PrivateHome home = PrivateHome.create(task("face", Resolution.FULL, number.toString()));

    JsonNode settings =
        new ObjectMapper().readTree(home.folder().resolve("totalsegmentator/config.json").toFile());
    assertThat(settings.path("send_usage_stats").asBoolean(true)).isFalse();
    assertThat(settings.path("license_number").asText()).isEqualTo("aca_123456789012");
    assertThat(Files.getPosixFilePermissions(home.folder())).hasSize(3);
    assertThat(home.environment(Device.gpu("GPU-7")))
        .containsEntry("CUDA_VISIBLE_DEVICES", "GPU-7")
        .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
        .containsEntry("https_proxy", "http://127.0.0.1:9")
        .containsEntry("nnUNet_def_n_proc", "1");
    assertThat(home.environment(Device.CPU)).containsEntry("CUDA_VISIBLE_DEVICES", "-1");

    home.remove();
    assertThat(home.folder()).doesNotExist();
  }

  @Test
  void theShippedWorkerPassesItsSelfTestWithoutAnyPackage() throws Exception {
    assumeThat(WorkerChecks.program("python3")).as("python3 on the path").isPresent();

    assertThat(WorkerChecks.selftest(options(SHIPPED, WorkerModel.plugin(plugin("")))))
        .contains("\"selftest\": \"passed\"");
    assertThat(WorkerChecks.selftest(options(List.of("/no/python"), WorkerModel.plugin("a"))))
        .contains("no program");
    assertThat(WorkerChecks.selftest(options(List.of("false"), WorkerModel.plugin("a"))))
        .contains("no self-test");
  }

  @Test
  void theShippedWorkerRunsAPlugIn() throws Exception {
    assumeThat(WorkerChecks.program("python3")).as("python3 on the path").isPresent();
    String code =
        """
        def load(device, options):
            def model(volume, step):
                print("a library prints to standard output")
                step("predict", 1, 1)
                return [1 if v > 5 else 0 for v in volume.values], {1: "dense"}
            return model
        """;

    LabelMap labels = backEnd(plugin(code)).segment(input(), Device.CPU);

    assertThat(labels.structures()).extracting(s -> s.name()).containsExactly("dense");
    short[] found = labels.layers().get(0).labels();
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo((short) (i > 5 ? 1 : 0));
    }
    WorkerPool.ofThisJvm().retireAll();
  }

  @Test
  void theShippedWorkerReachesNoNetworkAndSaysWhatBroke() throws Exception {
    assumeThat(WorkerChecks.program("python3")).as("python3 on the path").isPresent();
    String code =
        """
        import socket
        def load(device, options):
            def model(volume, step):
                socket.create_connection(("127.0.0.1", 9), timeout=1)
            return model
        """;

    assertThatThrownBy(() -> backEnd(plugin(code)).segment(input(), Device.CPU))
        .isInstanceOfSatisfying(
            SegmentationException.class,
            e -> {
              assertThat(e.finding().code()).isEqualTo(Finding.Code.SEGMENTER_FAILED);
              assertThat(e.finding().message())
                  .contains("has no network")
                  .doesNotContain("exit code", "TypeError");
            });
    WorkerPool.ofThisJvm().retireAll();
  }

  @Test
  void theShippedWorkerNamesTheKindOfItsError() throws Exception {
    assumeThat(WorkerChecks.program("python3")).as("python3 on the path").isPresent();
    String code =
        """
        def load(device, options):
            def model(volume, step):
                raise MemoryError()
            return model
        """;

    assertThatThrownBy(() -> backEnd(plugin(code)).segment(input(), Device.CPU))
        .isInstanceOfSatisfying(
            SegmentationException.class,
            e -> {
              assertThat(e.finding().code()).isEqualTo(Finding.Code.SEGMENTER_OUT_OF_MEMORY);
              assertThat(e.finding().message()).contains("OOM_HOST");
            });
    WorkerPool.ofThisJvm().retireAll();
  }

  private SegmentationInput input() throws Exception {
    VoxelGrid grid = VoxelGrid.axial(3, 2, 2, new Point(0, 0, 0), 1, 1, 1);
    float[] values = new float[(int) grid.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return new SegmentationInput(
        new CourseId("course"),
        "1.2.3",
        "CT",
        new ImageVolume(grid, values),
        Files.createDirectories(folder.resolve("scratch")));
  }

  private String plugin(String code) throws Exception {
    return Files.writeString(folder.resolve("plugin.py"), code).toString();
  }

  private static WorkerBackEnd backEnd(String plugin) {
    return new WorkerBackEnd(options(SHIPPED, WorkerModel.plugin(plugin)));
  }

  private WorkerModel model(WorkerModel.Kind kind) {
    return new WorkerModel(
        kind, "", Resolution.FULL, List.of(), folder.resolve("absent").toString(), "LAS");
  }

  private WorkerOptions task(String task, Resolution resolution, String licence) {
    return new WorkerOptions(
        SHIPPED,
        Device.Kind.GPU,
        WorkerModel.totalSegmentator(task, resolution),
        WorkerLimits.DEFAULT,
        1,
        List.of(),
        folder.toString(),
        licence);
  }

  private static WorkerOptions options(List<String> command, WorkerModel model) {
    return new WorkerOptions(
        command, Device.Kind.CPU, model, WorkerLimits.DEFAULT, 1, List.of(), "", "");
  }
}
