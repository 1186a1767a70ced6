package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;

/** Radiosurgery spheres in a gaussian dose, somewhere between the points of a 1 mm grid: bar A6. */
final class SmallTargetsTest {

  private static final int POSITIONS = 20;

  @ParameterizedTest(name = "radius {0} mm at {1} {2} {3}: volume {4} %, D95 {5} %")
  @CsvSource({
    "1.5, 0.011822, 0.450464, 0.144160, 5, 100",
    "2.5, 0.448649, 0.188169, 0.423326, 3, 100",
    "3.5, 0.327703, 0.090801, 0.549594, 3, 100",
    "5, 0.472441, 0.253513, 0.538143, 1, 2.8",
    "7.5, 0.170268, 0.288429, 0.303195, 1, 1.3",
    "10, 0.031953, 0.365966, 0.403113, 1, 1.3"
  })
  void volumeAndNearMinimumAreClose(
      double radiusMm, double x, double y, double z, double volumePct, double dosePct) {
    check(radiusMm, volumePct, dosePct, new Point(x, y, z), 1, DvhOptions.DEFAULT);
  }

  /** With LINEAR the bars hold wherever the slices fall, 20 positions over one slice distance. */
  @ParameterizedTest(name = "radius {0} mm, slices and grid {1} mm: volume {2} %, D95 {3} %")
  @CsvSource({
    "1.5, 1, 5, 100",
    "1.5, 1.25, 5, 100",
    "2, 1, 5, 100",
    "2, 1.25, 5, 100",
    "2.5, 1, 3, 100",
    "2.5, 1.25, 3, 100",
    "3.5, 1, 3, 100",
    "3.5, 1.25, 3, 100",
    "4.5, 1, 1, 100",
    "4.5, 1.25, 1, 100",
    "5, 1, 1, 2.8",
    "5, 1.25, 1, 2.8",
    "7.5, 1, 1, 1.3",
    "7.5, 1.25, 1, 1.3"
  })
  void blendedTargetsAreCloseWhereverTheSlicesFall(
      double radiusMm, double spacingMm, double volumePct, double dosePct) {
    for (int k = 0; k < POSITIONS; k++) {
      Point centre = new Point(0.2, 0.3, (k + 0.5) / POSITIONS * spacingMm);
      check(
          radiusMm,
          volumePct,
          dosePct,
          centre,
          spacingMm,
          DvhOptions.DEFAULT.withBetweenPlanes(DvhOptions.BetweenPlanes.LINEAR));
    }
  }

  /** What the prism model holds wherever the slices fall; the bars are 5, 5, 3, 3, 1, 1 and 1 %. */
  @ParameterizedTest(name = "radius {0} mm, slices and grid {1} mm: volume {2} %, D95 {3} %")
  @CsvSource({
    "1.5, 1, 9.6, 100",
    "2, 1, 5.4, 100",
    "2.5, 1, 3.5, 100",
    "3.5, 1, 1.8, 100",
    "4.5, 1, 1.1, 100",
    "5, 1, 0.9, 2.8",
    "7.5, 1, 0.4, 1.3"
  })
  void prismsOfSmallTargetsDependOnWhereTheSlicesFall(
      double radiusMm, double spacingMm, double volumePct, double dosePct) {
    for (int k = 0; k < POSITIONS; k++) {
      Point centre = new Point(0.2, 0.3, (k + 0.5) / POSITIONS * spacingMm);
      check(radiusMm, volumePct, dosePct, centre, spacingMm, DvhOptions.DEFAULT);
    }
  }

  @ParameterizedTest(name = "radius {0} mm: D95 {1} %")
  @CsvSource({"2.5, 4.5", "3.5, 2", "5, 1.2"})
  void cubicDoseIsCloserOnSmallTargets(double radiusMm, double dosePct) {
    check(
        radiusMm,
        5,
        dosePct,
        new Point(0.2, 0.3, 0.4),
        1,
        DvhOptions.DEFAULT.withInterpolation(DvhOptions.Interpolation.TRICUBIC));
  }

  private static void check(
      double radiusMm,
      double volumePct,
      double dosePct,
      Point centre,
      double spacingMm,
      DvhOptions options) {
    double half = Math.ceil(radiusMm) + 4;
    int n = (int) Math.ceil(2 * half / spacingMm) + 2;
    VoxelGrid grid =
        VoxelGrid.axial(n, n, n, new Point(-half, -half, -half), spacingMm, spacingMm, spacingMm);
    DoseGrid dose =
        Shapes.dose(
            grid,
            at -> {
              double q = at.minus(centre).length();
              return 33 * Math.exp(-q * q / (2 * radiusMm * radiusMm));
            });
    RoiDoseVolume volume =
        new DoseVolumeCalculator(dose, options)
            .of(Shapes.named("target", Shapes.sphere(radiusMm, spacingMm, centre, 0)), spacingMm);
    double trueCm3 = 4.0 / 3000 * Math.PI * Math.pow(radiusMm, 3);
    assertThat(volume.volumeCm3()).isCloseTo(trueCm3, within(volumePct / 100 * trueCm3));
    double trueD95 = 33 * Math.exp(-0.5 * Math.pow(0.95, 2.0 / 3));
    assertThat(volume.doseAtVolumePct(95).orElseThrow())
        .isCloseTo(trueD95, within(dosePct / 100 * trueD95));
  }
}
