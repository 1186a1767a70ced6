package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DeprecatedFeaturesTest {

  private static final GridSize SIZE = MadeRegions.cube(9);

  private static RoiFeatures of(String classes) {
    RadiomicsOptions options = PyRadiomicsParameters.read("featureClass:\n" + classes);
    return new FeatureExtractor(options)
        .of(MadeRegions.noise(SIZE, 200, 5), MadeRegions.sphere(SIZE, 3.5));
  }

  @Test
  void theyAreComputedOnlyWhenTheyAreNamed() {
    RoiFeatures all = of("  shape:\n  firstorder:\n  gldm:\n");
    RoiFeatures named =
        of(
            """
              shape: [Compactness1, Compactness2, SphericalDisproportion]
              firstorder: [StandardDeviation]
            """);

    assertThat(all.values()).hasSize(14 + 18 + 14);
    assertThat(named.values()).hasSize(4);
    assertThat(named.values().get(0).ibsiId()).isEqualTo("SKGS");
    assertThat(MadeRegions.value(named, "original_shape_Compactness2"))
        .isCloseTo(Math.pow(MadeRegions.value(all, "original_shape_Sphericity"), 3), within(1e-12));
    assertThat(
            6
                * Math.PI
                * MadeRegions.value(named, "original_shape_Compactness1")
                / Math.sqrt(MadeRegions.value(named, "original_shape_Compactness2")))
        .isCloseTo(1, within(1e-12));
    assertThat(MadeRegions.value(named, "original_shape_SphericalDisproportion"))
        .isCloseTo(1 / MadeRegions.value(all, "original_shape_Sphericity"), within(1e-12));
    assertThat(MadeRegions.value(named, "original_firstorder_StandardDeviation"))
        .isCloseTo(Math.sqrt(MadeRegions.value(all, "original_firstorder_Variance")), within(1e-9));
  }

  @Test
  void shape2dHasOne() {
    RadiomicsOptions options =
        PyRadiomicsParameters.read(
            """
            featureClass: {shape2D: [SphericalDisproportion, Sphericity]}
            setting: {force2D: true}
            """);
    byte[] mask = new byte[SIZE.voxels()];
    for (int i = 0; i < 5; i++) {
      mask[SIZE.index(2 + i, 3, 4)] = 1;
      mask[SIZE.index(2 + i, 4, 4)] = 1;
    }
    RoiFeatures made = new FeatureExtractor(options).of(MadeRegions.noise(SIZE, 9, 1), mask);

    assertThat(
            MadeRegions.value(made, "original_shape2D_SphericalDisproportion")
                * MadeRegions.value(made, "original_shape2D_Sphericity"))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void thoseThatPyRadiomicsNoLongerComputesAreTakenAndHaveNoNumber() {
    RoiFeatures named =
        of(
            """
              firstorder: [Mean]
              glcm: [Dissimilarity, Homogeneity1, Homogeneity2, SumVariance]
              gldm: [DependencePercentage, GrayLevelNonUniformityNormalized, DependenceEntropy]
            """);

    assertThat(named.values())
        .extracting(FeatureValue::name)
        .containsExactly("original_firstorder_Mean", "original_gldm_DependenceEntropy");
  }

  @Test
  void planarShapeOfSeveralSlicesIsNamedAsLeftOut() {
    assertThat(of("  shape2D:\n  firstorder:\n").facts().left()).contains("shape2D");
  }

  @Test
  void otherNamesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeprecatedFeatures.value(FeatureClass.GLCM, "Homogeneity", name -> 1));
  }
}
