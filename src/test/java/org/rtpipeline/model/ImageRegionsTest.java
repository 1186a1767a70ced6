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
    Map<BodyRegion, Double> sure = ImageRegions.of(ct).orElseThrow();
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
  void airAloneShowsNothing() {
    assertThat(shown(BodyPhantom.between(900, 1000))).isEmpty();
  }

  @Test
  void aRealScanFromHipToDiaphragmShowsAbdomenAndPelvis() throws IOException {
    String file = "segmentation/totalsegmentator-reference/ct-abdomen-3mm/example_ct.nii.gz";
    try (InputStream in = Files.newInputStream(SharedData.require(file))) {
      assertThat(shown(NiftiReader.read(in).volume()))
          .containsExactly(BodyRegion.ABDOMEN, BodyRegion.PELVIS);
    }
  }
}
