package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.OutputOptions;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.segmentation.worker.CommandOptions;

final class RunPlanTest {

  private static final Parallelism FOUR_CORES = Parallelism.of(1, 4, OptionalInt.empty());

  @Test
  void aSegmentationOnCoresHasTheSlotsOfItsOptions() {
    assertThat(line(FOUR_CORES, classical(1))).containsExactly("segmentation", "cpu", "1", "1");
    assertThat(line(FOUR_CORES, classical(2))).containsExactly("segmentation", "cpu", "2", "1");
    assertThat(line(FOUR_CORES, classical(64))).containsExactly("segmentation", "cpu", "3", "1");
  }

  @Test
  void aSegmentationOnGpusHasOneSlotForEachAndNoneWithoutGpu() {
    Parallelism two = Parallelism.of(List.of(new Parallelism.Executor(4, 2)), OptionalInt.empty());

    assertThat(line(two, gpu())).containsExactly("segmentation", "gpu", "2", "1");
    assertThat(line(FOUR_CORES, gpu())).containsExactly("segmentation", "gpu", "0", "1");
  }

  @Test
  void theFileSaysWhatTheLinesSay() {
    String json = RunPlan.ofRule(FOUR_CORES, Set.of(StageName.SEGMENTATION), classical(2)).json();

    assertThat(json.replaceAll("\\s", ""))
        .contains("{\"stage\":\"segmentation\",\"width\":\"cpu\",\"partitions\":2,");
  }

  private static String[] line(Parallelism parallelism, SegmentationOptions options) {
    return RunPlan.ofRule(parallelism, Set.of(StageName.SEGMENTATION), options).text().stream()
        .filter(line -> line.startsWith("segmentation"))
        .findFirst()
        .orElseThrow()
        .split(" +", -1);
  }

  private static SegmentationOptions classical(int slots) {
    return new SegmentationOptions(
        SegmentationOptions.Method.CLASSICAL, slots, null, null, null, OutputOptions.STANDARD);
  }

  private static SegmentationOptions gpu() {
    return new SegmentationOptions(
        SegmentationOptions.Method.COMMAND,
        1,
        null,
        new CommandOptions(
            List.of("program", "{image}", "{labels}"),
            Device.Kind.GPU,
            Map.of(1, "liver"),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)),
        null,
        OutputOptions.STANDARD);
  }
}
