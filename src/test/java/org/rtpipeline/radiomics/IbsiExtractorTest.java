package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rtpipeline.radiomics.IbsiOptions.Bins;
import org.rtpipeline.radiomics.IbsiOptions.FixedNumber;
import org.rtpipeline.radiomics.IbsiOptions.FixedSize;
import org.rtpipeline.radiomics.IbsiOptions.Interpolation;
import org.rtpipeline.radiomics.IbsiOptions.Limits;
import org.rtpipeline.radiomics.IbsiOptions.Narrowing;
import org.rtpipeline.radiomics.IbsiOptions.Rounding;
import org.rtpipeline.radiomics.IbsiOptions.Space;
import org.rtpipeline.radiomics.RoiFeatures.Reason;

/** What the IBSI mode does with odd regions, and its laws. */
final class IbsiExtractorTest {

  private static final Narrowing ALL = new Narrowing(null, null, null);
  private static final Limits LIMITS = new Limits(1_000, 1_000);

  private static IbsiOptions options(Bins bins, Narrowing narrowing) {
    return new IbsiOptions(null, narrowing, bins, null, EnumSet.allOf(Space.class), LIMITS);
  }

  private static IbsiFeatures of(IbsiOptions options, Raster image, byte[] mask) {
    return new IbsiExtractor(options).of(image, mask);
  }

  private static Map<String, Double> values(Raster image, byte[] mask, Bins bins) {
    return IbsiCase.byKey(of(options(bins, ALL), image, mask));
  }

  @Test
  void emptyMaskHasAReason() {
    GridSize size = MadeRegions.cube(4);
    IbsiFeatures features =
        of(options(new FixedSize(1), ALL), MadeRegions.noise(size, 9, 1), new byte[64]);

    assertThat(features.reason()).isEqualTo(Reason.EMPTY);
    assertThat(features.values()).isEmpty();
  }

  @Test
  void largerMaskThanTheLimitHasAReason() {
    GridSize size = MadeRegions.cube(11);
    Raster image = MadeRegions.noise(size, 9, 1);

    assertThat(of(options(new FixedSize(1), ALL), image, MadeRegions.full(size)).reason())
        .isEqualTo(Reason.TOO_MANY_VOXELS);
  }

  @Test
  void intensityThatIsNoNumberHasAReason() {
    GridSize size = MadeRegions.cube(3);
    Raster image = MadeRegions.mapped(MadeRegions.noise(size, 9, 1), x -> x < 3 ? Double.NaN : x);

    assertThat(of(options(new FixedSize(1), ALL), image, MadeRegions.full(size)).reason())
        .isEqualTo(Reason.NOT_FINITE);
  }

  @Test
  void rangeWithoutVoxelsHasAReason() {
    GridSize size = MadeRegions.cube(3);
    Narrowing above = new Narrowing(100.0, null, null);

    assertThat(
            of(
                    options(new FixedSize(1), above),
                    MadeRegions.noise(size, 9, 1),
                    MadeRegions.full(size))
                .reason())
        .isEqualTo(Reason.RESEGMENTED_AWAY);
  }

  @Test
  void binsThatAreTooSmallHaveAReason() {
    GridSize size = MadeRegions.cube(3);
    Raster image = MadeRegions.mapped(MadeRegions.noise(size, 9, 1), x -> x * 1e7);

    assertThat(of(options(new FixedSize(1), ALL), image, MadeRegions.full(size)).reason())
        .isEqualTo(Reason.TOO_MANY_LEVELS);
    assertThat(of(options(new FixedNumber(8), ALL), image, MadeRegions.full(size)).reason())
        .isEqualTo(Reason.TOO_MANY_LEVELS);
  }

  @Test
  void maskThatVanishesOnACoarserGridHasAReason() {
    GridSize size = MadeRegions.cube(9);
    byte[] mask = new byte[size.voxels()];
    mask[size.index(4, 4, 4)] = 1;
    IbsiOptions coarse =
        new IbsiOptions(
            new Interpolation(4, 4, 4, RadiomicsOptions.Interpolation.NEAREST, Rounding.NONE, 0.99),
            ALL,
            new FixedSize(1),
            null,
            Set.of(),
            LIMITS);

    IbsiFeatures features = of(coarse, MadeRegions.noise(size, 9, 1), mask);

    assertThat(features.steps()).isNotEmpty();
    assertThat(
            features.reason() == Reason.EMPTY || features.steps().get(1).morphology().voxels() == 1)
        .isTrue();
  }

  @Test
  void singleVoxelHasShapeButNoTexture() {
    GridSize size = MadeRegions.cube(5);
    byte[] mask = new byte[size.voxels()];
    mask[size.index(2, 2, 2)] = 1;
    Map<String, Double> values = values(MadeRegions.noise(size, 9, 1), mask, new FixedSize(1));

    assertThat(values.get("morph_vol_approx")).isEqualTo(1);
    assertThat(values.get("morph_vol_dens_conv_hull")).isCloseTo(1, within(1e-9));
    assertThat(values.get("morph_moran_i")).isNaN();
    assertThat(values.get("cm_contrast 3D_merged")).isNaN();
    assertThat(values.get("ngt_contrast 2D")).isNaN();
    assertThat(values.get("ivh_v10")).isNaN();
    assertThat(values.get("szm_z_perc 3D")).isEqualTo(1);
  }

  @Test
  void flatRegionHasOneLevelAndNoSpread() {
    GridSize size = MadeRegions.cube(4);
    Raster image = MadeRegions.mapped(MadeRegions.noise(size, 9, 1), x -> 7);
    Map<String, Double> values = values(image, MadeRegions.full(size), new FixedNumber(16));

    assertThat(values.get("ih_max")).isEqualTo(1);
    assertThat(values.get("stat_skew")).isZero();
    assertThat(values.get("ih_max_grad")).isZero();
    assertThat(values.get("cm_info_corr2 3D_merged")).isZero();
    assertThat(values.get("cm_corr 3D_averaged")).isEqualTo(1);
  }

  @Test
  void oneSliceHasTexturesInThePlane() {
    GridSize size = new GridSize(6, 6, 1, 1, 1, 3);
    Map<String, Double> values =
        values(MadeRegions.noise(size, 5, 3), MadeRegions.full(size), new FixedSize(1));

    assertThat(values.get("cm_contrast 2D_slice_merged"))
        .isEqualTo(values.get("cm_contrast 2.5D_merged"))
        .isEqualTo(values.get("cm_contrast 3D_merged"));
    assertThat(values.get("dzm_lde 2D")).isEqualTo(values.get("dzm_lde 2.5D"));
    assertThat(values.get("morph_pca_flatness")).isZero();
  }

  @Test
  void regionBeyondTheLimitOfPairsSaysWhichFeaturesAreLeftOut() {
    GridSize size = MadeRegions.cube(6);
    IbsiOptions small =
        new IbsiOptions(null, ALL, new FixedSize(1), null, Set.of(), new Limits(null, 100));
    IbsiFeatures features = of(small, MadeRegions.noise(size, 9, 1), MadeRegions.full(size));

    assertThat(features.left()).containsExactly("morph_moran_i", "morph_geary_c");
    assertThat(features.values().stream().map(IbsiValue::feature))
        .doesNotContain(IbsiFeature.MORPH_MORAN_I)
        .contains(IbsiFeature.MORPH_INTEG_INT);
  }

  @Test
  void outlierRuleAndRangeHoldTogether() {
    GridSize size = MadeRegions.cube(6);
    Raster image = MadeRegions.mapped(MadeRegions.noise(size, 10, 2), x -> x == 9 ? 1000 : x);
    byte[] mask = MadeRegions.full(size);
    IbsiFeatures range = of(options(new FixedSize(1), new Narrowing(2.0, null, null)), image, mask);
    IbsiFeatures both = of(options(new FixedSize(1), new Narrowing(2.0, null, 1.0)), image, mask);

    assertThat(range.steps().get(2).maximum()).isEqualTo(1000);
    assertThat(both.steps().get(2).maximum()).isEqualTo(8);
    assertThat(both.steps().get(2).minimum()).isEqualTo(2);
    assertThat(both.steps().get(2).morphology().voxels()).isEqualTo(216);
  }

  @Test
  void addingANumberChangesNoTextureOfAFixedBinNumber() {
    GridSize size = MadeRegions.cube(6);
    Raster image = MadeRegions.noise(size, 32, 4);
    byte[] mask = MadeRegions.randomMask(size, 0.7, 4);
    Map<String, Double> before = values(image, mask, new FixedNumber(8));
    Map<String, Double> after =
        values(MadeRegions.mapped(image, x -> x + 64), mask, new FixedNumber(8));

    assertThat(before.keySet()).isEqualTo(after.keySet());
    for (String key : before.keySet()) {
      if (key.contains(" ")) {
        assertThat(after.get(key)).as(key).isEqualTo(before.get(key));
      }
    }
  }

  @Test
  void gridOfHalfTheSpacingHasTwiceTheVoxelsAndTheSameCentre() {
    GridSize old = new GridSize(10, 11, 5, 2, 1, 3);
    AlignedGrid grid =
        AlignedGrid.of(
            old,
            new Interpolation(1, 2, 0, RadiomicsOptions.Interpolation.LINEAR, Rounding.NONE, 0.5));

    assertThat(grid.size()).isEqualTo(new GridSize(20, 6, 5, 1, 2, 3));
    assertThat(grid.axis(0).at(0) + grid.axis(0).at(19)).isCloseTo(9, within(1e-12));
    assertThat(grid.axis(1).at(0) + grid.axis(1).at(5)).isCloseTo(10, within(1e-12));
    assertThat(grid.axis(2).at(3)).isEqualTo(3);
  }

  @Test
  void linearImageStaysLinearAndIsRoundedOnRequest() {
    GridSize size = MadeRegions.cube(8);
    double[] ramp = new double[size.voxels()];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % 8;
    }
    Interpolation fine =
        new Interpolation(0.5, 1, 1, RadiomicsOptions.Interpolation.BSPLINE, Rounding.NONE, 0.5);
    Interpolation whole =
        new Interpolation(
            0.5, 1, 1, RadiomicsOptions.Interpolation.LINEAR, Rounding.NEAREST_WHOLE, 0.5);
    AlignedGrid grid = AlignedGrid.of(size, fine);
    IndexBox row = new IndexBox(0, 3, 3, 16, 1, 1);

    assertThat(IbsiInterpolator.image(Raster.of(size, ramp), grid, row, whole).at(7)).isEqualTo(3);
    assertThat(IbsiInterpolator.image(Raster.of(size, ramp), grid, row, whole).at(0)).isZero();
    assertThat(IbsiInterpolator.image(Raster.of(size, ramp), grid, row, fine).at(7))
        .isCloseTo(3.25, within(0.01));
  }

  @Test
  void volumeHistogramOfKnownIntensities() {
    double[] x = {0, 0, 0, 0, 0, 5, 5, 5, 5, 10};
    double[] definite = histogram(x, null, ALL);

    assertThat(definite).startsWith(0.5, 0.1, 6, 1);
    assertThat(histogram(x, null, new Narrowing(0.0, 20.0, null))).startsWith(0.5, 0, 6, 1);
    assertThat(histogram(x, new FixedSize(5), ALL)).startsWith(0.5, 0.1, 12.5, 7.5);
    assertThat(histogram(x, new FixedNumber(2), ALL)).startsWith(0.5, 0.5, 3, 2);
    assertThat(histogram(x, new FixedSize(5), new Narrowing(0.0, 20.0, null))[1]).isZero();
  }

  private static double[] histogram(double[] x, @Nullable Bins bins, Narrowing narrowing) {
    return IntensityVolumeHistogram.of(x, bins, narrowing).orElseThrow();
  }

  @Test
  void levelsFollowTheRangeOrTheLeastIntensity() {
    double[] x = {-3, 0, 24, 25, 47};

    assertThat(levels(x, new FixedSize(25), new Narrowing(-50.0, null, null)))
        .containsExactly(2, 3, 3, 4, 4);
    assertThat(levels(x, new FixedSize(25), ALL)).containsExactly(1, 1, 2, 2, 3);
    assertThat(levels(x, new FixedNumber(2), ALL)).containsExactly(1, 1, 2, 2, 2);
  }

  private static int[] levels(double[] x, Bins bins, Narrowing narrowing) {
    return GreyLevels.of(x, bins, narrowing).orElseThrow().levels();
  }

  @Test
  void modeOfEqualCountsIsNearestToTheMean() {
    double[] numbers = IntensityHistogram.of(new int[] {1, 1, 4, 4, 9}, 9);

    assertThat(numbers[9]).isEqualTo(4);
  }

  @Test
  void columnsCarryTheAggregation() {
    assertThat(IbsiValue.original(IbsiFeature.CM_JOINT_MAX, Aggregation.PLANES_MERGED, 1).column())
        .isEqualTo("cm_joint_max_2_5d_merged");
    assertThat(IbsiValue.original(IbsiFeature.STAT_MEAN, null, 1).column()).isEqualTo("stat_mean");
    assertThat(IbsiFeature.CM_JOINT_MAX.family().ibsiId()).isEqualTo("LFYI");
  }

  @Test
  void idsAreUniqueButForTheTwoThatStandTwice() {
    List<String> ids =
        java.util.Arrays.stream(IbsiFeature.values()).map(IbsiFeature::ibsiId).toList();

    assertThat(ids).allMatch(id -> id.matches("[0-9A-Z]{4}"));
    assertThat(ids.stream().distinct().count()).isEqualTo(ids.size() - 2);
  }

  @Test
  void optionsRefuseWhatMakesNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FixedSize(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new FixedNumber(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Narrowing(2.0, 1.0, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Narrowing(null, null, 0.0));
    assertThatIllegalArgumentException().isThrownBy(() -> spacing(-1, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> spacing(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> spacing(1, 1.5));
  }

  private static Interpolation spacing(double xMm, double maskShare) {
    return new Interpolation(
        xMm, 1, 1, RadiomicsOptions.Interpolation.LINEAR, Rounding.NONE, maskShare);
  }
}
