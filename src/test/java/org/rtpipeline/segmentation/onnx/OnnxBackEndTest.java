package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationException;

final class OnnxBackEndTest {

  private static final String PLAIN =
      """
      {"kind": "plain", "name": "sign", "version": "1", "networks": ["a.onnx", "b.onnx"],
       "labels": {"background": 0, "positive": 1}, "spacing_mm": [2, 1, 1], "mirror_axes": [0]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void aModelThatFindsPositiveVoxels() throws IOException {
    Files.copy(UnetFixture.file("odd/volumes.onnx"), folder.resolve("a.onnx"));
    Files.copy(UnetFixture.file("odd/volumes.onnx"), folder.resolve("b.onnx"));
    Files.writeString(folder.resolve("model.json"), PLAIN);
  }

  private OnnxOptions options() {
    return OnnxOptions.of(folder.toString());
  }

  private static ImageVolume signs() {
    VoxelGrid grid = VoxelGrid.axial(3, 2, 2, new Point(0, 0, 0), 1, 1, 2);
    return new ImageVolume(grid, new float[] {1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6});
  }

  private static void fails(
      OnnxBackEnd backEnd, ImageVolume image, Device device, Finding.Code code, String words) {
    assertThatThrownBy(() -> backEnd.segment(UnetFixture.input(image), device))
        .isInstanceOfSatisfying(
            SegmentationException.class, e -> assertThat(e.finding().code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  @Test
  void aPlainNetworkLabelsAnImage() throws SegmentationException {
    LabelMap found = OnnxBackEnd.open(options()).segment(UnetFixture.input(signs()), Device.CPU);
    assertThat(found.structures()).hasSize(1);
    assertThat(found.mask(found.structures().get(0)))
        .containsExactly(1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0);
    assertThat(found.structures().get(0).description()).isEqualTo("Found by the network sign 1.");
  }

  @Test
  void labelsComeBackOnTheGridOfTheImage() throws SegmentationException {
    VoxelGrid grid = VoxelGrid.axial(4, 3, 5, new Point(0, 0, 0), 0.7, 1.4, 3);
    float[] values = new float[60];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 4 < 2 ? -1 : 1;
    }
    LabelMap found =
        OnnxBackEnd.open(options())
            .segment(UnetFixture.input(new ImageVolume(grid, values)), Device.CPU);
    byte[] mask = found.mask(found.structures().get(0));
    for (int i = 0; i < mask.length; i++) {
      assertThat(mask[i] == 1).isEqualTo(values[i] > 0);
    }
  }

  @Test
  void anImageOfZerosHasNoStructures() throws IOException, SegmentationException {
    OnnxBackEnd backEnd =
        OnnxBackEnd.open(UnetFixture.written(UnetFixture.sidecar(List.of(0)), folder));
    VoxelGrid grid = VoxelGrid.axial(4, 4, 4, new Point(0, 0, 0), 3, 3, 3);
    LabelMap found =
        backEnd.segment(UnetFixture.input(new ImageVolume(grid, new float[64])), Device.CPU);
    assertThat(found.structures()).hasSize(5);
    assertThat(found.layers().get(0).labels()).containsOnly((short) 0);
  }

  @Test
  void theBackEndTravels() throws IOException, ClassNotFoundException, SegmentationException {
    OnnxBackEnd backEnd = OnnxBackEnd.open(options());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(backEnd);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      OnnxBackEnd there = (OnnxBackEnd) in.readObject();
      assertThat(there.digest()).isEqualTo(backEnd.digest());
      assertThat(there.segment(UnetFixture.input(signs()), Device.CPU).structures()).hasSize(1);
    }
  }

  @Test
  void theDigestChangesWithAllThatDecidesTheLabels() throws IOException, SegmentationException {
    String first = OnnxBackEnd.open(options()).digest();
    assertThat(first).hasSize(64).isEqualTo(OnnxBackEnd.open(options()).digest());
    OnnxOptions still =
        new OnnxOptions(
            folder.toString(), Device.Kind.CPU, 1, OnnxOptions.Mirroring.NONE, 0, List.of());
    assertThat(OnnxBackEnd.open(still).digest()).isNotEqualTo(first);
    OnnxOptions one =
        new OnnxOptions(
            folder.toString(), Device.Kind.CPU, 1, OnnxOptions.Mirroring.AS_TRAINED, 0, List.of(1));
    assertThat(OnnxBackEnd.open(one).digest()).isNotEqualTo(first);
    Files.writeString(folder.resolve("b.onnx"), "other weights");
    assertThat(OnnxBackEnd.open(options()).digest()).isNotEqualTo(first);
  }

  @Test
  void theModelGivesNameAndVersion() throws SegmentationException {
    OnnxBackEnd backEnd = OnnxBackEnd.open(options());
    assertThat(backEnd.name()).isEqualTo("onnx sign");
    assertThat(backEnd.version()).isEqualTo("1");
    assertThat(backEnd.deviceKind()).isEqualTo(Device.Kind.CPU);
  }

  @Test
  void theStepOfTilesIsAskedFor() throws IOException, SegmentationException {
    ObjectNode sidecar = UnetFixture.sidecar(List.of(0));
    UnetFixture.written(sidecar, folder);
    OnnxOptions wide =
        new OnnxOptions(
            folder.toString(), Device.Kind.CPU, 1, OnnxOptions.Mirroring.NONE, 1, List.of());
    assertThat(OnnxBackEnd.open(wide).digest()).isNotEqualTo(OnnxBackEnd.open(options()).digest());
  }

  @Test
  void weightsThatChangedAreRefused() throws IOException, SegmentationException {
    OnnxBackEnd backEnd = OnnxBackEnd.open(options());
    Files.writeString(folder.resolve("b.onnx"), "other weights");
    fails(backEnd, signs(), Device.CPU, Finding.Code.SEGMENTER_FAILED, "SHA-256");
    Files.delete(folder.resolve("b.onnx"));
    fails(backEnd, signs(), Device.CPU, Finding.Code.SEGMENTER_FAILED, "cannot be read");
  }

  @Test
  void aFoldThatIsNotThereIsRefused() {
    OnnxOptions third =
        new OnnxOptions(
            folder.toString(), Device.Kind.CPU, 1, OnnxOptions.Mirroring.NONE, 0, List.of(2));
    assertThatThrownBy(() -> OnnxBackEnd.open(third))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("2 networks")
        .hasMessageContaining("number 2");
  }

  @Test
  void imagesWithoutARegularGridAreSkipped() throws SegmentationException {
    OnnxBackEnd backEnd = OnnxBackEnd.open(options());
    VoxelGrid single = VoxelGrid.axial(2, 2, 1, new Point(0, 0, 0), 1, 1, 1);
    fails(
        backEnd,
        new ImageVolume(single, new float[4]),
        Device.CPU,
        Finding.Code.TOO_FEW_SLICES,
        "1 plane");
    VoxelGrid uneven =
        new VoxelGrid(
            1,
            1,
            new Point(0, 0, 0),
            new Point(1, 0, 0),
            new Point(0, 1, 0),
            1,
            1,
            new double[] {0, 1, 3});
    fails(
        backEnd,
        new ImageVolume(uneven, new float[3]),
        Device.CPU,
        Finding.Code.NON_UNIFORM_SPACING,
        "equally");
  }

  @Test
  void anImageThinnerThanAVoxelOfTheModelFails() throws SegmentationException {
    VoxelGrid thin = VoxelGrid.axial(2, 1, 2, new Point(0, 0, 0), 1, 0.2, 2);
    fails(
        OnnxBackEnd.open(options()),
        new ImageVolume(thin, new float[4]),
        Device.CPU,
        Finding.Code.SEGMENTER_FAILED,
        "0.2");
  }

  @Test
  void aGraphicsCardWithoutItsRuntimeFails() throws SegmentationException {
    fails(
        OnnxBackEnd.open(options()),
        signs(),
        Device.gpu("GPU-none"),
        Finding.Code.SEGMENTER_FAILED,
        "GPU-none");
  }

  @Test
  void anInterruptEndsTheWorkAndStaysSet() throws SegmentationException {
    OnnxBackEnd backEnd = OnnxBackEnd.open(options());
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> backEnd.segment(UnetFixture.input(signs()), Device.CPU))
          .isInstanceOf(SegmentationException.class)
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void optionsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> OnnxOptions.of(" ")).hasMessageContaining("folder");
    assertThatThrownBy(() -> options(0, 0, 0)).hasMessageContaining("threads");
    assertThatThrownBy(() -> options(1, 2, 0)).hasMessageContaining("2.0");
    assertThatThrownBy(() -> options(1, -1, 0)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> options(1, 0.5, -1)).hasMessageContaining("-1");
  }

  private static OnnxOptions options(int threads, double step, int fold) {
    return new OnnxOptions(
        "m", Device.Kind.CPU, threads, OnnxOptions.Mirroring.NONE, step, List.of(fold));
  }
}
