package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;

final class DoseSumTest {

  private static final double HALF = Math.sqrt(0.5);

  @Test
  void sameGridAddsVoxelByVoxel() {
    DoseGrid dose = Shapes.linearDose(new Point(0, 1, 0), 4);
    DoseGrid sum = DoseSum.of(List.of(dose, dose, dose));
    assertThat(sum.grid()).isEqualTo(dose.grid());
    for (int v = 0; v < sum.valuesGy().length; v++) {
      assertThat(sum.valuesGy()[v]).isCloseTo(3 * dose.valuesGy()[v], within(1e-4f));
    }
  }

  @Test
  void turnedAndCoarserGridAddsWhatItsAffineSays() {
    DoseGrid fine =
        Shapes.dose(VoxelGrid.axial(11, 11, 11, new Point(-10, -10, -10), 2, 2, 2), at -> 20);
    VoxelGrid turned =
        new VoxelGrid(
            15,
            15,
            new Point(0, -21 * 2 * HALF, -21),
            new Point(HALF, HALF, 0),
            new Point(-HALF, HALF, 0),
            3,
            3,
            new double[] {0, 5, 7, 12, 20, 31, 42});
    DoseGrid other = Shapes.dose(turned, at -> 30 + at.xMm() - 2 * at.yMm() + 0.5 * at.zMm());
    DoseGrid sum = DoseSum.of(List.of(other, fine));
    assertThat(sum.grid()).isEqualTo(fine.grid());
    for (int k = 0; k < 11; k++) {
      for (int j = 0; j < 11; j++) {
        for (int i = 0; i < 11; i++) {
          Point at = sum.grid().toPatientMm(i, j, sum.grid().planeOffsetMm(k));
          assertThat((double) sum.valuesGy()[sum.grid().index(i, j, k)])
              .isCloseTo(50 + at.xMm() - 2 * at.yMm() + 0.5 * at.zMm(), within(1e-4));
        }
      }
    }
    assertThat(DoseSum.of(List.of(fine, other)).valuesGy()).isEqualTo(sum.valuesGy());
  }

  @Test
  void whereOneDoseIsUnknownTheSumIsUnknownAndCountsAsOutside() {
    DoseGrid large =
        Shapes.dose(VoxelGrid.axial(21, 21, 21, new Point(-20, -20, -20), 2, 2, 2), at -> 20);
    DoseGrid small =
        Shapes.dose(VoxelGrid.axial(9, 5, 9, new Point(-20, -10, -20), 5, 5, 5), at -> 10);
    DoseGrid sum = DoseSum.of(List.of(large, small));
    assertThat(sum.valuesGy()[sum.grid().index(0, 0, 0)]).isNaN();
    assertThat(sum.valuesGy()[sum.grid().index(10, 10, 10)]).isEqualTo(30);
    RoiDoseVolume volume =
        new DoseVolumeCalculator(sum, DvhOptions.DEFAULT)
            .of(Shapes.named("roi", Shapes.box(10, 36, 12, 3)), 3);
    assertThat(volume.minGy()).hasValue(30);
    assertThat(volume.maxGy()).hasValue(30);
    assertThat(volume.volumeOutsideGridCm3()).isBetween(1.2, 1.7);
  }

  @Test
  void singlePlanesCanBeAdded() {
    DoseGrid one = Shapes.dose(VoxelGrid.axial(5, 5, 1, new Point(0, 0, 0), 2, 2, 2), at -> 3);
    DoseGrid other = Shapes.dose(VoxelGrid.axial(5, 5, 1, new Point(1, 1, 0), 3, 3, 3), at -> 4);
    DoseGrid sum = DoseSum.of(List.of(one, other));
    assertThat(sum.valuesGy()[sum.grid().index(2, 2, 0)]).isEqualTo(7);
  }

  @Test
  void nothingHasNoSum() {
    assertThatIllegalArgumentException().isThrownBy(() -> DoseSum.of(List.of()));
  }
}
