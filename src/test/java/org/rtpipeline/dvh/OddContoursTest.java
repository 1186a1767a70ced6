package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Roi;

/** Odd contours give a defined result or a finding, never an exception: bar A11. */
final class OddContoursTest {

  private static final DoseGrid DOSE = Shapes.linearDose(new Point(0, 0, 1), 2);

  @ParameterizedTest
  @EnumSource(DvhOptions.EndCaps.class)
  void emptyRegionHasNoVolumeAndNoDose(DvhOptions.EndCaps caps) {
    for (List<Contour> contours :
        List.of(
            List.<Contour>of(),
            List.of(Shapes.contour(Contour.Type.POINT, new double[] {1, 2}, 3)),
            List.of(Shapes.contour(Contour.Type.OPEN_PLANAR, new double[] {1, 2, 3, 4, 5, 9}, 3)),
            List.of(Shapes.contour(new double[] {1, 1, 2, 2, 3, 3, 4, 4}, 0)),
            List.of(Shapes.contour(new double[] {1, 1, 1, 1, 1, 1}, 0)),
            List.of(Shapes.contour(new double[] {Double.NaN, 1, 2, 2, 3, 3}, 0)))) {
      RoiDoseVolume volume = volume(contours, DvhOptions.DEFAULT.withEndCaps(caps));
      assertThat(codes(volume)).contains(Finding.Code.EMPTY_ROI);
      assertThat(volume.volumeCm3()).isZero();
      assertThat(volume.curve()).isEmpty();
      assertThat(volume.minGy()).isEmpty();
      assertThat(volume.maxGy()).isEmpty();
      assertThat(volume.meanGy()).isEmpty();
      assertThat(volume.sdGy()).isEmpty();
      assertThat(volume.medianGy()).isEmpty();
      assertThat(volume.spreadGy()).isEmpty();
      assertThat(volume.integralDoseGyCm3()).isEmpty();
      assertThat(volume.homogeneityIndex()).isEmpty();
      assertThat(volume.doseAtVolumePct(95)).isEmpty();
      assertThat(volume.doseAtVolumeCm3(0.1)).isEmpty();
      assertThat(volume.volumeAtDoseCm3(20)).isEmpty();
      assertThat(volume.volumeAtDosePct(20)).isEmpty();
    }
  }

  @Test
  void pointsBesideAClosedContourAreFlaggedAndLeftOut() {
    List<Contour> contours = new ArrayList<>(Shapes.cylinderZ(3));
    contours.add(Shapes.contour(Contour.Type.POINT, new double[] {1, 2}, 3));
    RoiDoseVolume volume = volume(contours, DvhOptions.DEFAULT);
    assertThat(codes(volume)).containsExactly(Finding.Code.UNSUPPORTED_CONTOUR_TYPE);
    assertThat(volume.volumeCm3()).isCloseTo(10.857344, within(1e-5));
  }

  @ParameterizedTest
  @EnumSource(DvhOptions.EndCaps.class)
  void singlePlaneHasTheThicknessItIsGiven(DvhOptions.EndCaps caps) {
    for (DvhOptions.BetweenPlanes between : DvhOptions.BetweenPlanes.values()) {
      RoiDoseVolume volume =
          volume(
              List.of(Shapes.contour(Shapes.rectangle(5, 5), 0.5)),
              DvhOptions.DEFAULT.withEndCaps(caps).withBetweenPlanes(between));
      assertThat(codes(volume)).containsExactly(Finding.Code.SINGLE_PLANE_ROI);
      assertThat(volume.volumeCm3()).isCloseTo(0.3, within(1e-9));
      assertThat(volume.minGy().orElseThrow()).isCloseTo(39, within(1e-5));
      assertThat(volume.maxGy().orElseThrow()).isCloseTo(42, within(1e-5));
      assertThat(volume.planeCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(DvhOptions.BetweenPlanes.class)
  void regionOutsideTheDoseHasAVolumeAndNoDose(DvhOptions.BetweenPlanes between) {
    for (Point shift : List.of(new Point(100, 0, 0), new Point(0, -100, 0), new Point(0, 0, 90))) {
      RoiDoseVolume volume =
          volume(
              shifted(Shapes.box(10, 10, 12, 3), shift),
              DvhOptions.DEFAULT.withBetweenPlanes(between));
      assertThat(codes(volume)).containsExactly(Finding.Code.DOSE_GRID_DOES_NOT_COVER_ROI);
      assertThat(volume.volumeCm3()).isCloseTo(1.2, within(1e-6));
      assertThat(volume.volumeInGridCm3()).isZero();
      assertThat(volume.volumeOutsideGridCm3()).isCloseTo(1.2, within(1e-6));
      assertThat(volume.meanGy()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(DvhOptions.BetweenPlanes.class)
  void partOutsideTheDoseIsCountedApart(DvhOptions.BetweenPlanes between) {
    for (Point shift :
        List.of(
            new Point(21, 0, 0),
            new Point(-21, 0, 0),
            new Point(0, 21, 0),
            new Point(0, -21, 0),
            new Point(0, 0, 21),
            new Point(0, 0, -21))) {
      RoiDoseVolume volume =
          volume(
              shifted(Shapes.box(10, 10, 10, 2), shift),
              DvhOptions.DEFAULT.withBetweenPlanes(between));
      assertThat(codes(volume)).containsExactly(Finding.Code.DOSE_GRID_DOES_NOT_COVER_ROI);
      assertThat(volume.volumeCm3()).isCloseTo(1, within(1e-6));
      assertThat(volume.volumeInGridCm3()).isCloseTo(0.5, within(1e-6));
      assertThat(volume.volumeAtDosePct(0).orElseThrow()).isCloseTo(100, within(1e-9));
      assertThat(volume.minGy().orElseThrow()).isGreaterThanOrEqualTo(20);
    }
  }

  @Test
  void contourOnVoxelEdgesIsExact() {
    RoiDoseVolume volume = volume(Shapes.box(20, 20, 20, 2), DvhOptions.DEFAULT);
    assertThat(volume.volumeCm3()).isCloseTo(8, within(1e-9));
    assertThat(volume.minGy().orElseThrow()).isCloseTo(30, within(1e-5));
    assertThat(volume.maxGy().orElseThrow()).isCloseTo(50, within(1e-5));
    assertThat(volume.findings()).isEmpty();
  }

  @Test
  void repeatedAndReversedPointsChangeNothing() {
    double[] xy = {-5, -5, -5, -5, 5, -5, 5, 5, 5, 5, -5, 5, -5, -5};
    double[] reversed = {-5, 5, 5, 5, 5, -5, -5, -5};
    RoiDoseVolume volume =
        volume(
            List.of(Shapes.contour(xy, 0), Shapes.contour(reversed, 3), Shapes.contour(xy, 6)),
            DvhOptions.DEFAULT);
    assertThat(volume.volumeCm3()).isCloseTo(0.9, within(1e-9));
    assertThat(volume.findings()).isEmpty();
  }

  @Test
  void missingPlanesAreCappedNotBridged() {
    List<Contour> contours = new ArrayList<>();
    for (double z : new double[] {-9, -6, -3, 6, 9, 12}) {
      contours.add(Shapes.contour(Shapes.rectangle(5, 5), z));
    }
    RoiDoseVolume half = volume(contours, DvhOptions.DEFAULT);
    assertThat(codes(half)).containsExactly(Finding.Code.CONTOUR_GAP);
    assertThat(half.volumeCm3()).isCloseTo(1.8, within(1e-9));
    RoiDoseVolume none = volume(contours, DvhOptions.DEFAULT.withEndCaps(DvhOptions.EndCaps.NONE));
    assertThat(none.volumeCm3()).isCloseTo(1.2, within(1e-9));
    RoiDoseVolume blended =
        volume(contours, DvhOptions.DEFAULT.withBetweenPlanes(DvhOptions.BetweenPlanes.LINEAR));
    assertThat(blended.volumeCm3()).isCloseTo(1.8, within(2e-3));
  }

  @Test
  void planeApartFromAllOthersIsCappedOnBothSides() {
    List<Contour> contours = new ArrayList<>();
    for (double z : new double[] {-9, -6, -3, 6}) {
      contours.add(Shapes.contour(Shapes.rectangle(5, 5), z));
    }
    for (DvhOptions.BetweenPlanes between : DvhOptions.BetweenPlanes.values()) {
      RoiDoseVolume volume = volume(contours, DvhOptions.DEFAULT.withBetweenPlanes(between));
      assertThat(volume.volumeCm3()).isCloseTo(1.2, within(2e-3));
    }
  }

  @Test
  void twoPlanesAreJoined() {
    List<Contour> contours =
        List.of(
            Shapes.contour(Shapes.rectangle(5, 5), 0), Shapes.contour(Shapes.rectangle(5, 5), 3));
    for (DvhOptions.BetweenPlanes between : DvhOptions.BetweenPlanes.values()) {
      RoiDoseVolume volume = volume(contours, DvhOptions.DEFAULT.withBetweenPlanes(between));
      assertThat(volume.volumeCm3()).isCloseTo(0.6, within(1e-3));
    }
  }

  @Test
  void roundedEndsHoldLessThanStraightOnesAndMoreThanNone() {
    for (DvhOptions.BetweenPlanes between : DvhOptions.BetweenPlanes.values()) {
      DvhOptions options = DvhOptions.DEFAULT.withBetweenPlanes(between);
      double straight = volume(Shapes.cylinderZ(3), options).volumeCm3();
      double rounded =
          volume(Shapes.cylinderZ(3), options.withEndCaps(DvhOptions.EndCaps.ROUNDED)).volumeCm3();
      double none =
          volume(Shapes.cylinderZ(3), options.withEndCaps(DvhOptions.EndCaps.NONE)).volumeCm3();
      double edgeCm3 = 2 * 2 * Math.PI * 12 * 1.5 * 1.5 * (1 - Math.PI / 4) / 1000;
      assertThat(rounded).isCloseTo(straight - edgeCm3, within(0.01));
      assertThat(none).isLessThan(rounded).isCloseTo(21.0 / 24 * 10.857344, within(0.01));
    }
  }

  @Test
  void overlapIsOutsideAndFlagged() {
    List<Contour> contours = new ArrayList<>();
    for (double z : new double[] {0, 3, 6}) {
      contours.add(Shapes.contour(new double[] {0, 0, 10, 0, 10, 10, 0, 10}, z));
      contours.add(Shapes.contour(new double[] {6, 3, 16, 3, 16, 7, 6, 7}, z));
    }
    RoiDoseVolume volume = volume(contours, DvhOptions.DEFAULT);
    assertThat(codes(volume)).containsExactly(Finding.Code.CONTOUR_OVERLAP);
    assertThat(volume.volumeCm3()).isCloseTo((100 + 40 - 2 * 16) * 9 / 1000.0, within(1e-9));
  }

  @Test
  void contourGivenTwiceCountsOnce() {
    List<Contour> contours = new ArrayList<>(Shapes.cylinderZ(3));
    contours.addAll(Shapes.cylinderZ(3));
    RoiDoseVolume volume = volume(contours, DvhOptions.DEFAULT);
    assertThat(codes(volume)).containsExactly(Finding.Code.CONTOUR_OVERLAP);
    assertThat(volume.volumeCm3()).isCloseTo(10.857344, within(1e-5));
  }

  @Test
  void figureOfEightIsFlaggedAndHasBothLoops() {
    List<Contour> contours = new ArrayList<>();
    for (double z : new double[] {0, 3}) {
      contours.add(Shapes.contour(new double[] {-5, -5, 5, 5, 5, -5, -5, 5}, z));
    }
    RoiDoseVolume volume = volume(contours, DvhOptions.DEFAULT);
    assertThat(codes(volume)).containsExactly(Finding.Code.SELF_INTERSECTING_CONTOUR);
    assertThat(volume.volumeCm3()).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void contourThatLeavesItsPlaneIsProjectedAndFlagged() {
    double[] xyz = {-5, -5, 0, 5, -5, 1, 5, 5, 0, -5, 5, 1};
    double[] next = {-5, -5, 3, 5, -5, 4, 5, 5, 3, -5, 5, 4};
    RoiDoseVolume volume =
        volume(
            List.of(
                new Contour(Contour.Type.CLOSED_PLANAR, xyz, null),
                new Contour(Contour.Type.CLOSED_PLANAR, next, null)),
            DvhOptions.DEFAULT);
    assertThat(codes(volume)).contains(Finding.Code.CONTOUR_OFF_PLANE);
    assertThat(volume.volumeCm3()).isCloseTo(0.6, within(1e-3));
  }

  @Test
  void planesOfADoseMayBeUnevenlySpaced() {
    double[] offsetsMm = {0, 2, 3, 7, 8.5, 13, 17, 20, 26, 30, 33, 40};
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
    DoseGrid dose = Shapes.dose(grid, at -> 40 + at.zMm());
    RoiDoseVolume volume =
        new DoseVolumeCalculator(dose, DvhOptions.DEFAULT)
            .of(Shapes.named("roi", Shapes.cylinderZ(3)), 1);
    assertThat(volume.doseAtVolumePct(95).orElseThrow()).isCloseTo(29.2, within(0.05));
    assertThat(volume.meanGy().orElseThrow()).isCloseTo(40, within(0.001));
  }

  @Test
  void doseOfOnePointPerAxisIsUsedWithinHalfAVoxel() {
    DoseGrid dose = Shapes.dose(VoxelGrid.axial(1, 1, 1, new Point(0, 0, 0), 10, 10, 10), at -> 7);
    for (DvhOptions.Interpolation interpolation : DvhOptions.Interpolation.values()) {
      RoiDoseVolume volume =
          new DoseVolumeCalculator(dose, DvhOptions.DEFAULT.withInterpolation(interpolation))
              .of(Shapes.named("roi", Shapes.box(4, 4, 4, 2)), 2);
      assertThat(volume.meanGy().orElseThrow()).isCloseTo(7, within(1e-6));
      assertThat(volume.minGy()).isEqualTo(volume.maxGy());
      assertThat(volume.volumeOutsideGridCm3()).isZero();
    }
  }

  @Test
  void doseOfZeroIsZeroAndNotMissing() {
    DoseGrid dose =
        Shapes.dose(VoxelGrid.axial(9, 9, 9, new Point(-20, -20, -20), 5, 5, 5), at -> 0);
    RoiDoseVolume volume =
        new DoseVolumeCalculator(dose, DvhOptions.DEFAULT)
            .of(Shapes.named("roi", Shapes.box(4, 4, 4, 2)), 2);
    assertThat(volume.maxGy()).hasValue(0);
    assertThat(volume.homogeneityIndex()).isEmpty();
    assertThat(volume.volumeAtDoseCm3(1)).hasValue(0);
  }

  @Test
  void moreVolumeThanThereIsHasNoDose() {
    RoiDoseVolume volume = volume(Shapes.box(10, 10, 12, 3), DvhOptions.DEFAULT);
    assertThat(volume.doseAtVolumeCm3(1.3)).isEmpty();
    assertThat(volume.doseAtVolumeCm3(-1)).isEmpty();
    assertThat(volume.doseAtVolumePct(101)).isEmpty();
    assertThat(volume.doseAtVolumePct(-1)).isEmpty();
    assertThat(volume.doseAtVolumeCm3(1)).isPresent();
  }

  private static List<Contour> shifted(List<Contour> contours, Point shift) {
    List<Contour> moved = new ArrayList<>();
    for (Contour contour : contours) {
      double[] at = contour.pointsMm().clone();
      for (int p = 0; p < at.length; p += 3) {
        at[p] += shift.xMm();
        at[p + 1] += shift.yMm();
        at[p + 2] += shift.zMm();
      }
      moved.add(new Contour(contour.type(), at, null));
    }
    return moved;
  }

  private static RoiDoseVolume volume(List<Contour> contours, DvhOptions options) {
    Roi roi = Shapes.named("roi", contours);
    return new DoseVolumeCalculator(DOSE, options).of(roi, 3);
  }

  private static List<Finding.Code> codes(RoiDoseVolume volume) {
    return volume.findings().stream().map(Finding::code).toList();
  }
}
