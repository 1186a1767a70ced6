package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rtpipeline.radiomics.MadeRegions.cube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rtpipeline.radiomics.ResponseFilter.Gabor;
import org.rtpipeline.radiomics.ResponseFilter.GaborSlices;
import org.rtpipeline.radiomics.ResponseFilter.Laplacian;
import org.rtpipeline.radiomics.ResponseFilter.Laws;
import org.rtpipeline.radiomics.ResponseFilter.Mean;
import org.rtpipeline.radiomics.ResponseFilter.Riesz;
import org.rtpipeline.radiomics.ResponseFilter.SeparableWavelet;
import org.rtpipeline.radiomics.ResponseFilter.Simoncelli;

final class ResponseMapsTest {

  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  /** An image by the formula of its column. */
  private static Raster columns(GridSize size, java.util.function.IntToDoubleFunction formula) {
    double[] values = new double[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = formula.applyAsDouble(i % size.nx());
    }
    return Raster.of(size, values);
  }

  private static Raster impulse(GridSize size, int x, int y, int z) {
    double[] values = new double[size.voxels()];
    values[size.index(x, y, z)] = 1;
    return Raster.of(size, values);
  }

  /** The image after a quarter turn about z: what lay along x lies along y. */
  private static Raster turned(Raster image) {
    GridSize old = image.size();
    GridSize size = new GridSize(old.ny(), old.nx(), old.nz(), 1, 1, 1);
    double[] values = new double[size.voxels()];
    for (int z = 0; z < old.nz(); z++) {
      for (int y = 0; y < old.ny(); y++) {
        for (int x = 0; x < old.nx(); x++) {
          values[size.index(old.ny() - 1 - y, x, z)] = image.at(old.index(x, y, z));
        }
      }
    }
    return Raster.of(size, values);
  }

  private static List<ResponseFilter> spatial(TexturePlane plane, Boundary boundary) {
    boolean isVolume = plane == TexturePlane.VOLUME;
    return List.of(
        new Mean(3, plane, boundary),
        new Laplacian(0.7, 2, plane, boundary),
        new Laws(
            isVolume ? List.of("L5", "E3", "S3") : List.of("W5", "R5"),
            ResponsePooling.MAX,
            1,
            plane,
            boundary),
        new SeparableWavelet(
            "db2", isVolume ? "LLH" : "LH", 2, ResponsePooling.MEAN, plane, boundary));
  }

  @Test
  void meanOfAnImpulseIsItsShareOfTheCube() {
    GridSize size = cube(9);
    double[] volume =
        ResponseMaps.of(
            new Mean(3, TexturePlane.VOLUME, Boundary.ZERO),
            impulse(size, 4, 4, 4),
            IndexBox.whole(size));
    assertThat(volume[size.index(5, 3, 4)]).isEqualTo(1.0 / 27, EXACT);
    assertThat(volume[size.index(6, 4, 4)]).isZero();
    Raster slices =
        ResponseMaps.of(new Mean(3, TexturePlane.AXIAL, Boundary.ZERO), impulse(size, 4, 4, 4));
    assertThat(slices.at(size.index(5, 3, 4))).isEqualTo(1.0 / 9, EXACT);
    assertThat(slices.at(size.index(4, 4, 5))).isZero();
  }

  @ParameterizedTest
  @EnumSource(Boundary.class)
  void meanOfAFlatImageIsFlatUnlessZeroLiesBeyond(Boundary boundary) {
    GridSize size = cube(5);
    Raster mean =
        ResponseMaps.of(new Mean(3, TexturePlane.VOLUME, boundary), columns(size, x -> 7));
    double corner = boundary == Boundary.ZERO ? 7 * 8.0 / 27 : 7;
    assertThat(mean.at(0)).isEqualTo(corner, EXACT);
    assertThat(mean.at(size.index(2, 2, 2))).isEqualTo(7, EXACT);
  }

  @Test
  void boundariesReadWhatTheyName() {
    assertThat(indices(Boundary.ZERO)).containsExactly(-1, -1, -1, 0, 1, 2, -1, -1, -1, -1);
    assertThat(indices(Boundary.NEAREST)).containsExactly(0, 0, 0, 0, 1, 2, 2, 2, 2, 2);
    assertThat(indices(Boundary.PERIODIC)).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0);
    assertThat(indices(Boundary.MIRROR)).containsExactly(2, 1, 0, 0, 1, 2, 2, 1, 0, 0);
  }

  private static int[] indices(Boundary boundary) {
    return java.util.stream.IntStream.rangeClosed(-3, 6).map(i -> boundary.at(i, 3)).toArray();
  }

  @Test
  void laplacianOfAnImpulseIsTheFormula() {
    GridSize size = new GridSize(21, 21, 21, 2, 2, 2);
    Raster response =
        ResponseMaps.of(
            new Laplacian(3, 4, TexturePlane.VOLUME, Boundary.ZERO), impulse(size, 10, 10, 10));
    double sigma = 1.5;
    double square = 1 + 4;
    double expected =
        (square / (sigma * sigma) - 3)
            / (sigma * sigma)
            * Math.pow(Math.sqrt(2 * Math.PI) * sigma, -3)
            * Math.exp(-square / (2 * sigma * sigma));
    assertThat(response.at(size.index(11, 8, 10))).isEqualTo(expected, EXACT);
    assertThat(response.at(size.index(17, 10, 10))).isZero();
  }

  @Test
  void laplacianOfAParabolaIsItsCurvature() {
    GridSize size = new GridSize(41, 11, 1, 1, 1, 1);
    Raster response =
        ResponseMaps.of(
            new Laplacian(2, 6, TexturePlane.AXIAL, Boundary.MIRROR),
            columns(size, x -> 1.5 * (x - 20) * (x - 20)));
    assertThat(response.at(size.index(20, 5, 0))).isCloseTo(3, Percentage.withPercentage(0.1));
  }

  @Test
  void lawsEdgeOfARampIsItsSlope() {
    GridSize size = cube(9);
    Raster response =
        ResponseMaps.of(
            new Laws(
                List.of("E3", "L3", "L3"),
                ResponsePooling.NONE,
                0,
                TexturePlane.VOLUME,
                Boundary.NEAREST),
            columns(size, x -> 3 * x));
    double expected = -2 * 3 / Math.sqrt(2) * Math.pow(4 / Math.sqrt(6), 2);
    assertThat(response.at(size.index(4, 4, 4))).isEqualTo(expected, EXACT);
    assertThat(response.at(size.index(0, 4, 4))).isEqualTo(expected / 2, EXACT);
  }

  @ParameterizedTest
  @EnumSource(Boundary.class)
  void pooledFiltersTurnWithTheImage(Boundary boundary) {
    Raster image = MadeRegions.noise(new GridSize(7, 9, 6, 1, 1, 1), 100, 3);
    for (TexturePlane plane : List.of(TexturePlane.VOLUME, TexturePlane.AXIAL)) {
      for (ResponseFilter filter : spatial(plane, boundary)) {
        Raster first = turned(ResponseMaps.of(filter, image));
        Raster last = ResponseMaps.of(filter, turned(image));
        assertThat(last.crop(IndexBox.whole(last.size())))
            .as(filter.toString())
            .containsExactly(first.crop(IndexBox.whole(first.size())), EXACT);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Boundary.class)
  void thePartOfAMapIsTheMapOfThePart(Boundary boundary) {
    GridSize size = new GridSize(30, 26, 28, 1, 1, 1);
    Raster image = MadeRegions.noise(size, 100, 5);
    IndexBox box = new IndexBox(0, 11, 14, 6, 4, 3);
    List<ResponseFilter> filters = new ArrayList<>(spatial(TexturePlane.VOLUME, boundary));
    filters.addAll(spatial(TexturePlane.AXIAL, boundary));
    filters.add(new Gabor(1, 2, 1, List.of(30.0), GaborSlices.ORTHOGONAL, boundary));
    for (ResponseFilter filter : filters) {
      assertThat(ResponseMaps.of(filter, image, box))
          .as(filter.toString())
          .containsExactly(ResponseMaps.of(filter, image).crop(box), EXACT);
    }
  }

  @Test
  void gaborModulusOfItsOwnWaveIsHalfTheEnvelope() {
    GridSize size = new GridSize(64, 48, 1, 0.5, 0.5, 1);
    Raster wave = columns(size, x -> Math.cos(2 * Math.PI * x / 8));
    Raster modulus =
        ResponseMaps.of(
            new Gabor(3, 4, 1.5, List.of(0.0), GaborSlices.AXIAL, Boundary.PERIODIC), wave);
    double envelope = 2 * Math.PI * 6 * 6 / 1.5;
    assertThat(modulus.at(size.index(5, 7, 0))).isEqualTo(envelope / 2, Offset.offset(1e-4));
    assertThat(modulus.at(size.index(31, 40, 0))).isEqualTo(envelope / 2, Offset.offset(1e-4));
  }

  @Test
  void gaborDirectionsAreThoseOfATurnUpToOpposites() {
    assertThat(Gabor.turn(45)).containsExactly(0.0, 45.0, 90.0, 135.0);
    assertThat(Gabor.turn(120)).containsExactly(0.0, 120.0, 240.0);
  }

  @Test
  void simoncelliPassesHalfTheNyquistFrequencyAndNothingFlat() {
    Simoncelli wavelet = new Simoncelli(1, TexturePlane.VOLUME, Boundary.MIRROR);
    Raster flat = ResponseMaps.of(wavelet, columns(cube(3), x -> 50));
    assertThat(flat.at(7)).isEqualTo(0, EXACT);
    Raster slices =
        ResponseMaps.of(
            new Simoncelli(1, TexturePlane.AXIAL, Boundary.PERIODIC),
            columns(new GridSize(64, 65, 1, 1, 1, 1), x -> Math.cos(Math.PI * x / 2)));
    assertThat(slices.at(64 * 30 + 8)).isEqualTo(1, Offset.offset(0.01));
  }

  @Test
  void simoncelliBandsAreAnOctaveApart() {
    assertThat(FrequencyResponse.band(1, 0.5, 0, 0)).isEqualTo(1, EXACT);
    assertThat(FrequencyResponse.band(2, 0, 0.25, 0)).isEqualTo(1, EXACT);
    assertThat(FrequencyResponse.band(1, 0.25, 0, 0)).isZero();
    assertThat(FrequencyResponse.band(1, 0.8, 0.8, 0)).isZero();
    double inBoth =
        Math.pow(FrequencyResponse.band(1, 0.3, 0.1, 0.2), 2)
            + Math.pow(FrequencyResponse.band(2, 0.3, 0.1, 0.2), 2);
    assertThat(inBoth).isEqualTo(1, EXACT);
  }

  @Test
  void allRieszTransformsOfAnOrderTogetherKeepTheEnergy() {
    for (int total = 1; total <= 3; total++) {
      double energy = 0;
      for (int l = 0; l <= total; l++) {
        for (int m = 0; l + m <= total; m++) {
          List<Integer> order = List.of(l, m, total - l - m);
          energy += Math.pow(FrequencyResponse.riesz(order, total, 0.2, -0.5, 0.3), 2);
        }
      }
      assertThat(energy).isEqualTo(1, EXACT);
    }
    assertThat(FrequencyResponse.riesz(List.of(1, 0, 0), 1, 0, 0, 0)).isZero();
  }

  @Test
  void rieszTransformAlongAWaveTurnsCosineIntoSine() {
    GridSize size = new GridSize(64, 65, 1, 1, 1, 1);
    ResponseFilter band = new Simoncelli(1, TexturePlane.AXIAL, Boundary.PERIODIC);
    Raster wave = columns(size, x -> Math.cos(Math.PI * x / 2));
    Raster once = ResponseMaps.of(new Riesz(band, List.of(1, 0, 0)), wave);
    Raster twice = ResponseMaps.of(new Riesz(band, List.of(2, 0, 0)), wave);
    Raster thrice = ResponseMaps.of(new Riesz(band, List.of(3, 0, 0)), wave);
    int row = 64 * 30;
    Offset<Double> near = Offset.offset(0.02);
    assertThat(once.at(row + 9)).isEqualTo(1, near);
    assertThat(once.at(row + 8)).isEqualTo(0, near);
    assertThat(twice.at(row + 8)).isEqualTo(-1, near);
    assertThat(thrice.at(row + 9)).isEqualTo(-1, near);
    assertThat(ResponseMaps.of(new Riesz(band, List.of(0, 1, 0)), wave).at(row + 9))
        .isEqualTo(0, near);
  }

  @Test
  void rightAngleTurnsAreTheirGroup() {
    assertThat(RightAngleTurn.within(TexturePlane.VOLUME)).hasSize(24).doesNotHaveDuplicates();
    assertThat(RightAngleTurn.within(TexturePlane.CORONAL))
        .hasSize(4)
        .doesNotHaveDuplicates()
        .contains(RightAngleTurn.NONE)
        .allMatch(turn -> turn.from().get(1) == 1 && turn.sign().get(1) == 1);
  }

  @Test
  void transformOfAnyLengthIsTheSum() {
    for (int n : new int[] {1, 2, 3, 7, 8, 12, 65}) {
      double[] re = new java.util.Random(n).doubles(n).toArray();
      double[] im = new java.util.Random(-n).doubles(n).toArray();
      double[][] line = {re.clone(), im.clone()};
      FourierTransform transform = new FourierTransform(n);
      transform.forward(line);
      for (int k = 0; k < n; k++) {
        double sumRe = 0;
        double sumIm = 0;
        for (int m = 0; m < n; m++) {
          double angle = -2 * Math.PI * k * m / n;
          sumRe += re[m] * Math.cos(angle) - im[m] * Math.sin(angle);
          sumIm += re[m] * Math.sin(angle) + im[m] * Math.cos(angle);
        }
        assertThat(line[0][k]).as("length " + n).isEqualTo(sumRe, EXACT);
        assertThat(line[1][k]).as("length " + n).isEqualTo(sumIm, EXACT);
      }
      transform.inverse(line);
      assertThat(line[0]).containsExactly(re, EXACT);
      assertThat(line[1]).containsExactly(im, EXACT);
    }
    assertThat(Arrays.stream(new int[] {1, 2, 3, 64, 65}).map(FourierTransform::powerFrom))
        .containsExactly(1, 2, 4, 64, 128);
  }

  @Test
  void whatNoFilterIsIsRefused() {
    TexturePlane volume = TexturePlane.VOLUME;
    Boundary zero = Boundary.ZERO;
    ResponsePooling none = ResponsePooling.NONE;
    assertThatThrownBy(() -> new Mean(4, volume, zero)).hasMessageContaining("got 4");
    assertThatThrownBy(() -> new Laplacian(0, 4, volume, zero)).hasMessageContaining("sigma");
    assertThatThrownBy(() -> new Laws(List.of("L5"), none, 0, volume, zero))
        .hasMessageContaining("3 kernels");
    assertThatThrownBy(() -> new Laws(List.of("L5", "Q5"), none, 0, TexturePlane.AXIAL, zero))
        .hasMessageContaining("Q5")
        .hasMessageContaining("W5");
    assertThatThrownBy(() -> new Laws(List.of("L5", "E5"), none, -1, TexturePlane.AXIAL, zero))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new Gabor(1, 2, 1, List.of(), GaborSlices.AXIAL, zero))
        .hasMessageContaining("directions");
    assertThatThrownBy(() -> new SeparableWavelet("db2", "LX", 1, none, TexturePlane.AXIAL, zero))
        .hasMessageContaining("LX");
    assertThatThrownBy(() -> new SeparableWavelet("db2", "LH", 1, none, volume, zero))
        .hasMessageContaining("3 letters");
    assertThatThrownBy(() -> new SeparableWavelet("db2", "LH", 0, none, TexturePlane.AXIAL, zero))
        .hasMessageContaining("level 0");
    assertThatThrownBy(() -> new Simoncelli(0, volume, zero)).hasMessageContaining("level");
    assertThatThrownBy(() -> new Riesz(new Mean(3, volume, zero), List.of(1, 0, 0)))
        .hasMessageContaining("Mean");
    ResponseFilter band = new Simoncelli(1, volume, zero);
    for (List<Integer> order : List.of(List.of(1, 0), List.of(0, 0, 0), List.of(2, -1, 0))) {
      assertThatThrownBy(() -> new Riesz(band, order)).hasMessageContaining("order");
    }
    assertThat(new Riesz(band, List.of(1, 0, 0)).boundary()).isEqualTo(zero);
  }
}
