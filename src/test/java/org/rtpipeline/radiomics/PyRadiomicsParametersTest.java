package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rtpipeline.radiomics.RadiomicsOptions.Interpolation;
import org.rtpipeline.radiomics.RadiomicsOptions.Normalisation;
import org.rtpipeline.radiomics.RadiomicsOptions.Pairs;
import org.rtpipeline.radiomics.RadiomicsOptions.RangeUnit;
import org.rtpipeline.radiomics.RadiomicsOptions.Resampling;
import org.rtpipeline.radiomics.RadiomicsOptions.Resegmentation;
import org.rtpipeline.radiomics.RadiomicsOptions.ShapeMask;

final class PyRadiomicsParametersTest {

  @Test
  void anEmptyFileMeansTheDefaults() {
    assertThat(PyRadiomicsParameters.read("# nothing\n")).isEqualTo(RadiomicsOptions.pyradiomics());
  }

  @Test
  void everySettingArrives() {
    RadiomicsOptions options =
        PyRadiomicsParameters.read(
            """
            ---
            imageType:
              Original: {}
              LoG:
                sigma: [1.0, 3]   # mm
                binWidth: 5
              Wavelet: {wavelet: db2, level: 2}
              Gradient:
            featureClass:
              shape:
              firstorder:
                - Mean
                - 'Median'
              glcm: []
            setting:
              binCount: 32
              normalize: true
              normalizeScale: 100
              removeOutliers: 3
              resampledPixelSpacing: [1, 1, 0]
              interpolator: 'sitkLinear'
              padDistance: 8
              preCrop: True
              resegmentRange: [-3, 3]
              resegmentMode: sigma
              resegmentShape: true
              distances: [1, 2]
              weightingNorm: euclidean
              gldm_a: 1
              symmetricalGLCM: false
              force2D: true
              force2Ddimension: 1
              voxelArrayShift: 1000
              minimumROIDimensions: 3
              minimumROISize: 50
              gradientUseSpacing: false
              label: 1
              additionalInfo: false
            """);
    assertThat(options.images())
        .extracting(RadiomicsOptions.Image::filter)
        .containsExactly(
            new ImageFilter.Original(),
            new ImageFilter.LaplacianOfGaussian(1, "1.0"),
            new ImageFilter.LaplacianOfGaussian(3, "3"),
            new ImageFilter.Wavelet("db2", 2, 0),
            ImageFilter.Gradient.PER_VOXEL);
    assertThat(options.images().get(1).discretisation())
        .isEqualTo(new Discretisation.FixedWidth(5));
    assertThat(options.features())
        .containsOnlyKeys(FeatureClass.SHAPE, FeatureClass.FIRSTORDER, FeatureClass.GLCM);
    assertThat(options.features().get(FeatureClass.FIRSTORDER)).isEqualTo(Set.of("Mean", "Median"));
    assertThat(options.discretisation()).isEqualTo(new Discretisation.FixedCount(32));
    assertThat(options.normalisation()).isEqualTo(new Normalisation(100, 3.0));
    assertThat(options.resampling()).isEqualTo(new Resampling(1, 1, 0, Interpolation.LINEAR, 8));
    assertThat(options.cropMarginVoxels()).isEqualTo(8);
    assertThat(options.resegmentation())
        .isEqualTo(new Resegmentation(-3, 3.0, RangeUnit.SIGMA, ShapeMask.RESEGMENTED));
    assertThat(options.texture())
        .isEqualTo(
            new RadiomicsOptions.Texture(
                List.of(1, 2), WeightingNorm.EUCLIDEAN, 1, Pairs.ONE_ORDER, TexturePlane.CORONAL));
    assertThat(options.energyShift()).isEqualTo(1000);
    assertThat(options.limits()).isEqualTo(new RadiomicsOptions.Limits(3, 50, null));
  }

  @Test
  void otherChoicesArrive() {
    RadiomicsOptions options =
        PyRadiomicsParameters.read(
            """
            imageType: {}
            setting:
              binWidth: 0.25
              interpolator: sitkNearestNeighbor
              resampledPixelSpacing: [2, 2, 2]
              resegmentRange: [0.4]
              resegmentMode: relative
              weightingNorm: manhattan
            """);
    assertThat(options.resampling()).isEqualTo(new Resampling(2, 2, 2, Interpolation.NEAREST, 5));
    assertThat(options.resegmentation())
        .isEqualTo(new Resegmentation(0.4, null, RangeUnit.RELATIVE, ShapeMask.AS_GIVEN));
    assertThat(options.texture().weighting()).isEqualTo(WeightingNorm.MANHATTAN);
    assertThat(
            PyRadiomicsParameters.read("setting:\n  weightingNorm: infinity\n")
                .texture()
                .weighting())
        .isEqualTo(WeightingNorm.INFINITY);
    assertThat(
            PyRadiomicsParameters.read("setting:\n  weightingNorm: no_weighting\n")
                .texture()
                .weighting())
        .isEqualTo(WeightingNorm.NO_WEIGHTING);
  }

  @Test
  void allPointWiseImagesArrive() {
    String yaml =
        "imageType:\n  Square: {}\n  SquareRoot: {}\n  Logarithm: {}\n  Exponential: {}\n";
    assertThat(PyRadiomicsParameters.read(yaml).images())
        .extracting(RadiomicsOptions.Image::filter)
        .containsExactly((ImageFilter[]) ImageFilter.PointWise.values());
  }

  @Test
  void binaryPatternsAndWaveletsOfAnyFamilyArrive() {
    RadiomicsOptions options =
        PyRadiomicsParameters.read(
            """
            imageType:
              LBP2D: {}
              Wavelet: {wavelet: db4}
            setting:
              lbp2DRadius: 1.5
              lbp2DSamples: 12
              lbp2DMethod: nri_uniform
              force2Ddimension: 2
            """);
    assertThat(options.images())
        .extracting(RadiomicsOptions.Image::filter)
        .containsExactly(
            new ImageFilter.LocalBinaryPattern(
                1.5, 12, ImageFilter.PatternMethod.NRI_UNIFORM, TexturePlane.SAGITTAL),
            new ImageFilter.Wavelet("db4", 1, 0));
    assertThat(PyRadiomicsParameters.read("imageType:\n  LBP2D: {}\n").images())
        .extracting(RadiomicsOptions.Image::filter)
        .containsExactly(
            new ImageFilter.LocalBinaryPattern(
                1, 8, ImageFilter.PatternMethod.UNIFORM, TexturePlane.AXIAL));
  }

  @Test
  void binaryPatternsThatCannotBeMadeAreNamed() {
    assertThatThrownBy(
            () -> PyRadiomicsParameters.read("imageType:\n  LBP2D: {lbp2DMethod: round}\n"))
        .hasMessageContainingAll("line 2", "lbp2DMethod round", "nri_uniform");
    assertThatThrownBy(
            () -> PyRadiomicsParameters.read("imageType:\n  LBP2D: {lbp2DSamples: 99}\n"))
        .hasMessageContainingAll("line 2", "lbp2DSamples", "99");
  }

  @Test
  void everythingThatCannotBeUsedIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                PyRadiomicsParameters.read(
                    """
                    imageType:
                      LBP3D: {}
                      LoG: {sigmas: 3}
                      Wavelet: {wavelet: coif18}
                    featureClass:
                      glcm: [Contrats]
                      fractal: []
                    voxelSetting:
                      kernelRadius: 2
                    setting:
                      binWidht: 25
                      binCount: 0
                      gldm_a: many
                      distances: [0]
                      resampledPixelSpacing: [1, 1]
                      resegmentRange: []
                    """))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "line 2: image type LBP3D",
            "sigmas",
            "coif18",
            "glcm has no feature Contrats",
            "fractal",
            "voxelSetting",
            "line 11: binWidht is not supported",
            "binCount at least 1",
            "gldm_a must be a number, got many",
            "distances",
            "three spacings",
            "one or two bounds");
    assertThatThrownBy(
            () ->
                PyRadiomicsParameters.read(
                    """
                    imageType:
                      LoG:
                        sigma: [-1]
                    setting:
                      resampledPixelSpacing: [1, 1, 1]
                      interpolator: sitkGaussian
                      resegmentRange: [1]
                      resegmentMode: odd
                    """))
        .hasMessageContainingAll("sigma must be over 0", "sitkGaussian", "odd");
  }

  @Test
  void brokenTextIsRefusedWithItsLine() {
    assertThatThrownBy(() -> PyRadiomicsParameters.read("setting:\n  binWidth 25\n"))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> PyRadiomicsParameters.read("a: 1\na: 2\n"))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> PyRadiomicsParameters.read("setting:\n\tbinWidth: 25\n"))
        .hasMessageContainingAll("line 2", "TAB");
    assertThatThrownBy(() -> PyRadiomicsParameters.read("  a: 1\n b: 2\n"))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> PyRadiomicsParameters.read("a: [1, 2\n"))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> PyRadiomicsParameters.read("a: {b}\n"))
        .hasMessageContaining("line 1: a is not supported");
  }

  @Test
  void flowMappingsMayHoldListsAndMappings() {
    RadiomicsOptions options =
        PyRadiomicsParameters.read(
            """
            imageType: {Original: {}, LoG: {sigma: [1.0, 2.5], binWidth: 5}}
            setting: {label: 3, distances: [1, 2], 'interpolator': "sitkLinear"}
            """);
    assertThat(options.images()).hasSize(3);
    assertThat(options.images().get(1).discretisation())
        .isEqualTo(new Discretisation.FixedWidth(5));
    assertThat(options.texture().distances()).containsExactly(1, 2);
  }

  @Test
  void theLabelIsOneUnlessTheFileNamesAnother() {
    assertThat(PyRadiomicsParameters.label("setting: {label: 300}")).isEqualTo(300);
    assertThat(PyRadiomicsParameters.label("")).isEqualTo(1);
    assertThatThrownBy(() -> PyRadiomicsParameters.label("setting: {label: one}"))
        .hasMessage("line 1: label must be a number, got one");
  }

  @Test
  void aLaplacianWithoutWidthIsRefused() {
    assertThatThrownBy(() -> PyRadiomicsParameters.read("imageType:\n  LoG: {}\n"))
        .hasMessageContaining("LoG needs sigma");
  }

  @Test
  void aListOfListsIsRefused() {
    assertThatThrownBy(() -> PyRadiomicsParameters.read("setting:\n  distances: [[1], 2]\n"))
        .hasMessage("line 2: a list holds words and numbers, not lists and mappings");
  }

  @Test
  void anUnknownKeyIsNamedThoughAKnownOneBesideItHasTheSameValue() {
    assertThatThrownBy(() -> PyRadiomicsParameters.read("setting: {binWidth: 2, binWidht: 2}"))
        .hasMessage("line 1: binWidht is not supported");
  }
}
