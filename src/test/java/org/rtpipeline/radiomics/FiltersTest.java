package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rtpipeline.radiomics.MadeRegions.cube;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class FiltersTest {

  private static List<FilteredImage> images(ImageFilter filter, Raster image, TexturePlane plane) {
    List<FilteredImage> out = new ArrayList<>();
    Filters.apply(
        filter, image, IndexBox.whole(image.size()), plane, out::add, name -> out.clear());
    return out;
  }

  private static Raster ramp(GridSize size) {
    float[] values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 3 * (i % size.nx());
    }
    return Raster.of(size, Raster.Numbers.SINGLE, values);
  }

  @Test
  void gradientOfARampIsItsSlope() {
    GridSize size = new GridSize(8, 5, 5, 2, 1, 1);
    FilteredImage image =
        images(ImageFilter.Gradient.PER_MM, ramp(size), TexturePlane.VOLUME).get(0);
    assertThat(image.values()[size.index(4, 2, 2)]).isEqualTo(1.5);
    FilteredImage perVoxel =
        images(ImageFilter.Gradient.PER_VOXEL, ramp(size), TexturePlane.VOLUME).get(0);
    assertThat(perVoxel.values()[size.index(4, 2, 2)]).isEqualTo(3);
  }

  @Test
  void laplacianOfAFlatImageIsNothing() {
    float[] flat = new float[20 * 20 * 20];
    java.util.Arrays.fill(flat, 70);
    Raster image = Raster.of(cube(20), Raster.Numbers.WHOLE, flat);
    FilteredImage log =
        images(ImageFilter.LaplacianOfGaussian.of(1.5), image, TexturePlane.VOLUME).get(0);
    assertThat(log.name()).isEqualTo("log-sigma-1-5-mm-3D");
    assertThat(java.util.Arrays.stream(log.values()).map(Math::abs).max().orElseThrow())
        .isLessThan(1e-3);
  }

  @Test
  void laplacianOfAGaussianBlobIsThatOfTheFormula() {
    GridSize size = cube(41);
    double width = 4;
    float[] blob = new float[size.voxels()];
    for (int z = 0; z < 41; z++) {
      for (int y = 0; y < 41; y++) {
        for (int x = 0; x < 41; x++) {
          double r2 = (x - 20) * (x - 20) + (y - 20) * (y - 20) + (z - 20) * (z - 20.0);
          blob[size.index(x, y, z)] = (float) (1000 * Math.exp(-r2 / (2 * width * width)));
        }
      }
    }
    double[] log =
        LaplacianOfGaussian.of(
                Raster.of(size, Raster.Numbers.SINGLE, blob), IndexBox.whole(size), 2)
            .values();
    double total = width * width + 4;
    double centre = -3 / total * 4 * 1000 * Math.pow(width * width / total, 1.5);
    assertThat(log[size.index(20, 20, 20)])
        .isCloseTo(centre, org.assertj.core.data.Percentage.withPercentage(1.5));
  }

  @Test
  void aPartOfTheLaplacianIsThePartOfTheWhole() {
    GridSize size = new GridSize(20, 17, 15, 1, 1.5, 3);
    Raster image = MadeRegions.noise(size, 500, 8);
    double[] whole = LaplacianOfGaussian.of(image, IndexBox.whole(size), 2).values();
    IndexBox box = new IndexBox(3, 0, 7, 9, 17, 4);
    assertThat(LaplacianOfGaussian.of(image, box, 2).values())
        .isEqualTo(Raster.of(size, whole).crop(box));
  }

  @Test
  void aPartOfAWaveletBandIsThePartOfTheWhole() {
    GridSize size = new GridSize(11, 10, 9, 1, 1, 1);
    IndexBox box = new IndexBox(7, 0, 2, 4, 5, 7);
    for (Raster image : List.of(MadeRegions.noise(size, 500, 8), ramp(size))) {
      ImageFilter.Wavelet wavelet = new ImageFilter.Wavelet("coif1", 2, 0);
      List<FilteredImage> whole = images(wavelet, image, TexturePlane.VOLUME);
      List<FilteredImage> part = new ArrayList<>();
      StationaryWavelet.bands(image, box, wavelet, TexturePlane.VOLUME, part::add);
      assertThat(part).hasSize(15);
      for (int band = 0; band < part.size(); band++) {
        assertThat(part.get(band).name()).isEqualTo(whole.get(band).name());
        assertThat(part.get(band).values())
            .containsExactly(
                Raster.of(size, whole.get(band).values()).crop(box), Offset.offset(1e-9));
      }
    }
  }

  @Test
  void lowBandOfAFlatImageIsBrighterByTheRootOfEight() {
    float[] flat = new float[6 * 6 * 6];
    java.util.Arrays.fill(flat, 10);
    Raster image = Raster.of(cube(6), Raster.Numbers.SINGLE, flat);
    List<FilteredImage> bands =
        images(new ImageFilter.Wavelet("db2", 1, 1), image, TexturePlane.VOLUME);
    FilteredImage low = bands.get(bands.size() - 1);
    assertThat(low.name()).isEqualTo("wavelet-LLL");
    assertThat(low.values()[100]).isCloseTo(10 * 8.0, Offset.offset(1e-4));
  }

  @Test
  void waveletsOfAPlaneHaveTwoLetters() {
    Raster image = MadeRegions.noise(cube(6), 100, 1);
    for (TexturePlane plane :
        List.of(TexturePlane.AXIAL, TexturePlane.CORONAL, TexturePlane.SAGITTAL)) {
      assertThat(images(new ImageFilter.Wavelet("haar", 1, 0), image, plane))
          .extracting(FilteredImage::name)
          .containsExactly("wavelet-HH", "wavelet-HL", "wavelet-LH", "wavelet-LL");
    }
  }

  @Test
  void unknownWaveletsAreNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> new ImageFilter.Wavelet("coif18", 1, 0))
        .hasMessageContaining("coif18")
        .hasMessageContaining("coif1");
  }

  @Test
  void pointWiseFiltersKeepTheLargestMagnitude() {
    double[] x = {-100, -25, 0, 50, 100};
    assertThat(PointWiseFilters.apply(ImageFilter.PointWise.SQUARE, x.clone(), 100))
        .containsExactly(new double[] {100, 6.25, 0, 25, 100}, Offset.offset(1e-12));
    assertThat(PointWiseFilters.apply(ImageFilter.PointWise.SQUAREROOT, x.clone(), 100))
        .containsExactly(new double[] {-100, -50, 0, Math.sqrt(5000), 100}, Offset.offset(1e-12));
    assertThat(PointWiseFilters.apply(ImageFilter.PointWise.LOGARITHM, x.clone(), 100)[0])
        .isCloseTo(-100, Offset.offset(1e-12));
    assertThat(PointWiseFilters.apply(ImageFilter.PointWise.EXPONENTIAL, x.clone(), 100))
        .containsExactly(
            new double[] {0.01, Math.pow(100, -0.25), 1, 10, 100}, Offset.offset(1e-9));
  }

  @Test
  void splineCoefficientsOfShortAndLongLinesInterpolate() {
    for (int n : new int[] {2, 5, 40}) {
      double[] samples = new java.util.Random(n).doubles(n).toArray();
      double[] c = samples.clone();
      SplineCoefficients.inPlace(c, n, 1, 1);
      for (int i = 0; i < n; i++) {
        double left = c[i == 0 ? 1 : i - 1];
        double right = c[i == n - 1 ? n - 2 : i + 1];
        assertThat((left + 4 * c[i] + right) / 6).isCloseTo(samples[i], Offset.offset(1e-8));
      }
    }
  }
}
