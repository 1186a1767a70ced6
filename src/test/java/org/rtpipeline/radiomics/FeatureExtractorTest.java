package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rtpipeline.radiomics.MadeRegions.cube;
import static org.rtpipeline.radiomics.MadeRegions.full;
import static org.rtpipeline.radiomics.MadeRegions.noise;
import static org.rtpipeline.radiomics.MadeRegions.value;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.radiomics.RadiomicsOptions.Interpolation;
import org.rtpipeline.radiomics.RadiomicsOptions.Limits;
import org.rtpipeline.radiomics.RadiomicsOptions.Pairs;
import org.rtpipeline.radiomics.RadiomicsOptions.RangeUnit;
import org.rtpipeline.radiomics.RadiomicsOptions.Resampling;
import org.rtpipeline.radiomics.RadiomicsOptions.Resegmentation;
import org.rtpipeline.radiomics.RadiomicsOptions.ShapeMask;
import org.rtpipeline.radiomics.RadiomicsOptions.Texture;
import org.rtpipeline.radiomics.RoiFeatures.Reason;

final class FeatureExtractorTest {

  private static final RadiomicsOptions PLAIN = RadiomicsOptions.pyradiomics();

  private static RoiFeatures extract(RadiomicsOptions options, Raster image, byte[] mask) {
    return new FeatureExtractor(options).of(image, mask);
  }

  private static byte[] voxels(GridSize size, int... at) {
    byte[] mask = new byte[size.voxels()];
    for (int i : at) {
      mask[i] = 1;
    }
    return mask;
  }

  @Test
  void defaultsGiveOneHundredAndSevenFeatures() {
    RoiFeatures features = extract(PLAIN, noise(cube(6), 100, 1), full(cube(6)));
    assertThat(features.values()).hasSize(107);
    assertThat(features.reason()).isNull();
    assertThat(features.facts().usedVoxels()).isEqualTo(216);
  }

  @Test
  void emptyMaskHasNoFeatures() {
    RoiFeatures features = extract(PLAIN, noise(cube(4), 9, 1), new byte[64]);
    assertThat(features.reason()).isEqualTo(Reason.EMPTY);
    assertThat(features.values()).isEmpty();
  }

  @Test
  void oneVoxelHasNoFeatures() {
    assertThat(extract(PLAIN, noise(cube(4), 9, 1), voxels(cube(4), 21)).reason())
        .isEqualTo(Reason.SINGLE_VOXEL);
  }

  @Test
  void oneRowHasTooFewDimensions() {
    assertThat(extract(PLAIN, noise(cube(4), 9, 1), voxels(cube(4), 20, 21, 22)).reason())
        .isEqualTo(Reason.TOO_FEW_DIMENSIONS);
  }

  @Test
  void oneRowHasFeaturesWhenOneDimensionIsEnough() {
    RadiomicsOptions options = PLAIN.withLimits(new Limits(1, null, null));
    RoiFeatures features = extract(options, noise(cube(4), 9, 1), voxels(cube(4), 20, 21, 22));
    assertThat(features.values()).hasSize(107);
    assertThat(value(features, "original_shape_VoxelVolume")).isEqualTo(3);
  }

  /** PyRadiomics 3.0.1: the matrix of the only direction that fits stays, and says nothing. */
  @Test
  void theOnlyDirectionIsKeptWhenNoVoxelHasANeighbourAlongIt() {
    GridSize size = cube(4);
    Texture coronal = new Texture(List.of(1), null, 0, Pairs.BOTH_ORDERS, TexturePlane.CORONAL);
    RadiomicsOptions options = PLAIN.withLimits(new Limits(1, null, null)).withTexture(coronal);
    Raster flat = Raster.of(size, Raster.Numbers.WHOLE, new float[64]);
    RoiFeatures features = extract(options, flat, voxels(size, 0, 5));
    assertThat(value(features, "original_glrlm_RunVariance")).isZero();
    assertThat(value(features, "original_glrlm_RunEntropy")).isZero();
    assertThat(value(features, "original_glrlm_ShortRunEmphasis")).isNaN();
    assertThat(value(features, "original_glcm_InverseVariance")).isZero();
    assertThat(value(features, "original_glcm_MCC")).isNaN();
    RoiFeatures free = extract(options.withTexture(PLAIN.texture()), flat, voxels(size, 0, 6));
    assertThat(value(free, "original_glrlm_RunVariance")).isNaN();
    assertThat(value(free, "original_glcm_MCC")).isEqualTo(1);
  }

  @Test
  void oneSliceHasFeatures() {
    GridSize size = new GridSize(5, 5, 1, 1, 1, 3);
    assertThat(extract(PLAIN, noise(size, 90, 3), full(size)).values()).hasSize(107);
  }

  @Test
  void smallAndLargeRegionsAreLeftOut() {
    Raster image = noise(cube(4), 9, 1);
    assertThat(extract(PLAIN.withLimits(new Limits(2, 64, null)), image, full(cube(4))).reason())
        .isEqualTo(Reason.TOO_FEW_VOXELS);
    assertThat(extract(PLAIN.withLimits(new Limits(2, null, 63)), image, full(cube(4))).reason())
        .isEqualTo(Reason.TOO_MANY_VOXELS);
  }

  @Test
  void notANumberInsideIsAReasonAndOutsideIsNone() {
    float[] values = new float[64];
    values[0] = Float.NaN;
    Raster image = Raster.of(cube(4), Raster.Numbers.SINGLE, values);
    assertThat(extract(PLAIN, image, full(cube(4))).reason()).isEqualTo(Reason.NOT_FINITE);
    byte[] mask = full(cube(4));
    mask[0] = 0;
    assertThat(extract(PLAIN, image, mask).reason()).isNull();
  }

  @Test
  void aRangeWithoutIntensitiesLeavesNothing() {
    RadiomicsOptions options =
        PLAIN.withResegmentation(
            new Resegmentation(500, null, RangeUnit.ABSOLUTE, ShapeMask.AS_GIVEN));
    assertThat(extract(options, noise(cube(4), 9, 1), full(cube(4))).reason())
        .isEqualTo(Reason.RESEGMENTED_AWAY);
  }

  @Test
  void aRangeMayLeaveTooFewDimensions() {
    float[] values = new float[64];
    values[20] = 9;
    values[21] = 9;
    Raster image = Raster.of(cube(4), Raster.Numbers.WHOLE, values);
    RadiomicsOptions options =
        PLAIN.withResegmentation(
            new Resegmentation(0.5, 1.0, RangeUnit.RELATIVE, ShapeMask.RESEGMENTED));
    assertThat(extract(options, image, full(cube(4))).reason())
        .isEqualTo(Reason.TOO_FEW_DIMENSIONS);
  }

  @Test
  void shapeMayFollowTheNarrowedMask() {
    Raster image = noise(cube(6), 100, 2);
    Resegmentation given = new Resegmentation(50, null, RangeUnit.ABSOLUTE, ShapeMask.AS_GIVEN);
    Resegmentation narrowed =
        new Resegmentation(50, null, RangeUnit.ABSOLUTE, ShapeMask.RESEGMENTED);
    byte[] mask = full(cube(6));
    double whole =
        value(extract(PLAIN.withResegmentation(given), image, mask), "original_shape_VoxelVolume");
    double less =
        value(
            extract(PLAIN.withResegmentation(narrowed), image, mask), "original_shape_VoxelVolume");
    assertThat(whole).isEqualTo(216);
    assertThat(less).isLessThan(150);
  }

  @Test
  void tooManyLevelsIsAReason() {
    RadiomicsOptions options =
        PLAIN
            .withFeatures(Map.of(FeatureClass.GLCM, Set.of()))
            .withDiscretisation(new Discretisation.FixedWidth(1e-9));
    RoiFeatures features = extract(options, noise(cube(4), 9, 1), full(cube(4)));
    assertThat(features.reason()).isEqualTo(Reason.TOO_MANY_LEVELS);
    assertThat(features.facts().left()).containsExactly("original");
  }

  @Test
  void flatRegionHasTheValuesOfPyRadiomics() {
    Raster image = Raster.of(cube(4), Raster.Numbers.WHOLE, new float[64]);
    RoiFeatures features = extract(PLAIN, image, full(cube(4)));
    assertThat(value(features, "original_glcm_Correlation")).isEqualTo(1);
    assertThat(value(features, "original_glcm_MCC")).isEqualTo(1);
    assertThat(value(features, "original_glcm_Imc1")).isEqualTo(0);
    assertThat(value(features, "original_glcm_Imc2")).isEqualTo(0);
    assertThat(value(features, "original_ngtdm_Coarseness")).isEqualTo(1e6);
    assertThat(value(features, "original_ngtdm_Contrast")).isEqualTo(0);
    assertThat(value(features, "original_firstorder_Skewness")).isEqualTo(0);
  }

  @Test
  void voxelsWithoutNeighboursLeaveCooccurrenceUndefined() {
    byte[] mask = voxels(cube(5), 0, 4, 24, 124);
    RoiFeatures features = extract(PLAIN, noise(cube(5), 90, 1), mask);
    assertThat(value(features, "original_glcm_Contrast")).isNaN();
    assertThat(value(features, "original_glszm_ZonePercentage")).isEqualTo(1);
    assertThat(value(features, "original_gldm_LargeDependenceEmphasis")).isEqualTo(1);
  }

  @Test
  void onlyFeaturesAskedForComeOut() {
    RadiomicsOptions options =
        PLAIN.withFeatures(Map.of(FeatureClass.FIRSTORDER, Set.of("Mean", "Median")));
    RoiFeatures features = extract(options, noise(cube(4), 9, 1), full(cube(4)));
    assertThat(features.values())
        .extracting(FeatureValue::name)
        .containsExactly("original_firstorder_Mean", "original_firstorder_Median");
    assertThat(features.values().get(0).ibsiId()).isEqualTo("Q4LE");
  }

  @Test
  void eachFamilyComesAlone() {
    for (FeatureClass family : List.of(FeatureClass.GLDM, FeatureClass.NGTDM, FeatureClass.GLSZM)) {
      RadiomicsOptions options = PLAIN.withFeatures(Map.of(family, Set.of()));
      assertThat(extract(options, noise(cube(4), 90, 1), full(cube(4))).values())
          .isNotEmpty()
          .allMatch(value -> value.featureClass() == family);
    }
  }

  @Test
  void imagesTooSmallForTheLaplacianAreNamed() {
    RadiomicsOptions options = PLAIN.withFilters(List.of(ImageFilter.LaplacianOfGaussian.of(2)));
    GridSize size = new GridSize(5, 5, 3, 1, 1, 1);
    RoiFeatures features = extract(options, noise(size, 90, 1), full(size));
    assertThat(features.facts().left()).containsExactly("log-sigma-2-0-mm-3D");
  }

  @Test
  void resamplingAFlatImageKeepsItsIntensity() {
    GridSize size = new GridSize(12, 12, 6, 1, 1, 2.5);
    float[] values = new float[size.voxels()];
    java.util.Arrays.fill(values, 40.25f);
    Raster image = Raster.of(size, Raster.Numbers.SINGLE, values);
    // not so sincs, whose weights under a window do not sum to 1
    for (Interpolation kind :
        List.of(Interpolation.NEAREST, Interpolation.LINEAR, Interpolation.BSPLINE)) {
      RadiomicsOptions options = PLAIN.withResampling(new Resampling(2, 2, 2, kind, 1));
      byte[] mask = MadeRegions.sphere(size, 4);
      assertThat(value(extract(options, image, mask), "original_firstorder_Mean"))
          .isCloseTo(40.25, org.assertj.core.data.Offset.offset(1e-5));
    }
  }

  @Test
  void resamplingToTheSameSpacingOnlyCrops() {
    Raster image = noise(cube(12), 200, 4);
    byte[] mask = MadeRegions.sphere(cube(12), 3);
    RadiomicsOptions options =
        PLAIN.withResampling(new Resampling(1, 0, 1, Interpolation.BSPLINE, 2));
    assertThat(extract(options, image, mask).values())
        .isEqualTo(extract(PLAIN, image, mask).values());
    assertThat(extract(options, image, mask).facts().used().box())
        .isEqualTo(new IndexBox(2, 2, 2, 6, 6, 6));
  }

  @Test
  void maskOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> extract(PLAIN, noise(cube(4), 9, 1), new byte[63]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64")
        .hasMessageContaining("63");
  }

  @Test
  void planeShapeComesWithOneSliceInTwoDimensions() {
    GridSize size = new GridSize(6, 5, 1, 2, 3, 1);
    RadiomicsOptions options =
        PLAIN
            .withFeatures(Map.of(FeatureClass.SHAPE2D, Set.of()))
            .withTexture(new Texture(List.of(1), null, 0, Pairs.BOTH_ORDERS, TexturePlane.AXIAL));
    RoiFeatures features = extract(options, noise(size, 90, 1), full(size));
    assertThat(features.values()).hasSize(9);
    assertThat(value(features, "original_shape2D_PixelSurface")).isEqualTo(180);
    assertThat(value(features, "original_shape2D_MeshSurface")).isEqualTo(180 - 4 * 6 / 8.0);
  }

  @Test
  void pairsInOneOrderGiveAnAsymmetricMatrix() {
    Raster image = noise(cube(6), 100, 5);
    Texture one = new Texture(List.of(1), null, 0, Pairs.ONE_ORDER, TexturePlane.VOLUME);
    RoiFeatures asymmetric = extract(PLAIN.withTexture(one), image, full(cube(6)));
    RoiFeatures symmetric = extract(PLAIN, image, full(cube(6)));
    assertThat(value(asymmetric, "original_glcm_Contrast"))
        .isCloseTo(
            value(symmetric, "original_glcm_Contrast"),
            org.assertj.core.data.Percentage.withPercentage(1e-9));
    assertThat(value(asymmetric, "original_glcm_JointEnergy"))
        .isGreaterThan(value(symmetric, "original_glcm_JointEnergy"));
  }

  @Test
  void allWeightsAreAccepted() {
    for (WeightingNorm norm : WeightingNorm.values()) {
      Texture texture = new Texture(List.of(1, 2), norm, 1, Pairs.BOTH_ORDERS, TexturePlane.VOLUME);
      RoiFeatures features =
          extract(PLAIN.withTexture(texture), noise(cube(6), 100, 5), full(cube(6)));
      assertThat(features.values()).hasSize(107).noneMatch(v -> Double.isNaN(v.value()));
    }
  }

  @Test
  void twoLevelsHaveAllFeatures() {
    float[] values = new float[64];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 * 30;
    }
    RoiFeatures features =
        extract(PLAIN, Raster.of(cube(4), Raster.Numbers.WHOLE, values), full(cube(4)));
    assertThat(features.values()).hasSize(107).noneMatch(v -> Double.isNaN(v.value()));
    assertThat(value(features, "original_firstorder_Uniformity")).isEqualTo(0.5);
  }

  @Test
  void aRegionOnTheBorderOfTheImageIsThatOfAWiderImage() {
    Raster image = noise(cube(6), 200, 4);
    GridSize wide = cube(10);
    float[] values = new float[wide.voxels()];
    byte[] mask = new byte[wide.voxels()];
    for (int z = 0; z < 6; z++) {
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 6; x++) {
          int to = wide.index(x + 2, y + 2, z + 2);
          values[to] = (float) image.at(cube(6).index(x, y, z));
          mask[to] = 1;
        }
      }
    }
    assertThat(extract(PLAIN, image, full(cube(6))).values())
        .isEqualTo(extract(PLAIN, Raster.of(wide, Raster.Numbers.WHOLE, values), mask).values());
  }

  @Test
  void holesAndPartsCountInTheSurfaceAndNotInTheVolume() {
    byte[] hollow = full(cube(5));
    hollow[cube(5).index(2, 2, 2)] = 0;
    RoiFeatures whole = extract(PLAIN, noise(cube(5), 90, 1), full(cube(5)));
    RoiFeatures holed = extract(PLAIN, noise(cube(5), 90, 1), hollow);
    assertThat(value(holed, "original_shape_VoxelVolume")).isEqualTo(124);
    assertThat(value(holed, "original_shape_SurfaceArea"))
        .isGreaterThan(value(whole, "original_shape_SurfaceArea"));
    byte[] parts = new byte[125];
    for (int i = 0; i < 125; i++) {
      parts[i] = (byte) (i / 25 == 2 ? 0 : 1);
    }
    RoiFeatures apart = extract(PLAIN, noise(cube(5), 90, 1), parts);
    assertThat(apart.values()).hasSize(107).noneMatch(v -> Double.isNaN(v.value()));
    assertThat(value(apart, "original_shape_VoxelVolume")).isEqualTo(100);
  }

  @Test
  void shapeAsGivenIsThatOfTheMaskInsideTheBoxThatTheRangeLeaves() {
    float[] values = new float[216];
    for (int x = 1; x < 5; x++) {
      values[cube(6).index(x, x, 2)] = 100 + x;
    }
    Raster image = Raster.of(cube(6), Raster.Numbers.WHOLE, values);
    RadiomicsOptions options =
        PLAIN.withResegmentation(
            new Resegmentation(50, null, RangeUnit.ABSOLUTE, ShapeMask.AS_GIVEN));
    RoiFeatures features = extract(options, image, full(cube(6)));
    assertThat(value(features, "original_shape_VoxelVolume")).isEqualTo(4 * 4);
    assertThat(features.facts().usedVoxels()).isEqualTo(4);
    assertThat(features.facts().maskVoxels()).isEqualTo(216);
  }

  @Test
  void aFlatRegionHasNoSkewnessAndOneLevelTheGreatestCorrelation() {
    float[] values = new float[216];
    java.util.Arrays.fill(values, 0.1f);
    byte[] apart = new byte[216];
    for (int i = 0; i < 216; i += 2 + i / 6 % 2) {
      apart[i] = 1;
    }
    Raster image = Raster.of(cube(6), Raster.Numbers.SINGLE, values);
    RoiFeatures flat = extract(PLAIN, image, apart);
    assertThat(value(flat, "original_firstorder_Skewness")).isZero();
    assertThat(value(flat, "original_firstorder_Kurtosis")).isZero();
    RoiFeatures lonely = extract(PLAIN, image, voxels(cube(6), 0, 215));
    assertThat(value(lonely, "original_glcm_MCC")).isEqualTo(1);
    assertThat(value(lonely, "original_glcm_Contrast")).isNaN();
  }

  @Test
  void aRegionOutsideItsImageIsRefused() {
    VoxelMask mask =
        VoxelMask.of(new int[] {3, 0, 0}, new int[] {2, 2, 2}, new byte[] {1, 1, 1, 1, 1, 1, 1, 1})
            .orElseThrow();
    assertThatThrownBy(() -> new FeatureExtractor(PLAIN).ofPrepared(noise(cube(4), 9, 1), mask))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("region lies in");
  }
}
