package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.images.NiftiReader;
import org.rtpipeline.images.StoredImage;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.SegmentationException;

/** Labels of the whole chain against those of nnU-Net 2 on PyTorch with the same weights. */
final class UnetParityTest {

  /** So many voxels at most may differ from nnU-Net with its own sums in half precision. */
  private static final double HALF_PRECISION_SHARE = 1e-4;

  /** So many voxels at most may have two classes closer than 1e-4 in PyTorch. */
  private static final double TIES_SHARE = 1e-4;

  @TempDir Path folder;

  /** As in CASES of unet_fixture.py. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "same, 24 44 40, 3 3 3, 3d_fullres, 0 1 2, '', 0",
    "finer, 33 50 46, 2.2 2.5 2.6, 3d_fullres, 0 1 2, '', 0",
    "small, 9 30 28, 3 3.3 3.3, 3d_fullres, 0 1 2, '', 0",
    "mirrored, 20 36 40, 3.5 3 3, 3d_fullres, 0 1 2, 0 1 2, 0",
    "folds, 24 40 44, 3 3.4 3.4, 3d_fullres, 0 1 2, 1 2, 0 1",
    "transposed, 40 30 44, 3 3.6 2.5, 3d_fullres, 1 2 0, '', 0",
    "zscore, 24 44 40, 3 3.2 3, zscore, 0 1 2, '', 0",
    "masked, 30 60 56, 3 3 3, masked, 0 1 2, '', 1",
    "unit, 24 44 40, 3 3 3.1, unit, 0 1 2, '', 0",
    "coarse, 10 44 40, 5 3.3 3.3, coarse, 0 1 2, '', 0",
    "thick, 8 60 56, 10 2.4 2.4, 3d_fullres, 0 1 2, '', 0",
    "thickside, 44 9 50, 2.4 10 2.5, 3d_fullres, 0 1 2, '', 0",
    "separate, 30 44 40, 4 3.2 3.2, separate, 0 1 2, '', 0",
    "cubic, 20 40 40, 3.5 3.4 3.3, cubic, 0 1 2, '', 0"
  })
  void labelsAreThoseOfPyTorch(
      String name,
      String size,
      String spacing,
      String configuration,
      String transpose,
      String mirrored,
      String folds)
      throws IOException, SegmentationException {
    ObjectNode sidecar = UnetFixture.sidecar(whole(folds));
    sidecar.put("configuration", configuration);
    ArrayNode forward = UnetFixture.JSON.createArrayNode();
    whole(transpose).forEach(forward::add);
    ((ObjectNode) sidecar.get("plans")).set("transpose_forward", forward);
    if (!mirrored.isEmpty()) {
      whole(mirrored).forEach(sidecar.withArray("mirror_axes")::add);
    }
    Extent extent = extent(size);
    ImageVolume image =
        configuration.equals("masked")
            ? UnetFixture.maskedPhantom(extent, numbers(spacing))
            : UnetFixture.phantom(extent, numbers(spacing));
    LabelMap found = segmented(sidecar, image);

    assertThat(found.layers()).hasSize(1);
    assertThat(differing(found.layers().get(0).labels(), UnetFixture.golden(name)))
        .as("voxels that differ")
        .isZero();
  }

  @Test
  void regionsOverwriteOneAnotherAsInPyTorch() throws IOException, SegmentationException {
    ObjectNode sidecar = UnetFixture.sidecar(List.of(0));
    sidecar.set("dataset", UnetFixture.json("regions.json"));
    ImageVolume image = UnetFixture.phantom(new Extent(24, 44, 40), new double[] {3, 3.4, 3});
    LabelMap found = segmented(sidecar, image);

    byte[] golden = UnetFixture.golden("regions");
    assertThat(found.layers()).hasSize(2);
    assertThat(found.structures()).extracting("name").contains("air", "organs", "left", "pair");
    byte[] organs = found.mask(found.structures().get(3));
    byte[] left = found.mask(found.structures().get(4));
    for (int i = 0; i < golden.length; i++) {
      if (golden[i] < 0) {
        continue;
      }
      assertThat(organs[i] == 1).isEqualTo(golden[i] >= 3 && golden[i] <= 5);
      assertThat(left[i] == 1).isEqualTo(golden[i] == 4);
    }
  }

  @Test
  void sumsInHalfPrecisionDifferInAFewVoxels() throws IOException, SegmentationException {
    ImageVolume image = UnetFixture.phantom(new Extent(33, 50, 46), new double[] {2.2, 2.5, 2.6});
    LabelMap found = segmented(UnetFixture.sidecar(List.of(0)), image);
    short[] labels = found.layers().get(0).labels();
    byte[] golden = UnetFixture.golden("half");
    int differing = 0;
    for (int i = 0; i < golden.length; i++) {
      differing += labels[i] == (golden[i] & 127) ? 0 : 1;
    }
    assertThat(differing).isLessThanOrEqualTo((int) (HALF_PRECISION_SHARE * golden.length));
  }

  @Test
  void aWholeScanHasTheLabelsOfPyTorch() throws IOException, SegmentationException {
    Path scan =
        SharedData.require(
            "segmentation/totalsegmentator-reference/ct-abdomen-3mm/example_ct.nii.gz");
    StoredImage stored = nifti(scan);
    // the golden labels are in the axes of the file, RAS, and so is this grid
    VoxelGrid grid =
        VoxelGrid.axial(
            stored.count(0), stored.count(1), stored.count(2), new Point(0, 0, 0), 3, 3, 3);
    LabelMap found =
        segmented(UnetFixture.sidecar(List.of(0, 1)), new ImageVolume(grid, stored.values()));
    assertThat(differing(found.layers().get(0).labels(), UnetFixture.golden("scan"))).isZero();
  }

  private static StoredImage nifti(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return NiftiReader.read(in);
    }
  }

  private LabelMap segmented(ObjectNode sidecar, ImageVolume image)
      throws IOException, SegmentationException {
    return OnnxBackEnd.open(UnetFixture.written(sidecar, folder))
        .segment(UnetFixture.input(image), UnetFixture.device());
  }

  /** Voxels with another label, leaving out those where PyTorch's two best classes tie. */
  private static int differing(short[] labels, byte[] golden) {
    assertThat(labels).hasSize(golden.length);
    int differing = 0;
    int ties = 0;
    for (int i = 0; i < golden.length; i++) {
      boolean tie = golden[i] < 0;
      ties += tie ? 1 : 0;
      differing += tie || labels[i] == golden[i] ? 0 : 1;
    }
    assertThat(ties).as("ties").isLessThanOrEqualTo((int) Math.ceil(TIES_SHARE * golden.length));
    return differing;
  }

  private static List<Integer> whole(String list) {
    return Arrays.stream(list.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .map(Integer::valueOf)
        .toList();
  }

  private static double[] numbers(String list) {
    return Arrays.stream(list.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static Extent extent(String counts) {
    return Extent.of(whole(counts).stream().mapToInt(Integer::intValue).toArray());
  }
}
