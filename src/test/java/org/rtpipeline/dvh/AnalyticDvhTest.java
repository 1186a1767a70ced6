package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Roi;

/** Solids with closed forms: the bars A1 to A5. Doses in Gy, the gradient is 1 Gy/mm. */
final class AnalyticDvhTest {

  private static final Set<String> PRISMS =
      Set.of("CylinderZ", "BoxXYZ", "AnnulusXor", "AnnulusKeyhole", "TwoRods");

  private static final double[] SPACINGS_MM = {1, 1.5, 2, 3};

  private static Stream<Arguments> everyGridAndSpacing() {
    return Stream.of("AP", "SI", "OBL")
        .flatMap(
            gradient ->
                Stream.of(1.0, 2.0, 3.0)
                    .flatMap(
                        gridMm ->
                            Arrays.stream(SPACINGS_MM)
                                .mapToObj(sliceMm -> Arguments.of(gradient, gridMm, sliceMm))));
  }

  @ParameterizedTest(name = "gradient {0}, dose grid {1} mm, slices {2} mm")
  @MethodSource("everyGridAndSpacing")
  void prismsAreExact(String gradient, double gridMm, double sliceMm) {
    forEach(
        gradient,
        gridMm,
        sliceMm,
        DvhOptions.DEFAULT,
        (row, volume) -> {
          if (PRISMS.contains(row.shape())) {
            check(row, volume, "volume_cc", 0.0002 * row.expected().get("volume_cc"));
            checkAll(row, volume, List.of("Dmin_Gy", "Dmax_Gy", "Dmean_Gy"), 0.02);
            checkAll(
                row,
                volume,
                List.of(
                    "D99_Gy",
                    "D98_Gy",
                    "D95_Gy",
                    "D50_Gy",
                    "D5_Gy",
                    "D2_Gy",
                    "D1_Gy",
                    "D0.03cc_Gy"),
                0.05);
            checkAll(
                row,
                volume,
                List.of(
                    "V28Gy_pct",
                    "V30Gy_pct",
                    "V35Gy_pct",
                    "V40Gy_pct",
                    "V45Gy_pct",
                    "V50Gy_pct",
                    "V52Gy_pct"),
                0.1);
          }
        });
  }

  @ParameterizedTest(name = "gradient {0}, dose grid {1} mm, slices {2} mm")
  @MethodSource("everyGridAndSpacing")
  void curvedSolidsOnFineSlicesAreClose(String gradient, double gridMm, double sliceMm) {
    if (sliceMm > 1.5) {
      return;
    }
    boolean fine = sliceMm == 1;
    forEach(
        gradient,
        gridMm,
        sliceMm,
        DvhOptions.DEFAULT,
        (row, volume) -> {
          if (!PRISMS.contains(row.shape())) {
            check(
                row, volume, "volume_cc", (fine ? 0.003 : 0.009) * row.expected().get("volume_cc"));
            checkAll(row, volume, List.of("D95_Gy", "D5_Gy"), fine ? 0.1 : 0.15);
            checkAll(row, volume, List.of("D99_Gy", "D1_Gy"), fine ? 0.2 : 0.35);
            if (fine || !isSphereAlongAxis(row)) {
              check(row, volume, "D0.03cc_Gy", fine ? 0.2 : 0.35);
            }
            check(row, volume, "Dmean_Gy", 0.02);
          }
        });
  }

  /**
   * The last slab of 1.5 mm is a disc of 54.8 mm², so 30 mm³ of it reach down to 11.452 mm where
   * the sphere's cap reaches 11.097 mm: the difference of 0.356 mm belongs to the prism model, over
   * the bar of 0.35 mm by 0.006 mm. The blended surface has the cap.
   */
  @Test
  void smallVolumeOnTopOfASphereNeedsTheBlendedSurface() {
    forEach(
        "SI",
        1,
        1.5,
        DvhOptions.DEFAULT,
        (row, volume) -> {
          if (isSphereAlongAxis(row)) {
            double slabGy = 40 + 12 - 30 / (Math.PI * (144 - 11.25 * 11.25));
            assertThat(GoldenRow.measured(volume, "D0.03cc_Gy")).isCloseTo(slabGy, within(0.001));
          }
        });
    forEach(
        "SI",
        1,
        1.5,
        DvhOptions.DEFAULT.withBetweenPlanes(DvhOptions.BetweenPlanes.LINEAR),
        (row, volume) -> {
          if (isSphereAlongAxis(row)) {
            check(row, volume, "D0.03cc_Gy", 0.35);
          }
        });
  }

  private static boolean isSphereAlongAxis(GoldenRow row) {
    return row.shape().equals("Sphere") && row.gradient().equals("SI");
  }

  @ParameterizedTest(name = "gradient {0}, dose grid {1} mm, slices {2} mm")
  @MethodSource("everyGridAndSpacing")
  void curvedSolidsOnThreeMillimetreSlicesAsPrisms(String gradient, double gridMm, double sliceMm) {
    if (sliceMm == 3) {
      threeMillimetres(gradient, gridMm, DvhOptions.DEFAULT, 0.015, 0.8);
    }
  }

  @ParameterizedTest(name = "gradient {0}, dose grid {1} mm, slices {2} mm")
  @MethodSource("everyGridAndSpacing")
  void curvedSolidsOnThreeMillimetreSlicesBlended(String gradient, double gridMm, double sliceMm) {
    if (sliceMm == 3) {
      threeMillimetres(
          gradient,
          gridMm,
          DvhOptions.DEFAULT.withBetweenPlanes(DvhOptions.BetweenPlanes.LINEAR),
          0.005,
          0.3);
    }
  }

  @Test
  void blendedPrismsStayPrisms() {
    forEach(
        "SI",
        2,
        2,
        DvhOptions.DEFAULT.withBetweenPlanes(DvhOptions.BetweenPlanes.LINEAR),
        (row, volume) -> {
          if (PRISMS.contains(row.shape())) {
            check(row, volume, "volume_cc", 0.005 * row.expected().get("volume_cc"));
            checkAll(row, volume, List.of("D99_Gy", "D50_Gy", "D1_Gy"), 0.05);
          }
        });
  }

  @ParameterizedTest(name = "gradient {0}, dose grid {1} mm, slices {2} mm")
  @MethodSource("everyGridAndSpacing")
  void holeAndKeyholeAreTheSame(String gradient, double gridMm, double sliceMm) {
    DoseVolumeCalculator calculator =
        new DoseVolumeCalculator(
            Shapes.linearDose(Shapes.direction(gradient), gridMm), DvhOptions.DEFAULT);
    RoiDoseVolume hole = calculator.of(Shapes.named("hole", Shapes.annulusXor(sliceMm)), 1);
    RoiDoseVolume key = calculator.of(Shapes.named("key", Shapes.annulusKeyhole(sliceMm)), 1);
    assertThat(key.volumeCm3()).isCloseTo(hole.volumeCm3(), within(1e-6 * hole.volumeCm3()));
    for (double percent : new double[] {0, 1, 2, 5, 50, 95, 98, 99, 100}) {
      double expected = hole.doseAtVolumePct(percent).orElseThrow();
      assertThat(key.doseAtVolumePct(percent).orElseThrow())
          .isCloseTo(expected, within(1e-6 * expected));
    }
  }

  private static void threeMillimetres(
      String gradient, double gridMm, DvhOptions options, double volumeShare, double doseGy) {
    forEach(
        gradient,
        gridMm,
        3,
        options,
        (row, volume) -> {
          if (!PRISMS.contains(row.shape())) {
            check(row, volume, "volume_cc", volumeShare * row.expected().get("volume_cc"));
            checkAll(row, volume, List.of("D99_Gy", "D1_Gy"), doseGy);
          }
        });
  }

  private interface Check {
    void of(GoldenRow row, RoiDoseVolume volume);
  }

  private static void forEach(
      String gradient, double gridMm, double sliceMm, DvhOptions options, Check check) {
    DoseGrid dose = Shapes.linearDose(Shapes.direction(gradient), gridMm);
    DoseVolumeCalculator calculator = new DoseVolumeCalculator(dose, options);
    for (GoldenRow row : GoldenRow.all()) {
      for (Roi roi : Shapes.all(sliceMm)) {
        if (row.gradient().equals(gradient) && row.shape().equals(roi.name())) {
          check.of(row, calculator.of(roi, 1));
        }
      }
    }
  }

  private static void checkAll(
      GoldenRow row, RoiDoseVolume volume, List<String> columns, double tolerance) {
    columns.forEach(column -> check(row, volume, column, tolerance));
  }

  private static void check(GoldenRow row, RoiDoseVolume volume, String column, double tolerance) {
    Map<String, Double> expected = row.expected();
    if (expected.containsKey(column)) {
      assertThat(GoldenRow.measured(volume, column))
          .as("%s %s %s", row.shape(), row.gradient(), column)
          .isCloseTo(expected.get(column), within(tolerance));
    }
  }
}
