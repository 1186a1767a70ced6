package org.rtpipeline.segmentation.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

final class CommandBackEndTest {

  @TempDir Path folder;

  @Test
  void aProgramThatCopiesTheImageGivesItsValuesAsLabels() throws Exception {
    LabelMap labels =
        backEnd("cp", CommandOptions.IMAGE, CommandOptions.LABELS).segment(input(1), Device.CPU);

    assertThat(labels.structures()).extracting(s -> s.name()).containsExactly("one", "two");
    assertThat(labels.layers().get(0).labels()).containsOnly((short) 0, (short) 1, (short) 2);
  }

  @Test
  void argumentsAreNeverReadByAShell() throws Exception {
    Path trap = folder.resolve("trap");

    SegmentationException failed =
        catchThrowableOfType(
            SegmentationException.class,
            () ->
                backEnd("cp", "$(touch " + trap + ")", CommandOptions.IMAGE, CommandOptions.LABELS)
                    .segment(input(1), Device.CPU));

    assertThat(failed.finding().code()).isEqualTo(Finding.Code.SEGMENTER_FAILED);
    assertThat(Files.exists(trap)).isFalse();
  }

  @Test
  void aProgramThatTakesTooLongIsEnded() throws Exception {
    SegmentationException failed =
        catchThrowableOfType(
            SegmentationException.class,
            () ->
                backEnd("tail", "-f", CommandOptions.IMAGE, CommandOptions.LABELS)
                    .segment(input(1), Device.CPU));

    assertThat(failed.finding().code()).isEqualTo(Finding.Code.TIME_LIMIT);
    assertThat(ProcessHandle.current().children().map(p -> p.info().command().orElse("")))
        .noneMatch(command -> command.endsWith("tail"));
  }

  @Test
  void labelsWithoutNamesAreRefused() throws Exception {
    SegmentationException failed =
        catchThrowableOfType(
            SegmentationException.class,
            () ->
                backEnd("cp", CommandOptions.IMAGE, CommandOptions.LABELS)
                    .segment(input(3), Device.CPU));

    assertThat(failed.finding().code()).isEqualTo(Finding.Code.SEGMENTER_OUTPUT_INVALID);
  }

  @Test
  void aProgramThatIsNotThereIsAProblemBeforeTheRun() {
    assertThat(CommandBackEnd.problems(options("/no/such/program", "{image}", "{labels}")))
        .hasSize(1);
    assertThat(CommandBackEnd.problems(options("cp", "{image}", "{labels}"))).isEmpty();
  }

  @Test
  void otherArgumentsGiveAnotherDigest() {
    assertThat(backEnd("cp", "{image}", "{labels}").digest())
        .isNotEqualTo(backEnd("mv", "{image}", "{labels}").digest());
    assertThat(backEnd("cp", "{image}", "{labels}").name()).isEqualTo("command:cp");
  }

  @Test
  void aCommandThatCannotKnowItsFilesIsRefused() {
    assertThatThrownBy(() -> options("cp", "{image}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{labels}");
    assertThatThrownBy(
            () ->
                new CommandOptions(
                    List.of("cp", "{image}", "{labels}"),
                    Device.Kind.CPU,
                    Map.of(),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CommandBackEnd backEnd(String... arguments) {
    return new CommandBackEnd(options(arguments));
  }

  private static CommandOptions options(String... arguments) {
    return new CommandOptions(
        List.of(arguments),
        Device.Kind.CPU,
        Map.of(1, "one", 2, "two"),
        Duration.ofSeconds(5),
        Duration.ofMillis(200));
  }

  private SegmentationInput input(int step) {
    VoxelGrid grid = VoxelGrid.axial(3, 2, 2, new Point(0, 0, 0), 1, 1, 1);
    float[] values = new float[(int) grid.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = step * (i % 3);
    }
    return new SegmentationInput(
        new CourseId("course"), "1.2.3", "CT", new ImageVolume(grid, values), folder);
  }
}
