package org.rtpipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VoxelGridTest {

  private static final Point X = new Point(1, 0, 0);
  private static final Point Y = new Point(0, 1, 0);

  @Test
  void patientPositionAndIndexAreInverse() {
    Point row = new Point(0, 0.6, 0.8);
    Point column = new Point(1, 0, 0);
    VoxelGrid grid =
        new VoxelGrid(4, 5, new Point(1, 2, 3), row, column, 2, 3, new double[] {0, 7});
    Point at = grid.toPatientMm(1.5, 2.25, 4);
    assertThat(grid.columnOf(at)).isCloseTo(1.5, within(1e-12));
    assertThat(grid.rowOf(at)).isCloseTo(2.25, within(1e-12));
    assertThat(grid.offsetOfMm(at)).isCloseTo(4, within(1e-12));
    assertThat(grid.voxels()).isEqualTo(40);
    assertThat(grid.index(1, 2, 1)).isEqualTo(1 + 4 * (2 + 5));
  }

  @Test
  void unevenPlanesAreNotRegular() {
    assertThat(VoxelGrid.axial(2, 2, 3, Point.ORIGIN, 1, 1, 2).isRegular()).isTrue();
    assertThat(uneven().isRegular()).isFalse();
    assertThat(VoxelGrid.axial(2, 2, 1, Point.ORIGIN, 1, 1, 2).meanPlaneSpacingMm()).isNaN();
  }

  @Test
  void planesAtRoundedPositionsAreRegular() {
    double[] offsetsMm = new double[100];
    for (int k = 0; k < offsetsMm.length; k++) {
      offsetsMm[k] = Math.rint(100 * 0.625 * k) / 100;
    }
    assertThat(at(offsetsMm).isRegular()).isTrue();
    offsetsMm[50] += 0.03;
    assertThat(at(offsetsMm).isRegular()).isFalse();
  }

  @Test
  void planesThatDriftAreNotRegular() {
    double[] offsetsMm = new double[100];
    for (int k = 1; k < offsetsMm.length; k++) {
      offsetsMm[k] = offsetsMm[k - 1] + (k < 50 ? 2.999 : 3.001);
    }
    assertThat(at(offsetsMm).isRegular()).isFalse();
  }

  private static VoxelGrid at(double... offsetsMm) {
    return new VoxelGrid(2, 2, Point.ORIGIN, X, Y, 1, 1, offsetsMm);
  }

  @Test
  void gridsAreEqualWhenEveryPartIs() {
    VoxelGrid grid = VoxelGrid.axial(2, 3, 4, Point.ORIGIN, 1, 1, 2);
    assertThat(grid)
        .isEqualTo(VoxelGrid.axial(2, 3, 4, Point.ORIGIN, 1, 1, 2))
        .hasSameHashCodeAs(VoxelGrid.axial(2, 3, 4, Point.ORIGIN, 1, 1, 2));
    for (Object other :
        List.of(
            "grid",
            VoxelGrid.axial(3, 3, 4, Point.ORIGIN, 1, 1, 2),
            VoxelGrid.axial(2, 2, 4, Point.ORIGIN, 1, 1, 2),
            VoxelGrid.axial(2, 3, 5, Point.ORIGIN, 1, 1, 2),
            VoxelGrid.axial(2, 3, 4, X, 1, 1, 2),
            VoxelGrid.axial(2, 3, 4, Point.ORIGIN, 2, 1, 2),
            VoxelGrid.axial(2, 3, 4, Point.ORIGIN, 1, 2, 2),
            new VoxelGrid(2, 3, Point.ORIGIN, Y, X, 1, 1, new double[] {0, 2, 4, 6}),
            new VoxelGrid(2, 3, Point.ORIGIN, X, Y.times(-1), 1, 1, new double[] {0, 2, 4, 6}))) {
      assertThat(grid).isNotEqualTo(other);
    }
    assertThat(grid).hasToString("2 x 3 x 4 voxels of 1.0 x 1.0 mm");
  }

  @Test
  void impossibleGridsAreRefused() {
    double[] planes = {0};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoxelGrid(0, 1, X, X, Y, 1, 1, planes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoxelGrid(1, 0, X, X, Y, 1, 1, planes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoxelGrid(1, 1, X, X, Y, 1, 1, new double[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoxelGrid(1, 1, X, X, Y, 0, 1, planes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoxelGrid(1, 1, X, X, Y, 1, Double.NaN, planes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoxelGrid(1, 1, X, X, X, 1, 1, planes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoxelGrid(1, 1, X, X.times(2), Y, 1, 1, planes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoxelGrid(1, 1, X, X, Y.times(2), 1, 1, planes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VoxelGrid(1, 1, X, X, Y, 1, 1, new double[] {0, 0}))
        .withMessageContaining("must increase");
  }

  private static VoxelGrid uneven() {
    return new VoxelGrid(2, 2, Point.ORIGIN, X, Y, 1, 1, new double[] {0, 1, 3});
  }
}
