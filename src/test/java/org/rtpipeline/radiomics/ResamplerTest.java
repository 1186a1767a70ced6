package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.geometry.Point;

/** New voxels half-way between old ones; the numbers are those of PyRadiomics 3.1 and ITK 5.4. */
final class ResamplerTest {

  private static final List<Point> AXES =
      List.of(new Point(1, 0, 0), new Point(0, 1, 0), new Point(0, 0, 1));
  private static final List<Point> OBLIQUE =
      List.of(new Point(0.6, 0.48, -0.64), new Point(0, 0.8, 0.6), new Point(0.8, -0.36, 0.48));
  private static final int N = 24;

  /** Nearest voxels along x and y from 1.5 and 3 mm to 1 and 2 mm. */
  private static Region made(Point firstMm) {
    GridSize size = new GridSize(N, N, N, 1.5, 3, 2.5);
    float[] values = new float[size.voxels()];
    byte[] mask = new byte[size.voxels()];
    for (int z = 0; z < N; z++) {
      for (int y = 0; y < N; y++) {
        for (int x = 0; x < N; x++) {
          boolean inside = x > 0 && y > 0 && z > 0 && x < 22 && y < 22 && z < 22;
          values[size.index(x, y, z)] = x + 100 * y;
          mask[size.index(x, y, z)] = (byte) (inside ? 1 : 0);
        }
      }
    }
    Raster image = Raster.of(size, Raster.Numbers.WHOLE, values).placedAt(firstMm, AXES);
    return Resampler.resample(
            Region.of(image, IndexBox.whole(size), mask).orElseThrow(),
            new RadiomicsOptions.Resampling(1, 2, 1, RadiomicsOptions.Interpolation.NEAREST, 0))
        .orElseThrow();
  }

  /** Cubic splines of whole numbers between planes; in the planes voxels stay where they are. */
  private static double[] splined(double least, double greatest, IntUnaryOperator intensity) {
    GridSize size = new GridSize(12, 12, 8, 1, 1, 3);
    float[] values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = intensity.applyAsInt(i);
    }
    Raster image = Raster.of(size, Raster.Numbers.WHOLE, values).storedBetween(least, greatest);
    return Resampler.resample(
            Region.of(image, IndexBox.whole(size), MadeRegions.full(size)).orElseThrow(),
            new RadiomicsOptions.Resampling(1, 1, 1, RadiomicsOptions.Interpolation.BSPLINE, 0))
        .orElseThrow()
        .image()
        .values();
  }

  @Test
  void newVoxelsThatFallOnOldOnesAreCutTowardsZeroOnTheSideThatItkRoundsThemTo() {
    double[] made = splined(-32_768, 32_767, i -> i * 7919 % 256);
    int exact = 0;
    for (int i = 0; i < 144; i++) {
      exact += made[144 + i] == i * 7919 % 256 ? 1 : 0;
    }
    assertThat(exact).isEqualTo(60);
    assertThat(Arrays.stream(made).sum()).isEqualTo(438_516);
  }

  @Test
  void interpolatedNumbersStayInTheRangeThatIsStored() {
    IntUnaryOperator steps = i -> i / 144 / 3 % 2 == 0 ? 250 : 3;
    DoubleSummaryStatistics free =
        Arrays.stream(splined(-32_768, 32_767, steps)).summaryStatistics();
    DoubleSummaryStatistics cut = Arrays.stream(splined(0, 255, steps)).summaryStatistics();
    assertThat(free.getMin()).isEqualTo(-19);
    assertThat(free.getMax()).isEqualTo(276);
    assertThat(cut.getMin()).isZero();
    assertThat(cut.getMax()).isEqualTo(255);
  }

  private static int[] columns(Region made) {
    double[] row = made.image().crop(new IndexBox(0, 9, 9, 34, 1, 1));
    return Arrays.stream(row).mapToInt(value -> (int) value % 100).toArray();
  }

  private static int[] rows(Region made) {
    double[] column = made.image().crop(new IndexBox(9, 0, 9, 1, 34, 1));
    return Arrays.stream(column).mapToInt(value -> (int) value / 100).toArray();
  }

  @Test
  void samplesHalfWayBetweenVoxelsTakeTheNext() {
    Region made = made(Point.ORIGIN);

    assertThat(made.voxels()).isEqualTo(54272);
    assertThat(rows(made))
        .isEqualTo(columns(made))
        .containsExactly(
            0, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 9, 10, 11, 11, 12, 13, 13, 14, 15, 15, 16, 17,
            17, 18, 19, 19, 20, 21, 21, 22);
  }

  @Test
  void theRoundingOfCoordinatesDecidesAboutThemWhereTheImageLiesElsewhere() {
    Region made = made(new Point(-123.45, 17.3, -61.7));

    assertThat(columns(made)).isEqualTo(columns(made(Point.ORIGIN)));
    assertThat(rows(made))
        .containsExactly(
            0, 1, 1, 2, 3, 3, 4, 5, 5, 6, 6, 7, 8, 8, 9, 10, 10, 11, 12, 13, 13, 14, 15, 15, 16, 17,
            17, 18, 19, 19, 20, 21, 21, 22);
  }

  /** Voxels of 1 mm on oblique axes, every second one taken: all of them half-way between two. */
  private static Region turned(RadiomicsOptions.Interpolation kind) {
    GridSize size = new GridSize(12, 12, 12, 1, 1, 1);
    float[] values = new float[size.voxels()];
    byte[] mask = new byte[size.voxels()];
    for (int z = 0; z < 12; z++) {
      for (int y = 0; y < 12; y++) {
        for (int x = 0; x < 12; x++) {
          boolean inside = x > 0 && y > 0 && z > 0 && x < 10 && y < 10 && z < 10;
          values[size.index(x, y, z)] = x + 100 * y;
          mask[size.index(x, y, z)] = (byte) (inside ? 1 : 0);
        }
      }
    }
    Raster image =
        Raster.of(size, Raster.Numbers.WHOLE, values)
            .placedAt(new Point(-12.3, 45.6, 7.8), OBLIQUE);
    return Resampler.resample(
            Region.of(image, IndexBox.whole(size), mask).orElseThrow(),
            new RadiomicsOptions.Resampling(2, 2, 2, kind, 0))
        .orElseThrow();
  }

  @Test
  void onObliqueAxesTheInverseOfTheAxesDecidesAboutThem() {
    Region nearest = turned(RadiomicsOptions.Interpolation.NEAREST);
    assertThat(nearest.voxels()).isEqualTo(88);
    assertThat(Arrays.stream(nearest.image().values()).sum()).isEqualTo(123_855);
    assertThat(Arrays.stream(turned(RadiomicsOptions.Interpolation.LINEAR).image().values()).sum())
        .isEqualTo(119_880);
  }

  @Test
  void axesAreInvertedToTheLastBitOfItk() {
    double[] spacingMm = {0.977, 0.8, 3};
    double[][] steps = new double[3][3];
    for (int axis = 0; axis < 3; axis++) {
      steps[0][axis] = OBLIQUE.get(axis).xMm() * spacingMm[axis];
      steps[1][axis] = OBLIQUE.get(axis).yMm() * spacingMm[axis];
      steps[2][axis] = OBLIQUE.get(axis).zMm() * spacingMm[axis];
    }
    double[][] inverse = SingularInverse.of(steps);
    assertThat(inverse[0])
        .containsExactly(0.6141248720573185, 0.4912998976458547, -0.6550665301944731);
    assertThat(inverse[1])
        .containsExactly(-1.3877787807814447e-16, 0.9999999999999998, 0.7499999999999998);
    assertThat(inverse[2])
        .containsExactly(0.2666666666666666, -0.11999999999999995, 0.15999999999999998);
    assertThatThrownBy(() -> SingularInverse.of(new double[3][3])).hasMessageContaining("plane");
  }

  /** 12 x 12 x 8 doubles without an order. */
  private static Raster scattered() {
    GridSize size = new GridSize(12, 12, 8, 1, 1, 3);
    double[] values = new double[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7919 % 256 / 7.0;
    }
    return Raster.of(size, values);
  }

  private static double[] resampled(Raster image, RadiomicsOptions.Resampling how) {
    GridSize size = image.size();
    return Resampler.resample(
            Region.of(image, IndexBox.whole(size), MadeRegions.full(size)).orElseThrow(), how)
        .orElseThrow()
        .image()
        .values();
  }

  @Test
  void doublesThatFallOnOldVoxelsHaveTheDigitsOfItk() {
    Raster image = scattered();
    double[] values = image.values();
    double[] made =
        resampled(
            image,
            new RadiomicsOptions.Resampling(1, 1, 1, RadiomicsOptions.Interpolation.BSPLINE, 0));
    int[] side = new int[3];
    for (int i = 0; i < 144; i++) {
      side[1 + (int) Math.signum(made[144 + i] - values[i])]++;
    }
    assertThat(side).containsExactly(85, 7, 52);
  }

  @ParameterizedTest
  @CsvSource({
    "COSINE_SINC, 11.81290112590953, 12.560371625563443",
    "HAMMING_SINC, 12.506636660492076, 12.368825866147088",
    "WELCH_SINC, 11.665600721240882, 12.654163349760834",
    "LANCZOS_SINC, 12.053054500978227, 12.417313257763617",
    "BLACKMAN_SINC, 12.908244231821342, 11.942267908514978"
  })
  void windowedSincsAreThoseOfItk(
      RadiomicsOptions.Interpolation kind, double hundredth, double later) {
    double[] made = resampled(scattered(), new RadiomicsOptions.Resampling(1.5, 1.25, 2, kind, 0));
    assertThat(made[100]).isCloseTo(hundredth, Offset.offset(1e-12));
    assertThat(made[517]).isCloseTo(later, Offset.offset(1e-12));
  }
}
