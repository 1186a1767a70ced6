package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;

/** A box of 24 mm in a dose from 28 to 52 Gy, in which every metric has a closed form. */
final class DvhMetricTest {

  private static final RoiDoseVolume BOX =
      new DoseVolumeCalculator(Shapes.linearDose(new Point(0, 0, 1), 2), DvhOptions.DEFAULT)
          .of(Shapes.named("box", Shapes.box(18, 20, 24, 2)), 1);

  @ParameterizedTest
  @CsvSource({
    "D95%[Gy], 29.2, Gy",
    "D2%[%], 103.04, %",
    "D0.36cc[Gy], 51, Gy",
    "DC5%[Gy], 29.2, Gy",
    "DC0.36cc[Gy], 29, Gy",
    "V40Gy[%], 50, %",
    "V40Gy[cc], 4.32, cc",
    "V80%[%], 50, %",
    "CV40Gy[cc], 4.32, cc",
    "CV98%[%], 87.5, %",
    "Mean[Gy], 40, Gy",
    "Mean[%], 80, %",
    "Min[Gy], 28, Gy",
    "Max[Gy], 52, Gy",
    "Median[Gy], 40, Gy",
    "SD[Gy], 6.9282, Gy",
    "gEUD(1)[Gy], 40, Gy",
    "gEUD(2)[Gy], 40.5956, Gy",
    "gEUD(-1)[Gy], 38.7693, Gy",
    "IntegralDose[Gycc], 345.6, Gycc",
    "Volume[cc], 8.64, cc",
    "HI, 0.576, ''",
    "HI_Rx, 0.432, ''",
    "Max[BED(3)], 86.6667, BED(3)",
    "Max[EQD2(3)], 52, EQD2(3)",
    "Mean[BED(10)], 46.3385, BED(10)",
    "Max[BED], 86.6667, BED(3)",
    "Max[EQD2], 52, EQD2(3)"
  })
  void valueIsThatOfTheClosedForm(String text, double expected, String unit) {
    MetricSource source = source(BOX, null, 50.0, 26);
    MetricValue value = DvhMetric.parse(text).of(source);
    assertThat(value.reason()).isNull();
    assertThat(value.value()).isCloseTo(expected, within(0.01));
    assertThat(value.unit()).isEqualTo(unit);
  }

  @ParameterizedTest
  @CsvSource({
    "D95%[Gy], D95%[Gy]",
    "D2cm3, D2cc[Gy]",
    "D2cc, D2cc[Gy]",
    "V20, V20Gy[%]",
    "V20Gy, V20Gy[%]",
    "V20Gy[cm3], V20Gy[cc]",
    "V95%[cc], V95%[cc]",
    "CV7.50Gy[cc], CV7.5Gy[cc]",
    "CV95%, CV95%[%]",
    "DC700cc, DC700cc[Gy]",
    "DC5%, DC5%[Gy]",
    "mean, Mean[Gy]",
    "MIN[Gy], Min[Gy]",
    "Max, Max[Gy]",
    "median, Median[Gy]",
    "sd, SD[Gy]",
    "gEUD(-10), gEUD(-10)[Gy]",
    "integraldose, IntegralDose[Gycc]",
    "volume, Volume[cc]",
    "hi, HI",
    "HI_RX, HI_Rx",
    "ci_rtog, CI_RTOG",
    "CI_PADDICK, CI_Paddick",
    "gi, GI",
    "D50%[EQD2(3.0)], D50%[EQD2(3)]",
    "D50%[BED(10)], D50%[BED(10)]",
    "D50%[BED], D50%[BED]",
    "D50%[EQD2], D50%[EQD2]"
  })
  void oneFormIsWritten(String input, String written) {
    DvhMetric metric = DvhMetric.parse(input);
    assertThat(metric.text()).isEqualTo(written);
    assertThat(metric).hasToString(written).isEqualTo(DvhMetric.parse(written));
    assertThat(metric).hasSameHashCodeAs(DvhMetric.parse(written));
    assertThat(metric).isNotEqualTo(DvhMetric.parse("D1%[Gy]")).isNotEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "D[Gy]",
        "D95[Gy]",
        "D95%[cc]",
        "V20Gy[Gy]",
        "Mean[cc]",
        "Average",
        "gEUD(0)",
        "D101%[Gy]",
        "DC101%",
        "HI[Gy]",
        "SD[%]",
        "D5%[EQD2(0)]",
        "D5%[EQD3(1)]",
        ""
      })
  void otherTextIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DvhMetric.parse(text))
        .withMessageContaining("\"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "V95%[%], 'no prescribed dose: no plan'",
    "CV95%[cc], 'no prescribed dose: no plan'",
    "D95%[%], 'no prescribed dose: no plan'",
    "HI_Rx, 'no prescribed dose: no plan'",
    "CI_RTOG, 'no prescribed dose: no plan'",
    "D9cc[Gy], 'the region has 8.640 cm3, less than 9 cm3'",
    "DC9cc[Gy], 'the region has 8.640 cm3, less than 9 cm3'",
    "Mean[EQD2(3)], 'no number of fractions: no plan'"
  })
  void whatHasNoMeaningHasAReason(String text, String reason) {
    MetricValue value = DvhMetric.parse(text).of(MetricSource.of(BOX));
    assertThat(value.value()).isNull();
    assertThat(value.reason()).isEqualTo(reason);
  }

  @Test
  void impossiblePrescriptionsAndFractionsCountAsUnknown() {
    MetricSource odd = source(BOX, null, 0.0, 0);
    assertThat(DvhMetric.parse("V95%").of(odd).value()).isNull();
    assertThat(DvhMetric.parse("Mean[BED(3)]").of(odd).value()).isNull();
    assertThat(DvhMetric.parse("CI_RTOG").of(source(BOX, null, 40.0, 1)).reason())
        .isEqualTo("the dose of the whole grid was not read");
  }

  @Test
  void biologicalDoseOfTheRegionNeedsItsRatio() {
    MetricSource untold =
        new MetricSource(
            BOX,
            null,
            new DvhSource.PrescribedDose(50.0, "plan"),
            new DvhSource.Fractions(25, "plan"),
            Double.NaN);
    assertThat(DvhMetric.parse("Mean[BED]").of(untold).reason())
        .isEqualTo("no alpha/beta is given for the region");
    assertThat(DvhMetric.parse("Mean[BED(3)]").of(untold).reason()).isNull();
  }

  @Test
  void regionWithoutDoseHasAVolumeAndReasons() {
    RoiDoseVolume outside =
        new DoseVolumeCalculator(Shapes.linearDose(new Point(0, 0, 1), 2), DvhOptions.DEFAULT)
            .of(Shapes.named("out", List.of(Shapes.contour(Shapes.rectangle(5, 5), 99))), 10);
    assertThat(DvhMetric.parse("Volume").of(MetricSource.of(outside)).value())
        .isCloseTo(1, within(1e-9));
    assertThat(DvhMetric.parse("Mean").of(MetricSource.of(outside)).reason())
        .isEqualTo("no part of the region lies inside the dose grid");
    MetricSource blind = source(BOX, outside, 40.0, 1);
    assertThat(DvhMetric.parse("GI").of(blind).value()).isNull();
  }

  @Test
  void indicesOfConformityCountTheWholeDose() {
    VoxelGrid grid = VoxelGrid.axial(41, 41, 41, new Point(-40, -40, -40), 2, 2, 2);
    DoseGrid dose = Shapes.dose(grid, at -> Math.max(0, 60 - at.length()));
    DoseVolumeCalculator calculator = new DoseVolumeCalculator(dose, DvhOptions.DEFAULT);
    RoiDoseVolume target =
        calculator.of(Shapes.named("target", Shapes.sphere(12, 1, new Point(0, 0, 0))), 1);
    MetricSource source = source(target, calculator.everything(), 45.0, 25);
    double ratio = Math.pow(15.0 / 12, 3);
    assertThat(DvhMetric.parse("CI_RTOG").needsEverything()).isTrue();
    assertThat(DvhMetric.parse("CI_Paddick").needsEverything()).isTrue();
    assertThat(DvhMetric.parse("GI").needsEverything()).isTrue();
    assertThat(DvhMetric.parse("HI").needsEverything()).isFalse();
    assertThat(DvhMetric.parse("CI_RTOG").of(source).value()).isCloseTo(ratio, within(0.04));
    assertThat(DvhMetric.parse("CI_Paddick").of(source).value()).isCloseTo(1 / ratio, within(0.02));
    assertThat(DvhMetric.parse("GI").of(source).value())
        .isCloseTo(Math.pow(37.5 / 15, 3), within(0.2));
    MetricSource over = source(target, calculator.everything(), 70.0, 25);
    assertThat(DvhMetric.parse("GI").of(over).reason())
        .isEqualTo("no point of the dose reaches the prescribed dose");
    assertThat(DvhMetric.parse("CI_RTOG").of(over).value()).isZero();
  }

  @Test
  void wholeGridReachesHalfAVoxelBeyondItsPoints() {
    for (int planes : new int[] {1, 5}) {
      DoseGrid dose =
          Shapes.dose(VoxelGrid.axial(4, 6, planes, new Point(1, 2, 3), 2, 3, 3), at -> 5);
      RoiDoseVolume all = new DoseVolumeCalculator(dose, DvhOptions.DEFAULT).everything();
      assertThat(all.volumeCm3()).isCloseTo(4 * 2 * 6 * 3 * planes * 3 / 1000.0, within(1e-9));
      assertThat(all.volumeOutsideGridCm3()).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void undefinedHomogeneityHasAReason() {
    DoseGrid dose =
        Shapes.dose(VoxelGrid.axial(9, 9, 9, new Point(-20, -20, -20), 5, 5, 5), at -> 0);
    RoiDoseVolume cold =
        new DoseVolumeCalculator(dose, DvhOptions.DEFAULT)
            .of(Shapes.named("roi", Shapes.box(4, 4, 4, 2)), 2);
    assertThat(DvhMetric.parse("HI").of(MetricSource.of(cold)).reason()).isEqualTo("D50% is 0 Gy");
  }

  @Test
  void valueHasANumberOrAReason() {
    assertThatIllegalArgumentException().isThrownBy(() -> new MetricValue(null, "Gy", null));
    assertThatIllegalArgumentException().isThrownBy(() -> new MetricValue(1.0, "Gy", "why"));
  }

  private static MetricSource source(
      RoiDoseVolume region, @Nullable RoiDoseVolume everything, double rxGy, int fractions) {
    return new MetricSource(
        region,
        everything,
        new DvhSource.PrescribedDose(rxGy, "plan"),
        new DvhSource.Fractions(fractions, "plan"),
        3);
  }
}
