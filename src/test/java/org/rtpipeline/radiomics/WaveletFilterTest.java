package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class WaveletFilterTest {

  private static final double ROUNDING = 1e-14;

  /** The finite filters of the wavelet of Meyer are orthogonal only nearly. */
  private static final double MEYER = 3e-3;

  /** PyWavelets has these in fewer digits. */
  private static final double SHORT_TABLE = 1e-10;

  static Stream<String> names() {
    return WaveletFilter.names().stream();
  }

  @Test
  void allFamiliesOfPyWaveletsAreThere() {
    assertThat(WaveletFilter.names()).hasSize(38 + 19 + 17 + 15 + 15 + 1);
    assertThat(WaveletFilter.of("haar")).isEqualTo(WaveletFilter.of("db1"));
    assertThat(WaveletFilter.of("DB4")).isEqualTo(WaveletFilter.of("db4"));
  }

  @Test
  void unknownNamesAreNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> WaveletFilter.of("db39"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("db39 is not known")
        .hasMessageContaining("haar, db1, db2")
        .hasMessageContaining("dmey");
  }

  @ParameterizedTest
  @MethodSource("names")
  void lowPassTapsSumToTheRootOfTwoAndHighPassTapsToNothing(String name) {
    WaveletFilter filter = WaveletFilter.of(name);
    assertThat(filter.low()).hasSize(filter.high().size());
    assertThat(filter.low().size() % 2).isZero();
    double allowed = allowed(name);
    assertThat(sum(filter.low()))
        .isEqualTo(Math.sqrt(2), Offset.offset(name.equals("dmey") ? ROUNDING : allowed));
    assertThat(sum(filter.high())).isEqualTo(0, Offset.offset(Math.max(1e-12, allowed)));
  }

  /** Σ low[k]·dual[k + 2m] is 1 for m = 0, else 0 (Cohen, Daubechies and Feauveau 1992). */
  @ParameterizedTest
  @MethodSource("names")
  void filterAndDualAreOrthogonal(String name) {
    WaveletFilter filter = WaveletFilter.of(name);
    List<Double> low = filter.low();
    List<Double> dual = dual(filter);
    double allowed = allowed(name);
    for (int m = 1 - low.size() / 2; m < low.size() / 2; m++) {
      double sum = 0;
      for (int k = 0; k < low.size(); k++) {
        int at = k + 2 * m;
        sum += at >= 0 && at < low.size() ? low.get(k) * dual.get(at) : 0;
      }
      assertThat(sum).as(name + " at " + m).isEqualTo(m == 0 ? 1 : 0, Offset.offset(allowed));
    }
  }

  private static double allowed(String name) {
    boolean isShort = name.startsWith("sym") || name.matches("(bior|rbio)(4.4|5.5|6.8)");
    return name.equals("dmey") ? MEYER : isShort ? SHORT_TABLE : ROUNDING;
  }

  /** The low-pass taps of the dual, from the high-pass taps. */
  private static List<Double> dual(WaveletFilter filter) {
    List<Double> dual = new ArrayList<>();
    int last = filter.high().size() - 1;
    for (int i = 0; i <= last; i++) {
      double tap = filter.high().get(last - i);
      dual.add((last - i) % 2 == 0 ? -tap : tap);
    }
    return dual;
  }

  @ParameterizedTest
  @CsvSource({
    "db1,1",
    "db2,2",
    "db7,7",
    "db20,20",
    "db38,38",
    "sym8,8",
    "sym20,20",
    "coif1,2",
    "coif5,10",
    "coif17,34",
    "bior3.9,3",
    "bior6.8,6",
    "rbio2.4,4"
  })
  void highPassTapsHaveTheirVanishingMoments(String name, int moments) {
    List<Double> high = WaveletFilter.of(name).high();
    double middle = (high.size() - 1) / 2.0;
    for (int moment = 0; moment < moments; moment++) {
      double sum = 0;
      for (int k = 0; k < high.size(); k++) {
        sum += high.get(k) * Math.pow((k - middle) / (middle + 1), moment);
      }
      assertThat(sum)
          .as(name + ", moment " + moment)
          .isEqualTo(0, Offset.offset(Math.max(1e-13, allowed(name))));
    }
  }

  @Test
  void daubechiesTwoIsItsClosedForm() {
    double root = Math.sqrt(3);
    double scale = 4 * Math.sqrt(2);
    double[] expected = {
      (1 - root) / scale, (3 - root) / scale, (3 + root) / scale, (1 + root) / scale
    };
    assertThat(taps(WaveletFilter.of("db2").low())).containsExactly(expected, Offset.offset(1e-15));
  }

  @Test
  void coifletOneIsItsClosedForm() {
    double root = Math.sqrt(7);
    double scale = 16 * Math.sqrt(2);
    assertThat(taps(WaveletFilter.of("coif1").low()))
        .containsExactly(
            new double[] {
              (root - 3) / scale,
              (1 - root) / scale,
              (14 - 2 * root) / scale,
              (14 + 2 * root) / scale,
              (5 + root) / scale,
              (1 - root) / scale
            },
            Offset.offset(1e-15));
  }

  @Test
  void splineFiveThreeIsItsClosedForm() {
    double unit = Math.sqrt(2) / 8;
    double[] low = {0, -unit, 2 * unit, 6 * unit, 2 * unit, -unit};
    double[] high = {0, 2 * unit, -4 * unit, 2 * unit, 0, 0};
    WaveletFilter filter = WaveletFilter.of("bior2.2");
    assertThat(taps(filter.low())).containsExactly(low, Offset.offset(1e-15));
    assertThat(taps(filter.high())).containsExactly(high, Offset.offset(1e-15));
  }

  /** Numbers of pywt.swt (PyWavelets 1.8.0) for 3, 1, 4, 1, 5, 9, 2, 6. */
  @ParameterizedTest
  @CsvSource({
    "db4, 7.1206534786 5.9662341615 4.2876766807 3.2460993033 2.1246013392 4.4379380395"
        + " 8.3873787183 8.2700387124, -2.4035392504 0.819082771 3.4072230823 -5.5246943752"
        + " 2.9082165148 -0.1648426522 -1.7905800031 2.7491339128",
    "bior2.4, 4.529902817 2.8284271247 2.5411649949 3.0714950808 7.8444658538 10.2530483272"
        + " 7.0047765511 5.7673396841, 1.767766953 -2.1213203436 2.4748737342 0.0 -3.8890872965"
        + " 3.8890872965 -2.4748737342 0.3535533906",
    "rbio3.3, 3.8890872965 3.3587572106 3.7123106012 5.4800775542 7.9549512883 7.7781745931"
        + " 6.3639610307 5.3033008589, -1.8340582137 2.4085824734 -3.2924659499 4.3531261217"
        + " 3.6018251667 -7.0047765511 3.6460193405 -1.8782523875",
    "sym9, 3.5912569868 2.9297362875 3.5360653068 6.4750680884 9.1569569684 8.2603004429"
        + " 5.6360309547 4.255205398, -0.1378682796 -1.6970415374 3.4763744104 -2.8478851922"
        + " -1.1526735142 4.5457605561 -4.3071529602 2.1204865171",
    "dmey, 4.5233950986 3.4045316509 2.4343415418 3.9655444852 7.4369376939 9.05385085"
        + " 7.5272671894 5.4947519238, 1.5490222 -2.924567313 2.9896264266 0.0793047779"
        + " -4.100296999 4.9930179342 -2.5428151336 -0.0095782179",
    "coif5, 7.4727647884 9.0553036706 7.4541080809 5.5543914915 4.557066504 3.355986463"
        + " 2.4363708435 3.9546285918, -4.1144200149 5.0007250755 -2.572271151 -0.03656131"
        + " 1.602624818 -2.8703887196 2.9627460044 0.0275452977"
  })
  void bandsAreThoseOfPyWavelets(String name, String low, String high) {
    double[] line = {3, 1, 4, 1, 5, 9, 2, 6};
    double[] values = new double[8 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = line[i % 8];
    }
    GridSize size = new GridSize(8, 2, 2, 1, 1, 1);
    List<FilteredImage> bands = new ArrayList<>();
    StationaryWavelet.bands(
        Raster.of(size, values),
        new IndexBox(0, 0, 0, 8, 1, 1),
        new ImageFilter.Wavelet(name, 1, 0),
        TexturePlane.VOLUME,
        bands::add);
    assertThat(band(bands, "wavelet-LLL")).containsExactly(doubled(low), Offset.offset(1e-9));
    assertThat(band(bands, "wavelet-HLL")).containsExactly(doubled(high), Offset.offset(1e-9));
  }

  /** Numbers of pywt.swtn (PyWavelets 1.8.0) for 1000 everywhere: rounding, of taps and of sums. */
  @Test
  void whatIsLeftOfAFlatImageHasTheDigitsOfPyWavelets() {
    assertThat(flat("sym4")).containsOnly(-2.2630217699770583e-09);
    assertThat(flat("db4"))
        .startsWith(-1.2789769243681806e-13)
        .endsWith(-1.2789769243681806e-13, -2.415845301584341e-13);
  }

  private static double[] flat(String name) {
    double[] values = new double[8 * 4];
    Arrays.fill(values, 1000);
    List<FilteredImage> bands = new ArrayList<>();
    StationaryWavelet.bands(
        Raster.of(new GridSize(8, 2, 2, 1, 1, 1), values),
        new IndexBox(0, 0, 0, 8, 1, 1),
        new ImageFilter.Wavelet(name, 1, 0),
        TexturePlane.VOLUME,
        bands::add);
    return band(bands, "wavelet-HLL");
  }

  private static double[] band(List<FilteredImage> bands, String name) {
    return bands.stream().filter(b -> b.name().equals(name)).findFirst().orElseThrow().values();
  }

  /** Two axes that the line does not change along give the root of 2 each. */
  private static double[] doubled(String numbers) {
    return Stream.of(numbers.split(" ", -1)).mapToDouble(n -> 2 * Double.parseDouble(n)).toArray();
  }

  private static double[] taps(List<Double> taps) {
    return taps.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
