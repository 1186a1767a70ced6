package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.radiomics.PyRadiomicsParameters.Matching;
import org.rtpipeline.radiomics.PyRadiomicsParameters.OffGrid;
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
        .isEqualTo(new Discretisation.FixedCount(32));
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
                    voxelSettings:
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
            "sigmas is not supported",
            "coif18",
            "glcm has no feature Contrats",
            "fractal",
            "voxelSettings is not supported",
            "line 11: binWidht is not supported",
            "binCount must be a whole number of at least 1, or null, got 0",
            "gldm_a must be a whole number of at least 0, got many",
            "distances must be a list of a whole number of at least 1, got [0]",
            "resampledPixelSpacing must be a list of 3, each a spacing of at least 0 mm, or null",
            "resegmentRange must be a list of one or two, each a number, or null, got []");
  }

  /** Every key of paramSchema.yaml with values that PyRadiomics refuses. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minimumROIDimensions: 0 | a whole number from 1 to 3",
        "minimumROIDimensions: 4 | a whole number from 1 to 3",
        "minimumROISize: 0 | a whole number of at least 1, or null",
        "minimumROISize: 2.5 | a whole number of at least 1, or null",
        "geometryTolerance: 0 | a number over 0, or null",
        "correctMask: yes | true or false",
        "additionalInfo: off | true or false",
        "label: 0 | a whole number of at least 1",
        "label: | a whole number of at least 1",
        "label_channel: -1 | a whole number of at least 0",
        "binWidth: 0 | a number over 0",
        "binWidth: .inf | a number over 0",
        "binWidth: 0x1p3 | a number over 0",
        "binWidth: | a number over 0",
        "binCount: 1.5 | a whole number of at least 1, or null",
        "normalize: 1 | true or false",
        "normalizeScale: -1 | a number over 0",
        "removeOutliers: 0 | a number over 0, or null",
        "resampledPixelSpacing: [1, 1, -1] | a list of 3, each a spacing of at least 0 mm, or null",
        "resampledPixelSpacing: 1 | a list of 3, each a spacing of at least 0 mm, or null",
        "padDistance: -1 | a whole number of at least 0",
        "distances: 1 | a list of a whole number of at least 1",
        "distances: [1.5] | a list of a whole number of at least 1",
        "distances: [[1], 2] | a list of a whole number of at least 1",
        "force2D: 1 | true or false",
        "force2Ddimension: 3 | a whole number from 0 to 2",
        "resegmentRange: [1, 2, 3] | a list of one or two, each a number, or null",
        "resegmentRange: [low] | a list of one or two, each a number, or null",
        "resegmentMode: odd | absolute, relative, sigma",
        "resegmentShape: no | true or false",
        "preCrop: on | true or false",
        "sigma: 1 | a list of a number over 0",
        "sigma: [0] | a list of a number over 0",
        "sigma: [] | a list of a number over 0",
        "start_level: -1 | a whole number of at least 0",
        "level: 0 | a whole number of at least 1",
        "wavelet: | a word",
        "gradientUseSpacing: y | true or false",
        "lbp2DRadius: 0 | a number over 0",
        "lbp2DSamples: 0 | a whole number of at least 1",
        "lbp2DMethod: [] | a word",
        "lbp3DLevels: 0 | a whole number of at least 1",
        "lbp3DIcosphereRadius: 0 | a number over 0",
        "lbp3DIcosphereSubdivision: -1 | a whole number of at least 0",
        "voxelArrayShift: 0.5 | a whole number",
        "symmetricalGLCM: maybe | true or false",
        "weightingNorm: cosine | euclidean, infinity, manhattan, no_weighting, or null",
        "gldm_a: -1 | a whole number of at least 0",
      })
  void aValueOutOfItsLimitsIsRefusedWithWhatIsExpected(String entry, String expected) {
    String key = entry.substring(0, entry.indexOf(':'));
    assertThatThrownBy(() -> PyRadiomicsParameters.read("setting:\n  " + entry + "\n"))
        .hasMessageStartingWith("line 2: " + key + " must be " + expected + ", got ");
  }

  @Test
  void everyKeyOfTheSchemaIsTriedAbove() {
    assertThat(PyRadiomicsKeys.settings()).hasSize(37);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sitkGaussian", "sitkLabelGaussian", "4", "11"})
  void interpolatorsThatAreNotDoneAreRefusedWithThoseThatAre(String name) {
    assertThatThrownBy(() -> PyRadiomicsParameters.read("setting:\n  interpolator: " + name))
        .hasMessage(
            "line 2: interpolator must be sitkNearestNeighbor, sitkLinear, sitkBSpline, 1, 2, 3,"
                + " sitkCosineWindowedSinc, sitkHammingWindowedSinc, sitkWelchWindowedSinc,"
                + " sitkLanczosWindowedSinc, sitkBlackmanWindowedSinc, or null, got "
                + name);
  }

  @ParameterizedTest
  @EnumSource(
      value = Interpolation.class,
      names = {"NEAREST", "LINEAR", "BSPLINE"},
      mode = EnumSource.Mode.EXCLUDE)
  void sincsAreNamedByTheirWindow(Interpolation kind) {
    String window = kind.name().replace("_SINC", "").toLowerCase(Locale.ROOT);
    String name = "sitk" + window.substring(0, 1).toUpperCase(Locale.ROOT) + window.substring(1);
    String yaml =
        "setting: {resampledPixelSpacing: [1, 1, 1], interpolator: " + name + "WindowedSinc}";
    assertThat(PyRadiomicsParameters.read(yaml).resampling().interpolation()).isEqualTo(kind);
  }

  @Test
  void interpolatorsHaveNumbersToo() {
    String yaml = "setting: {resampledPixelSpacing: [1, 1, 1], interpolator: %s}";
    assertThat(
            List.of("1", "2", "3").stream()
                .map(number -> PyRadiomicsParameters.read(yaml.replace("%s", number)))
                .map(RadiomicsOptions::resampling)
                .map(Resampling::interpolation))
        .containsExactly(Interpolation.NEAREST, Interpolation.LINEAR, Interpolation.BSPLINE);
  }

  @Test
  void withoutInterpolatorNothingIsResampled() {
    RadiomicsOptions options =
        PyRadiomicsParameters.read(
            "setting: {resampledPixelSpacing: [1, 1, 1], interpolator: null, preCrop: true}");
    assertThat(options.resampling()).isNull();
    assertThat(options.cropMarginVoxels()).isEqualTo(5);
  }

  @Test
  void nothingIsTheSameAsNoEntryWherePyRadiomicsTakesIt() {
    assertThat(
            PyRadiomicsParameters.read(
                """
                setting:
                  minimumROISize: null
                  geometryTolerance: null
                  binCount: null
                  removeOutliers: ~
                  resampledPixelSpacing:
                  resegmentRange: null
                  weightingNorm: null
                """))
        .isEqualTo(RadiomicsOptions.pyradiomics());
  }

  @Test
  void whatHasNoEffectOnWholeRegionsIsCheckedAndReadOver() {
    assertThat(
            PyRadiomicsParameters.read(
                """
                setting:
                  geometryTolerance: 1.0e-3
                  correctMask: true
                  additionalInfo: false
                  label_channel: 2
                  lbp3DLevels: 2
                  lbp3DIcosphereRadius: 1
                  lbp3DIcosphereSubdivision: 1
                  removeOutliers: 3
                  sigma: [1]
                voxelSetting: {kernelRadius: 2, maskedKernel: true, initValue: 0, voxelBatch: 100}
                """))
        .isEqualTo(RadiomicsOptions.pyradiomics());
    assertThatThrownBy(
            () ->
                PyRadiomicsParameters.read(
                    "voxelSetting: {kernelRadius: 0, voxelBased: true, maskedKernel: 1}"))
        .hasMessageContainingAll(
            "kernelRadius must be a whole number of at least 1, got 0",
            "voxelBased is not supported",
            "maskedKernel must be true or false, got 1");
  }

  @Test
  void aCountOfBinsWinsOverTheWidthOfAnImage() {
    RadiomicsOptions options =
        PyRadiomicsParameters.read(
            """
            imageType:
              Original: {}
              Square: {binWidth: 1}
              Logarithm: {binCount: 8}
              Exponential: {binCount: null}
              SquareRoot: {binWidth: 2, binCount: null}
            setting: {binCount: 32, binWidth: 10}
            """);
    assertThat(options.discretisation()).isEqualTo(new Discretisation.FixedCount(32));
    assertThat(options.images())
        .extracting(RadiomicsOptions.Image::discretisation)
        .containsExactly(
            null,
            new Discretisation.FixedCount(32),
            new Discretisation.FixedCount(8),
            new Discretisation.FixedWidth(10),
            new Discretisation.FixedWidth(2));
  }

  @Test
  void whatOnlyAllImagesShareIsRefusedInOne() {
    assertThatThrownBy(
            () ->
                PyRadiomicsParameters.read(
                    "imageType:\n  Original: {normalize: true}\n  Wavelet: {sigma: [1]}\n"))
        .hasMessage(
            "line 2: normalize is not supported in Original, expected in setting; line 3: sigma is"
                + " not supported in Wavelet, expected in setting");
  }

  @Test
  void widthsNameTheirImageAsPythonWritesThem() {
    RadiomicsOptions options =
        PyRadiomicsParameters.read("imageType: {LoG: {sigma: [2, 2.0, 2.50, 1e0, .5]}}");
    assertThat(options.images())
        .extracting(image -> ((ImageFilter.LaplacianOfGaussian) image.filter()).name())
        .containsExactly(
            "log-sigma-2-mm-3D",
            "log-sigma-2-0-mm-3D",
            "log-sigma-2-5-mm-3D",
            "log-sigma-1-0-mm-3D",
            "log-sigma-0-5-mm-3D");
  }

  @Test
  void allFamiliesAreThoseOfThePlaneTooWhenFeaturesArePlanar() {
    assertThat(PyRadiomicsParameters.read("setting: {force2D: true}").features())
        .containsKey(FeatureClass.SHAPE2D);
    assertThat(PyRadiomicsParameters.read("setting: {force2D: false}").features())
        .doesNotContainKey(FeatureClass.SHAPE2D);
  }

  @Test
  void sectionsAndFeaturesOfAnotherFormAreRefused() {
    assertThatThrownBy(
            () ->
                PyRadiomicsParameters.read(
                    """
                    setting: [1]
                    imageType: {Original: all}
                    featureClass: {glcm: Contrast, glrlm: [[RunEntropy]]}
                    """))
        .hasMessageContainingAll(
            "line 1: setting needs keys with values",
            "line 2: Original needs keys with values, or {}",
            "line 3: glcm must be a list of features, or nothing for all of them",
            "line 3: glrlm has no feature that is a list");
    assertThatThrownBy(() -> PyRadiomicsParameters.read("featureClass: [glcm]"))
        .hasMessage("line 1: featureClass needs keys with values");
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
  void aMaskHasLabelOneOnTheGridOfItsImageUnlessTheFileSaysOtherwise() {
    assertThat(PyRadiomicsParameters.matching(""))
        .isEqualTo(new Matching(1, 0, null, OffGrid.REFUSED));
    assertThat(PyRadiomicsParameters.matching("setting: {geometryTolerance: null}").tolerance())
        .isNull();
    assertThat(
            PyRadiomicsParameters.matching(
                "setting: {label: 300, label_channel: 2, geometryTolerance: 1e-3,"
                    + " correctMask: true, binWidth: x}"))
        .isEqualTo(new Matching(300, 2, 0.001, OffGrid.RESAMPLED));
    assertThatThrownBy(() -> PyRadiomicsParameters.matching("setting: {label: one}"))
        .hasMessage("line 1: label must be a whole number of at least 1, got one");
  }

  @Test
  void aLaplacianWithoutWidthIsRefused() {
    assertThatThrownBy(() -> PyRadiomicsParameters.read("imageType:\n  LoG: {}\n"))
        .hasMessageContaining("LoG needs sigma");
  }

  @Test
  void anUnknownKeyIsNamedThoughAKnownOneBesideItHasTheSameValue() {
    assertThatThrownBy(() -> PyRadiomicsParameters.read("setting: {binWidth: 2, binWidht: 2}"))
        .hasMessage("line 1: binWidht is not supported");
  }
}
