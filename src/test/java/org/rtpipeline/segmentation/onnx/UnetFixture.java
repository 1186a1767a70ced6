package org.rtpipeline.segmentation.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationInput;

/**
 * The tiny nnU-Net model among the test resources, and the phantom its golden labels were made for.
 * Trained on one scan to test the software; not usable on patients.
 */
final class UnetFixture {

  static final ObjectMapper JSON = new ObjectMapper();

  /** Names the graphics card to compute on, with the ONNX Runtime of profile onnx-gpu. */
  private static final String CARD = "RTPIPELINE_ONNX_CARD";

  private UnetFixture() {}

  /** The card that {@value #CARD} names, else the processor. */
  static Device device() {
    String card = System.getenv(CARD);
    return card == null ? Device.CPU : Device.gpu(card);
  }

  static Path file(String name) throws IOException {
    URL found = UnetFixture.class.getResource("/segmentation/unet/" + name);
    if (found == null) {
      throw new IOException("no test resource segmentation/unet/" + name);
    }
    try {
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  static JsonNode json(String name) throws IOException {
    return JSON.readTree(file(name).toFile());
  }

  /** A model.json that holds both files of nnU-Net and names the networks by their full paths. */
  static ObjectNode sidecar(List<Integer> folds) throws IOException {
    ObjectNode sidecar = JSON.createObjectNode().put("kind", "nnunet");
    sidecar.set("plans", json("plans.json"));
    sidecar.set("dataset", json("dataset.json"));
    for (int fold : folds) {
      sidecar.withArray("networks").add(file("fold_" + fold + "/model.onnx").toString());
    }
    return sidecar;
  }

  static OnnxOptions written(ObjectNode sidecar, Path folder) throws IOException {
    Files.writeString(folder.resolve("model.json"), JSON.writeValueAsString(sidecar));
    return OnnxOptions.of(folder.toString());
  }

  /** Labels that PyTorch gives, in the order of our grid; less 128 where two classes tie. */
  static byte[] golden(String name) throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(file("golden/" + name + ".u8.gz")))) {
      return in.readAllBytes();
    }
  }

  static SegmentationInput input(ImageVolume volume) {
    return new SegmentationInput(
        new CourseId("abcdefghijklmnopqrstuvwxyz"), "1.2.3", "CT", volume, Path.of("."));
  }

  /**
   * HU of a trunk in whole numbers; the same formula is in unet_fixture.py.
   *
   * @param size planes, rows, columns
   * @param spacingMm along the same axes
   */
  static ImageVolume phantom(Extent size, double[] spacingMm) {
    VoxelGrid grid =
        VoxelGrid.axial(
            size.n2(),
            size.n1(),
            size.n0(),
            new Point(0, 0, 0),
            spacingMm[2],
            spacingMm[1],
            spacingMm[0]);
    float[] hu = new float[size.voxels()];
    int at = 0;
    for (int z = 0; z < size.n0(); z++) {
      for (int y = 0; y < size.n1(); y++) {
        for (int x = 0; x < size.n2(); x++) {
          hu[at++] = hu(size, x, y, z);
        }
      }
    }
    return new ImageVolume(grid, hu);
  }

  /** The phantom with 0 outside the body. */
  static ImageVolume maskedPhantom(Extent size, double[] spacingMm) {
    ImageVolume phantom = phantom(size, spacingMm);
    for (int i = 0; i < phantom.values().length; i++) {
      if (phantom.values()[i] == -1000) {
        phantom.values()[i] = 0;
      }
    }
    return phantom;
  }

  private static int hu(Extent size, int x, int y, int z) {
    if (!inside(size, x, y, z, 50, 50, 50, 44, 42, 300)) {
      return organ(size, x, y, z, -1000);
    }
    long mixed = x * 7919L + y * 104729L + z * 1299709L + 31L * x * y + 17L * y * z;
    int noise = (int) (mixed % 41) - 20;
    return organ(size, x, y, z, 10 + noise) + noise;
  }

  private static int organ(Extent size, int x, int y, int z, int otherwise) {
    int hu = otherwise;
    hu = inside(size, x, y, z, 30, 45, 85, 14, 18, 40) ? -820 : hu;
    hu = inside(size, x, y, z, 70, 45, 85, 14, 18, 40) ? -800 : hu;
    hu = inside(size, x, y, z, 33, 50, 35, 16, 22, 30) ? 105 : hu;
    hu = inside(size, x, y, z, 72, 55, 40, 8, 10, 20) ? 120 : hu;
    hu = inside(size, x, y, z, 36, 68, 25, 7, 7, 22) ? 160 : hu;
    hu = inside(size, x, y, z, 64, 68, 25, 7, 7, 22) ? 160 : hu;
    return inside(size, x, y, z, 50, 74, 50, 7, 8, 300) ? 420 : hu;
  }

  /** In an ellipsoid whose centre and half axes are given in percent of the image. */
  private static boolean inside(
      Extent size, int x, int y, int z, int cx, int cy, int cz, long rx, long ry, long rz) {
    long nx = size.n2();
    long ny = size.n1();
    long nz = size.n0();
    double scale = 2.0 * rx * ry * rz * nx * ny * nz;
    double dx = (200L * x + 100 - 2L * cx * nx) * ry * rz * ny * nz / scale;
    double dy = (200L * y + 100 - 2L * cy * ny) * rx * rz * nx * nz / scale;
    double dz = (200L * z + 100 - 2L * cz * nz) * rx * ry * nx * ny / scale;
    return dx * dx + dy * dy + dz * dz <= 1;
  }
}
