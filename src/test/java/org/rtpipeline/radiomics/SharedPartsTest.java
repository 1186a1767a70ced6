package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.radiomics.RadiomicsOptions.Interpolation;
import org.rtpipeline.radiomics.RadiomicsOptions.Resampling;

final class SharedPartsTest {

  private static final GridSize SIZE = new GridSize(30, 28, 16, 1, 1, 2.5);
  private static final IndexBox BOX = new IndexBox(2, 3, 1, 10, 9, 8);
  private static final IndexBox OTHER = new IndexBox(8, 9, 4, 10, 9, 8);
  private static final RadiomicsOptions PLAIN =
      RadiomicsOptions.pyradiomics().withFeatures(Map.of(FeatureClass.FIRSTORDER, Set.of()));

  private static Raster image() {
    return MadeRegions.noise(SIZE, 700, 3);
  }

  static List<RadiomicsOptions> options() {
    RadiomicsOptions filtered =
        PLAIN.withFilters(
            List.of(
                ImageFilter.LaplacianOfGaussian.of(1), ImageFilter.LaplacianOfGaussian.of(2.5)));
    return List.of(
        filtered,
        filtered.withNormalisation(new RadiomicsOptions.Normalisation(100, 3.0)),
        PLAIN.withResampling(new Resampling(1, 1, 1, Interpolation.BSPLINE, 3)),
        filtered.withResampling(new Resampling(2, 1.5, 0, Interpolation.BSPLINE, 5)));
  }

  private static List<Double> features(RadiomicsOptions options, long bytes, List<IndexBox> boxes) {
    RadiomicsSettings.Limits limits =
        new RadiomicsSettings.Limits(1, 1_000_000, RadiomicsSettings.LargeRois.SKIP, bytes);
    ImageRadiomics radiomics =
        new ImageRadiomics(image(), new ParameterSet("made", options), limits, boxes);
    List<Double> out = new ArrayList<>();
    for (IndexBox box : List.of(BOX, OTHER, new IndexBox(25, 0, 12, 4, 5, 4))) {
      byte[] mask =
          MadeRegions.randomMask(new GridSize(box.nx(), box.ny(), box.nz(), 1, 1, 1), 0.7, 5);
      VoxelMask voxels =
          VoxelMask.of(
                  new int[] {box.x0(), box.y0(), box.z0()},
                  new int[] {box.nx(), box.ny(), box.nz()},
                  mask)
              .orElseThrow();
      radiomics.of(voxels).values().forEach(value -> out.add(value.value()));
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("options")
  void featuresKeepTheirLastBitWhetherOrNotPartsAreShared(RadiomicsOptions options) {
    List<Double> alone = features(options, 0, List.of());

    assertThat(alone).hasSizeGreaterThan(50);
    assertThat(features(options, 1L << 30, List.of(BOX, OTHER))).isEqualTo(alone);
    assertThat(features(options, 60_000, List.of(BOX, OTHER))).isEqualTo(alone);
  }

  @Test
  void partsAreMadeOnceAndServeBoxesInside() {
    Raster image = image();
    SharedParts parts = SharedParts.over(List.of(BOX, OTHER), 4, 1 << 20).orElseThrow();
    double[] first = parts.laplacian(image, BOX, 2);

    assertThat(first).isEqualTo(LaplacianOfGaussian.of(image, BOX, 2).values());
    Raster silent = Raster.of(SIZE, new double[SIZE.voxels()]);
    assertThat(parts.laplacian(silent, BOX, 2)).isEqualTo(first);
    assertThat(parts.laplacian(silent, IndexBox.whole(SIZE), 2)).containsOnly(0);
  }

  @Test
  void theSmallestRegionsShareWhenNotAllFit() {
    IndexBox small = new IndexBox(3, 3, 3, 2, 2, 2);
    IndexBox next = new IndexBox(5, 5, 5, 2, 2, 2);
    List<IndexBox> regions = List.of(IndexBox.whole(SIZE), next, small);

    SharedParts parts = SharedParts.over(regions, 8, 8 * 64).orElseThrow();
    Raster silent = Raster.of(SIZE, new double[SIZE.voxels()]);
    parts.splineCoefficients(image(), small);
    assertThat(parts.splineCoefficients(silent, next)).isNotEqualTo(new double[8]);
    assertThat(SharedParts.over(regions, 8, 8 * 63)).isEmpty();
    assertThat(SharedParts.over(List.of(small), 8, 1 << 20)).isEmpty();
  }
}
