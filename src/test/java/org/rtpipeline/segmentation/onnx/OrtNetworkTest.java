package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.segmentation.Device;

final class OrtNetworkTest {

  private static final Extent SMALL = new Extent(2, 2, 2);

  @TempDir Path folder;

  private static Network open(String name) throws IOException, NetworkException {
    return OrtNetwork.open(UnetFixture.file("odd/" + name + ".onnx"), 1, OptionalInt.empty());
  }

  @Test
  void classesFollowOneAnother() throws IOException, NetworkException {
    try (Network network = open("volumes")) {
      assertThat(network.run(new float[] {1, 2, 3, 4}, new Extent(1, 2, 2)))
          .containsExactly(-1, -2, -3, -4, 1, 2, 3, 4);
    }
  }

  @Test
  void aNetworkOfPlanesTakesOnePlane() throws IOException, NetworkException {
    try (Network network = open("planes")) {
      assertThat(network.run(new float[] {1, 2}, new Extent(1, 1, 2)))
          .containsExactly(-1, -2, 1, 2);
      assertThatThrownBy(() -> network.run(new float[8], SMALL))
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining("2 x 2 x 2");
    }
  }

  @Test
  void aNetworkOfAFixedSizeTakesNoOther() throws IOException, NetworkException {
    Path unet = UnetFixture.file("fold_0/model.onnx");
    try (Network network = OrtNetwork.open(unet, 1, OptionalInt.empty())) {
      assertThatThrownBy(() -> network.run(new float[8], SMALL))
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining("[1, 1, 16, 32, 32]")
          .hasMessageContaining("2 x 2 x 2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "two_inputs,2 inputs",
    "two_outputs,deep supervision",
    "double,single precision",
    "two_channels,1 x 1 x planes",
    "rank_three,1 x 1 x planes"
  })
  void networksOfAnotherShapeAreRefused(String name, String expected) {
    assertThatThrownBy(() -> open(name).close())
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining(name + ".onnx")
        .hasMessageContaining(expected);
  }

  @Test
  void classesInWholeNumbersAreRefused() throws IOException, NetworkException {
    try (Network network = open("whole_out")) {
      assertThatThrownBy(() -> network.run(new float[8], SMALL))
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining("single precision");
    }
  }

  @Test
  void aFileThatIsNoNetworkIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("text.onnx"), "no network");
    assertThatThrownBy(() -> OrtNetwork.open(file, 1, OptionalInt.empty()).close())
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("text.onnx");
  }

  @Test
  void aGraphicsCardIsNeverReplacedByTheProcessor() throws IOException {
    Path network = UnetFixture.file("odd/volumes.onnx");
    assertThatThrownBy(() -> OrtNetwork.open(network, 1, OptionalInt.of(0)).close())
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("volumes.onnx");
  }

  @Test
  void theFirstNetworksAreClosedWhenALaterOneFails() throws IOException {
    List<Path> files =
        List.of(UnetFixture.file("odd/volumes.onnx"), UnetFixture.file("odd/double.onnx"));
    assertThatThrownBy(() -> OrtRuntime.open(files, 1, Device.CPU, List.of()).close())
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("double.onnx");
  }

  @Test
  void aMissingRuntimeIsNamed() {
    assertThatThrownBy(() -> OrtRuntime.require(null))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("onnxruntime.jar");
  }

  @Test
  void aRuntimeThatReportsItsUseIsRefused() throws NetworkException {
    OrtRuntime.requireSilent("1.28.0", "");
    OrtRuntime.requireSilent("1.29.0", "1");
    OrtRuntime.requireSilent("", "1");
    for (String version : List.of("1.29.0", "2.0", "", "dev")) {
      assertThatThrownBy(() -> OrtRuntime.requireSilent(version, ""))
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining("ORT_DISABLE_TELEMETRY=1");
    }
  }

  @Test
  void theProcessorIsNoCard() throws NetworkException {
    assertThat(OrtRuntime.card(Device.CPU, "0,1")).isEmpty();
  }

  @Test
  void aCardIsCountedAmongTheVisibleOnes() throws NetworkException {
    assertThat(OrtRuntime.card(Device.gpu("3"), "1,3")).hasValue(1);
    assertThat(OrtRuntime.card(Device.gpu("GPU-b"), "GPU-a,GPU-b")).hasValue(1);
    assertThat(OrtRuntime.card(Device.gpu("3"), "")).hasValue(3);
  }

  @Test
  void aCardThatIsNotVisibleIsRefused() {
    assertThatThrownBy(() -> OrtRuntime.card(Device.gpu("2"), "0,1"))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("2")
        .hasMessageContaining("0,1");
    assertThatThrownBy(() -> OrtRuntime.card(Device.gpu("GPU-a"), ""))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("GPU-a");
  }
}
