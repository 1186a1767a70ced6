package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.segmentation.OutputOptions;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.segmentation.onnx.OnnxOptions;

final class OnnxBackEndChoiceTest {

  @TempDir Path folder;

  private SegmentationOptions options() {
    return new SegmentationOptions(
        SegmentationOptions.Method.ONNX,
        1,
        null,
        null,
        OnnxOptions.of(folder.toString()),
        OutputOptions.STANDARD);
  }

  @Test
  void aFolderWithoutModelIsAProblem() {
    assertThat(SegmentationBackEnds.problems(options()))
        .singleElement()
        .asString()
        .contains("plans.json");
    assertThatThrownBy(() -> SegmentationBackEnds.of(options()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("plans.json");
    assertThat(SegmentationDoctor.lines(options()))
        .anyMatch(line -> line.startsWith("missing     plans.json"));
  }

  @Test
  void aModelIsOpened() throws Exception {
    Files.createFile(folder.resolve("n.onnx"));
    Files.writeString(
        folder.resolve("model.json"),
        """
        {"kind": "plain", "name": "lobes", "networks": ["n.onnx"], "labels": {"none": 0, "lung": 1}}
        """);
    assertThat(SegmentationBackEnds.problems(options())).isEmpty();
    assertThat(SegmentationBackEnds.of(options()).name()).isEqualTo("onnx lobes");
  }
}
