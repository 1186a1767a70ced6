package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Roi;

/** The same dose in another order of voxels, and contours on planes of any direction: bar A9. */
final class OrientationTest {

  private static final double HALF_MM = 21;
  private static final double SPACING_MM = 3;

  @ParameterizedTest(name = "rows along {0}, columns along {1}")
  @CsvSource({
    "+x, +y", "-x, -y", "-x, +y", "+x, -y", "+y, -x", "-y, +x", "+y, +x", "-y, -x", "+y, +z",
    "+z, +x", "-z, +y", "+x, -z", "+z, -y"
  })
  void orderOfVoxelsChangesNothing(String rows, String columns) {
    DoseGrid turned = dose(axis(rows), axis(columns));
    DoseGrid plain = dose(axis("+x"), axis("+y"));
    for (Roi roi : List.of(Shapes.named("roi", Shapes.coneZ(2)), sagittal(), coronal())) {
      RoiDoseVolume expected = new DoseVolumeCalculator(plain, DvhOptions.DEFAULT).of(roi, 1);
      RoiDoseVolume actual = new DoseVolumeCalculator(turned, DvhOptions.DEFAULT).of(roi, 1);
      assertThat(actual.volumeCm3()).isCloseTo(expected.volumeCm3(), within(1e-9));
      for (double percent : new double[] {0, 1, 2, 5, 50, 95, 98, 99, 100}) {
        assertThat(actual.doseAtVolumePct(percent).orElseThrow())
            .isCloseTo(expected.doseAtVolumePct(percent).orElseThrow(), within(1e-4));
      }
    }
  }

  @ParameterizedTest(name = "tilted by {0} degrees, {1}")
  @CsvSource({"10, TRILINEAR", "33, TRILINEAR", "90, TRILINEAR", "0, TRICUBIC", "33, TRICUBIC"})
  void tiltedPlanesAreExactInALinearDose(double degrees, DvhOptions.Interpolation interpolation) {
    UnaryOperator<Point> tilt = aboutX(Math.toRadians(degrees));
    DoseGrid dose = Shapes.linearDose(tilt.apply(Shapes.direction("SI")), 2);
    Roi box = Shapes.named("box", moved(Shapes.box(18, 20, 24, 2), tilt));
    RoiDoseVolume volume =
        new DoseVolumeCalculator(dose, DvhOptions.DEFAULT.withInterpolation(interpolation))
            .of(box, 1);
    assertThat(volume.volumeCm3()).isCloseTo(8.64, within(0.0002 * 8.64));
    assertThat(volume.meanGy().orElseThrow()).isCloseTo(40, within(0.02));
    assertThat(volume.minGy().orElseThrow()).isCloseTo(28, within(0.02));
    assertThat(volume.maxGy().orElseThrow()).isCloseTo(52, within(0.02));
    assertThat(volume.doseAtVolumePct(99).orElseThrow()).isCloseTo(28.24, within(0.05));
    assertThat(volume.doseAtVolumePct(1).orElseThrow()).isCloseTo(51.76, within(0.05));
    assertThat(volume.findings()).isEmpty();
  }

  @Test
  void tiltedPlanesOutsideTheDoseAreCountedApart() {
    UnaryOperator<Point> tilt = aboutX(Math.toRadians(30));
    Roi box =
        Shapes.named(
            "box",
            moved(Shapes.box(18, 20, 24, 2), at -> tilt.apply(at).plus(new Point(21, 0, 0))));
    RoiDoseVolume volume =
        new DoseVolumeCalculator(Shapes.linearDose(new Point(1, 0, 0), 2), DvhOptions.DEFAULT)
            .of(box, 1);
    assertThat(volume.volumeCm3()).isCloseTo(8.64, within(0.002));
    assertThat(volume.volumeInGridCm3()).isCloseTo(4.32, within(0.3));
    assertThat(volume.findings())
        .extracting(Finding::code)
        .contains(Finding.Code.DOSE_GRID_DOES_NOT_COVER_ROI);
  }

  @Test
  void sagittalContoursNeedNoEvenDosePlanes() {
    double[] offsetsMm = {0, 5, 8, 14, 20, 23, 29, 34, 40};
    VoxelGrid grid =
        new VoxelGrid(
            21,
            21,
            new Point(-20, -20, -20),
            new Point(1, 0, 0),
            new Point(0, 1, 0),
            2,
            2,
            offsetsMm);
    RoiDoseVolume volume =
        new DoseVolumeCalculator(Shapes.dose(grid, at -> 40 + at.zMm()), DvhOptions.DEFAULT)
            .of(sagittal(), 1);
    assertThat(volume.meanGy().orElseThrow()).isCloseTo(40, within(0.01));
    assertThat(volume.volumeCm3()).isCloseTo(10.857344, within(1e-4));
  }

  private static Roi sagittal() {
    return Shapes.named(
        "sagittal", moved(Shapes.cylinderZ(2), at -> new Point(at.zMm(), at.xMm(), at.yMm())));
  }

  private static Roi coronal() {
    return Shapes.named(
        "coronal", moved(Shapes.cylinderZ(2), at -> new Point(at.xMm(), at.zMm(), at.yMm())));
  }

  private static DoseGrid dose(Point row, Point column) {
    int n = (int) Math.round(2 * HALF_MM / SPACING_MM) + 1;
    Point corner = row.plus(column).plus(row.cross(column)).times(-HALF_MM);
    double[] offsetsMm = new double[n];
    for (int k = 0; k < n; k++) {
      offsetsMm[k] = k * SPACING_MM;
    }
    return Shapes.dose(
        new VoxelGrid(n, n, corner, row, column, SPACING_MM, SPACING_MM, offsetsMm),
        at ->
            40
                + 10 * Math.sin(0.11 * at.xMm())
                + 8 * Math.cos(0.13 * at.yMm() + 0.4)
                + 5 * Math.sin(0.09 * at.zMm() * at.xMm() / 10));
  }

  private static Point axis(String name) {
    Map<Character, Point> axes =
        Map.of('x', new Point(1, 0, 0), 'y', new Point(0, 1, 0), 'z', new Point(0, 0, 1));
    return axes.getOrDefault(name.charAt(1), Point.ORIGIN).times(name.charAt(0) == '-' ? -1 : 1);
  }

  private static UnaryOperator<Point> aboutX(double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return at ->
        new Point(at.xMm(), cos * at.yMm() - sin * at.zMm(), sin * at.yMm() + cos * at.zMm());
  }

  private static List<Contour> moved(List<Contour> contours, UnaryOperator<Point> motion) {
    List<Contour> moved = new ArrayList<>();
    for (Contour contour : contours) {
      double[] at = contour.pointsMm();
      double[] to = new double[at.length];
      for (int p = 0; p < at.length; p += 3) {
        Point point = motion.apply(new Point(at[p], at[p + 1], at[p + 2]));
        to[p] = point.xMm();
        to[p + 1] = point.yMm();
        to[p + 2] = point.zMm();
      }
      moved.add(new Contour(contour.type(), to, null));
    }
    return moved;
  }
}
