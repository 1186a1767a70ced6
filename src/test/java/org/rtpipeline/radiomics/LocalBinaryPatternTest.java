package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.radiomics.ImageFilter.PatternMethod;

/** Numbers of skimage.feature.local_binary_pattern (scikit-image 0.26.0) on images made by rule. */
final class LocalBinaryPatternTest {

  private static Raster slice(Raster.Numbers numbers) {
    GridSize size = new GridSize(5, 4, 1, 1, 1, 1);
    float[] values = new float[size.voxels()];
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 5; x++) {
        values[size.index(x, y, 0)] = (7 * x * x + 13 * y * y * y + 5 * x * y) % 23;
      }
    }
    return Raster.of(size, numbers, values);
  }

  private static double[] patterns(ImageFilter filter, Raster image) {
    List<FilteredImage> out = new ArrayList<>();
    Filters.apply(
        filter,
        image,
        IndexBox.whole(image.size()),
        TexturePlane.VOLUME,
        out::add,
        name -> out.clear());
    assertThat(out).extracting(FilteredImage::name).containsExactly("lbp-2D");
    assertThat(out.get(0).numbers()).isEqualTo(image.numbers());
    return out.get(0).values();
  }

  private static double[] numbers(String text) {
    return Stream.of(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, UNIFORM, 8 1 9 9 0 0 8 7 0 4 1 9 9 9 6 2 5 1 0 1",
    "1.5, 6, DEFAULT, 63 17 33 0 0 0 59 59 0 28 0 45 34 18 28 3 7 1 0 8",
    "1.5, 6, ROR, 63 5 3 0 0 0 31 31 0 7 0 27 5 9 7 3 7 1 0 1",
    "1.5, 6, UNIFORM, 6 7 2 0 0 0 5 5 0 3 0 7 7 7 3 2 3 1 0 1",
    "1.5, 6, NRI_UNIFORM, 31 32 8 0 0 0 28 28 0 17 0 32 32 32 17 7 13 1 0 4",
    "1.5, 6, VAR, 6.814121233 23.511654597 56.339403135 19.87075758 40.446393891 5.535760172"
        + " 19.967515026 15.145596164 21.7434979 33.657293401 10.64029293 11.070553592"
        + " 20.98285586 17.191644461 48.284685813 18.502934567 50.287210152 51.969689802"
        + " 24.774726468 62.372093891"
  })
  void patternsOfASliceAreThoseOfScikitImage(
      double radius, int samples, PatternMethod method, String expected) {
    ImageFilter filter =
        new ImageFilter.LocalBinaryPattern(radius, samples, method, TexturePlane.AXIAL);
    assertThat(patterns(filter, slice(Raster.Numbers.SINGLE)))
        .containsExactly(numbers(expected), Offset.offset(1e-5));
  }

  @ParameterizedTest
  @CsvSource({
    "AXIAL, 255 32 209 64 0 255 239 0 4 27 2 20 227 0 241 112 129 116 255 0 7 0 16 60 193 32 241"
        + " 64 0 255 239 0 4 25 2 20",
    "CORONAL, 255 192 241 0 64 249 225 0 192 241 96 16 195 0 251 124 65 16 243 68 65 0 80 124 3 4"
        + " 31 0 0 31 15 0 0 31 12 24",
    "SAGITTAL, 255 129 193 64 129 199 199 0 7 3 1 4 225 0 193 241 129 68 231 187 7 0 1 31 96 48"
        + " 112 64 0 124 124 0 4 24 16 4"
  })
  void slicesAreTakenInThePlaneOfForce2Ddimension(TexturePlane plane, String expected) {
    GridSize size = new GridSize(4, 3, 3, 1, 1, 1);
    float[] values = new float[size.voxels()];
    for (int z = 0; z < 3; z++) {
      for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 4; x++) {
          values[size.index(x, y, z)] =
              (7 * x * x + 13 * y * y * y + 5 * x * y + 11 * z * z * x + 3 * z) % 23;
        }
      }
    }
    ImageFilter filter = new ImageFilter.LocalBinaryPattern(1, 8, PatternMethod.DEFAULT, plane);
    assertThat(patterns(filter, Raster.of(size, Raster.Numbers.WHOLE, values)))
        .containsExactly(numbers(expected));
  }

  @Test
  void variancesOfAWholeNumberedImageAreCutToWholeNumbers() {
    ImageFilter filter =
        new ImageFilter.LocalBinaryPattern(1.5, 6, PatternMethod.VAR, TexturePlane.AXIAL);
    assertThat(patterns(filter, slice(Raster.Numbers.WHOLE))).startsWith(6, 23, 56);
  }

  @Test
  void variancesOfASinglePrecisionImageAreRoundedToIt() {
    ImageFilter filter =
        new ImageFilter.LocalBinaryPattern(1.5, 6, PatternMethod.VAR, TexturePlane.AXIAL);
    for (double variance : patterns(filter, slice(Raster.Numbers.SINGLE))) {
      assertThat((double) (float) variance).isEqualTo(variance);
    }
  }

  @Test
  void allOnesAndNoneHaveCodesOfTheirOwnWhenTurnsCount() {
    ImageFilter filter =
        new ImageFilter.LocalBinaryPattern(1, 8, PatternMethod.NRI_UNIFORM, TexturePlane.AXIAL);
    GridSize size = new GridSize(3, 3, 1, 1, 1, 1);
    Raster peak = Raster.of(size, new double[] {1, 1, 1, 1, 5, 1, 1, 1, 1});
    Raster pit = Raster.of(size, new double[] {5, 5, 5, 5, 1, 5, 5, 5, 5});
    assertThat(patterns(filter, peak)[4]).isZero();
    assertThat(patterns(filter, pit)[4]).isEqualTo(57);
  }

  @Test
  void circlesWithoutSizeAndVolumesAreRefused() {
    PatternMethod uniform = PatternMethod.UNIFORM;
    TexturePlane axial = TexturePlane.AXIAL;
    assertThatThrownBy(() -> new ImageFilter.LocalBinaryPattern(0, 8, uniform, axial))
        .hasMessageContaining("lbp2DRadius");
    assertThatThrownBy(() -> new ImageFilter.LocalBinaryPattern(1, 32, uniform, axial))
        .hasMessageContaining("lbp2DSamples");
    assertThatThrownBy(() -> new ImageFilter.LocalBinaryPattern(1, 0, uniform, axial))
        .hasMessageContaining("lbp2DSamples");
    assertThatThrownBy(() -> new ImageFilter.LocalBinaryPattern(1, 8, uniform, TexturePlane.VOLUME))
        .hasMessageContaining("plane");
  }
}
