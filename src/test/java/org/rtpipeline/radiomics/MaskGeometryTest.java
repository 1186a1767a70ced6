package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rtpipeline.radiomics.MadeRegions.value;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.radiomics.RadiomicsOptions.Interpolation;
import org.rtpipeline.radiomics.RadiomicsOptions.Resampling;

/** Masks finer than their image; the numbers are those of PyRadiomics 3.0.1 and ITK 5.4. */
final class MaskGeometryTest {

  private static final List<Point> AXES =
      List.of(new Point(1, 0, 0), new Point(0, 1, 0), new Point(0, 0, 1));
  private static final Offset<Double> DIGITS = Offset.offset(1e-12);

  private static Raster image() {
    GridSize size = new GridSize(6, 6, 6, 2, 2, 2);
    float[] values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7919 % 300;
    }
    return Raster.of(size, Raster.Numbers.WHOLE, values).placedAt(Point.ORIGIN, AXES);
  }

  private static Raster labels(Point firstMm) {
    GridSize size = new GridSize(8, 8, 8, 1, 1, 1);
    float[] values = new float[size.voxels()];
    for (int z = 1; z < 7; z++) {
      for (int y = 1; y < 6; y++) {
        for (int x = 2; x < 7; x++) {
          values[size.index(x, y, z)] = 1;
        }
      }
    }
    return Raster.of(size, Raster.Numbers.WHOLE, values).placedAt(firstMm, AXES);
  }

  private static byte[] mask(Raster labels) {
    byte[] mask = new byte[labels.size().voxels()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) labels.at(i);
    }
    return mask;
  }

  @Test
  void aMaskTakesItsNearestVoxelsOnTheGridOfTheImage() {
    Raster labels = labels(new Point(0.5, 1, 1.5));
    byte[] corrected = MaskGeometry.onto(image(), labels, mask(labels));
    RoiFeatures features =
        new FeatureExtractor(RadiomicsOptions.pyradiomics()).of(image(), corrected);
    assertThat(value(features, "original_shape_VoxelVolume")).isEqualTo(216);
    assertThat(value(features, "original_firstorder_Mean")).isEqualTo(145.11111111111111, DIGITS);
    assertThat(value(features, "original_glcm_Contrast")).isEqualTo(24.17628205128205, DIGITS);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1, 162, 139.45833333333334, 14.402599715099713",
    "2, 5, 216, 145.11111111111111, 24.17628205128205"
  })
  void newVoxelsAreAlignedToTheGridOfTheMask(
      double spacingMm, int padVoxels, double volumeMm3, double mean, double contrast) {
    Raster labels = labels(new Point(0.5, 1, 1.5));
    RadiomicsOptions options =
        RadiomicsOptions.pyradiomics()
            .withResampling(
                new Resampling(spacingMm, spacingMm, spacingMm, Interpolation.BSPLINE, padVoxels));
    RoiFeatures features = new FeatureExtractor(options).of(image(), labels, mask(labels));
    assertThat(value(features, "original_shape_VoxelVolume")).isEqualTo(volumeMm3);
    assertThat(value(features, "original_firstorder_Mean")).isEqualTo(mean, DIGITS);
    assertThat(value(features, "original_glcm_Contrast")).isEqualTo(contrast, DIGITS);
  }

  @Test
  void aMaskOnItsOwnGridNeedsResampling() {
    FeatureExtractor extractor = new FeatureExtractor(RadiomicsOptions.pyradiomics());
    Raster labels = labels(Point.ORIGIN);
    assertThatThrownBy(() -> extractor.of(image(), labels, mask(labels)))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({"0.5, true", "-2.6, false", "-2.4, true", "5.0, false", "4.5, true"})
  void aRegionMayReachTheBorderOfTheImageAndNoFarther(double firstMm, boolean isInside) {
    Raster labels = labels(new Point(firstMm, 1, 1.5));
    assertThat(MaskGeometry.isInside(image(), labels, mask(labels))).isEqualTo(isInside);
  }

  @Test
  void gridsAreTheSameWithinATolerance() {
    Raster image = image();
    Raster moved = image.placedAt(new Point(0.0019, 0, 0), AXES);
    assertThat(MaskGeometry.isSame(image, moved, 1e-3)).isTrue();
    assertThat(MaskGeometry.isSame(image, moved, 9e-4)).isFalse();
    Raster turned =
        image.placedAt(Point.ORIGIN, List.of(new Point(1, 2e-3, 0), AXES.get(1), AXES.get(2)));
    assertThat(MaskGeometry.isSame(image, turned, 1e-3)).isFalse();
    Raster wider =
        Raster.of(new GridSize(6, 6, 6, 2, 2.003, 2), Raster.Numbers.WHOLE, new float[216]);
    assertThat(MaskGeometry.isSame(image, wider, 1e-3)).isFalse();
    assertThat(MaskGeometry.isSame(image, wider, 2e-3)).isTrue();
    assertThat(MaskGeometry.isSame(image, labels(Point.ORIGIN), 10)).isFalse();
  }
}
