package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.images.NiftiReader;
import org.rtpipeline.images.StoredImage;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.SegmentationException;

/** A published network that is no nnU-Net, on a real scan of a head. */
final class MeshNetTest {

  private static final String FOLDER = "segmentation/brainchop-meshnet/";
  private static final float LOGIT_TOLERANCE = 1e-3f;

  @TempDir Path folder;

  @Test
  void logitsOfACropAreThoseOfTheReference() throws IOException, NetworkException {
    Path network = SharedData.require(FOLDER + "onnx-fixture/model5_gw_ae.onnx");
    float[] crop = floats(SharedData.require(FOLDER + "onnx-fixture/crop48.f32.gz"));
    float[] expected =
        floats(SharedData.require(FOLDER + "onnx-fixture/model5_gw_ae.crop48.logits.f32.gz"));
    OptionalInt card = OrtRuntime.card(UnetFixture.device(), "");
    try (Network meshNet = OrtNetwork.open(network, 1, card)) {
      float[] logits = meshNet.run(crop, new Extent(48, 48, 48));
      assertThat(logits).hasSameSizeAs(expected);
      for (int i = 0; i < logits.length; i++) {
        assertThat(logits[i]).isCloseTo(expected[i], within(LOGIT_TOLERANCE));
      }
    }
  }

  @Test
  void labelsOfAWholeHeadInSlabsAreTheGoldenOnes() throws IOException, SegmentationException {
    Path network = SharedData.require(FOLDER + "onnx-fixture/model5_gw_ae.onnx");
    byte[] golden =
        bytes(SharedData.require(FOLDER + "onnx-fixture/model5_gw_ae.t1_crop.labels.ijk.u8.gz"));
    ImageVolume head = nifti(SharedData.require(FOLDER + "t1_crop.nii.gz")).volume();
    Files.copy(network, folder.resolve("meshnet.onnx"));
    Files.writeString(
        folder.resolve("model.json"),
        """
        {"kind": "plain", "name": "MeshNet", "version": "model5_gw_ae",
         "networks": ["meshnet.onnx"], "orientation": "LIA",
         "normalisation": {"scheme": "window", "divide": 255},
         "slabs": {"planes": 128, "margin": 47},
         "labels": {"background": 0, "white_matter": 1, "grey_matter": 2}}
        """);
    LabelMap found =
        OnnxBackEnd.open(OnnxOptions.of(folder.toString()))
            .segment(UnetFixture.input(head), UnetFixture.device());

    short[] labels = found.layers().get(0).labels();
    VoxelGrid grid = head.grid();
    boolean turned = grid.normal().yMm() > 0;
    int differing = 0;
    for (int i = 0; i < 256; i++) {
      for (int j = 0; j < 256; j++) {
        for (int k = 0; k < 256; k++) {
          int plane = turned ? 255 - k : k;
          differing += labels[grid.index(i, j, plane)] == golden[(i * 256 + j) * 256 + k] ? 0 : 1;
        }
      }
    }
    assertThat(differing).as("voxels that differ").isZero();
    assertThat(found.structures())
        .extracting("name")
        .containsExactly("white_matter", "grey_matter");
  }

  private static StoredImage nifti(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return NiftiReader.read(in);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  private static float[] floats(Path file) throws IOException {
    byte[] bytes = bytes(file);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
