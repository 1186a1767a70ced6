package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.fixture.BodyPhantom;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.images.NiftiReader;

final class ImageRegionsTest {

  private static List<BodyRegion> shown(ImageVolume ct) {
    Map<BodyRegion, Double> sure = ImageRegions.of(ct).orElse(Map.of());
    return sure.entrySet().stream()
        .filter(entry -> entry.getValue() >= ImageRegions.SHOWN)
        .map(Map.Entry::getKey)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "-200, 900, 'HEAD_NECK, THORAX, ABDOMEN, PELVIS'",
    "-100, 180, PELVIS",
    "0, 400, 'ABDOMEN, PELVIS'",
    "220, 380, ABDOMEN",
    "420, 640, THORAX",
    "300, 600, 'THORAX, ABDOMEN'",
    "680, 900, HEAD_NECK",
    "500, 900, 'HEAD_NECK, THORAX'",
    "-200, -20, ''",
  })
  void everyPartOfABodyShowsItsRegions(double lowMm, double highMm, String regions) {
    assertThat(
            String.join(
                ", ", shown(BodyPhantom.between(lowMm, highMm)).stream().map(Enum::name).toList()))
        .isEqualTo(regions);
  }

  @Test
  void aRegionIsAsSureAsItIsLong() {
    Map<BodyRegion, Double> sure = ImageRegions.of(BodyPhantom.between(355, 600)).orElseThrow();
    assertThat(sure.get(BodyRegion.THORAX)).isEqualTo(1);
    assertThat(sure.get(BodyRegion.ABDOMEN)).isBetween(0.7, 0.8);
    assertThat(sure.get(BodyRegion.PELVIS)).isZero();
  }

  @Test
  void planesStackedFromHeadToFootShowTheSame() {
    ImageVolume up = BodyPhantom.between(0, 400);
    VoxelGrid grid = up.grid();
    double[] offsetsMm = new double[grid.planes()];
    float[] values = new float[up.values().length];
    int plane = grid.columns() * grid.rows();
    for (int k = 0; k < grid.planes(); k++) {
      offsetsMm[k] = grid.planeOffsetMm(k);
      int from = (grid.planes() - 1 - k) * plane;
      System.arraycopy(up.values(), from, values, k * plane, plane);
    }
    VoxelGrid turned =
        new VoxelGrid(
            grid.columns(),
            grid.rows(),
            new Point(grid.originMm().xMm(), -grid.originMm().yMm(), 395),
            new Point(1, 0, 0),
            new Point(0, -1, 0),
            grid.columnSpacingMm(),
            grid.rowSpacingMm(),
            offsetsMm);
    assertThat(ImageRegions.of(new ImageVolume(turned, values))).isEqualTo(ImageRegions.of(up));
  }

  @Test
  void sagittalPlanesDoNotTell() {
    VoxelGrid sagittal =
        new VoxelGrid(
            2, 2, Point.ORIGIN, new Point(0, 1, 0), new Point(0, 0, -1), 1, 1, new double[] {0, 1});
    assertThat(ImageRegions.of(new ImageVolume(sagittal, new float[8]))).isEmpty();
  }

  @Test
  void airAloneHasNoRegion() {
    assertThat(ImageRegions.of(BodyPhantom.between(910, 1000)).orElseThrow().values())
        .containsOnly(0.0);
  }

  /** Upright ellipses of one density in air, 600 cm² wide or 300. */
  private static ImageVolume ellipse(double halfWidthMm, double halfHeightMm, float hu) {
    VoxelGrid grid = VoxelGrid.axial(100, 100, 40, new Point(-198, -198, 0), 4, 4, 5);
    float[] values = new float[(int) grid.voxels()];
    for (int at = 0; at < values.length; at++) {
      double x = (-198 + 4 * (at % 100)) / halfWidthMm;
      double y = (-198 + 4 * (at / 100 % 100)) / halfHeightMm;
      values[at] = x * x + y * y < 1 ? hu : -1000;
    }
    return new ImageVolume(grid, values);
  }

  @ParameterizedTest
  @CsvSource({"170, 112", "98, 98", "110, 110"})
  void waterWithoutBoneAndLungsDoesNotTell(double halfWidthMm, double halfHeightMm) {
    assertThat(ImageRegions.of(ellipse(halfWidthMm, halfHeightMm, 0))).isEmpty();
  }

  @Test
  void aRegionThatPlanesMayHideIsNeitherShownNorAbsent() {
    ImageVolume thorax = BodyPhantom.between(420, 640);
    float[] values = thorax.values().clone();
    int plane = thorax.grid().columns() * thorax.grid().rows();
    for (int at = 0; at < 10 * plane; at++) {
      values[at] = values[at] > -900 ? 20 : values[at];
    }
    assertThat(ImageRegions.of(new ImageVolume(thorax.grid(), values)).orElseThrow())
        .containsOnlyKeys(BodyRegion.THORAX);
  }

  @Test
  void aBodyThatTheImageCutsAllRoundDoesNotTell() {
    ImageVolume whole = BodyPhantom.between(420, 640);
    VoxelGrid inner = VoxelGrid.axial(40, 30, 40, new Point(-80, -60, 420), 4, 4, 5);
    float[] values = new float[(int) inner.voxels()];
    for (int at = 0; at < values.length; at++) {
      double x = -80 + 4 * (at % 40);
      double y = -60 + 4 * (at / 40 % 30);
      int i = (int) Math.round(whole.grid().columnOf(new Point(x, y, 420)));
      int j = (int) Math.round(whole.grid().rowOf(new Point(x, y, 420)));
      values[at] = whole.values()[whole.grid().index(i, j, at / 1200)];
    }
    assertThat(ImageRegions.of(new ImageVolume(inner, values))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // 336 mm from the hips to the diaphragm.
    "segmentation/totalsegmentator-reference/ct-abdomen-3mm/example_ct.nii.gz, 'ABDOMEN, PELVIS'",
    // Right chest and the liver below, cut on two sides: of the liver it does not tell.
    "radiomics/ibsi1/ct_phantom/phantom.nii.gz, THORAX",
    // Parts of a thigh and of the buttocks, cut on all sides.
    "radiomics/ibsi_validation/STS_001/CT_image.nii.gz, ''",
    "radiomics/ibsi_validation/STS_003/CT_image.nii.gz, ''",
  })
  void realScansShowWhatTheyHoldOrDoNotTell(String file, String regions) throws IOException {
    try (InputStream in = Files.newInputStream(SharedData.require(file))) {
      assertThat(
              String.join(
                  ", ", shown(NiftiReader.read(in).volume()).stream().map(Enum::name).toList()))
          .isEqualTo(regions);
    }
  }

  @Test
  void theCutScanOfAThighTellsOfNoRegionInsteadOfDenyingAll() throws IOException {
    String file = "radiomics/ibsi_validation/STS_001/CT_image.nii.gz";
    try (InputStream in = Files.newInputStream(SharedData.require(file))) {
      assertThat(ImageRegions.of(NiftiReader.read(in).volume())).isEmpty();
    }
  }
}
