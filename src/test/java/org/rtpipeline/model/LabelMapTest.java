package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;

final class LabelMapTest {

  private static final VoxelGrid GRID = VoxelGrid.axial(2, 1, 1, Point.ORIGIN, 1, 1, 1);
  private static final LabelledStructure ONE = structure(1, "one");
  private static final LabelledStructure TWO = structure(2, "two");

  private static LabelledStructure structure(int number, String name) {
    return new LabelledStructure(number, name, "", "", StructureCode.TISSUE);
  }

  @Test
  void overlappingStructuresLieInLayers() {
    LabelMap map =
        new LabelMap(
            GRID,
            List.of(
                new LabelMap.Layer(new short[] {2, 2}, List.of(TWO)),
                new LabelMap.Layer(new short[] {0, 1}, List.of(ONE))),
            List.of());
    assertThat(map.structures()).containsExactly(ONE, TWO);
    assertThat(map.mask(ONE)).isEqualTo(new byte[] {0, 1});
    assertThat(map.mask(TWO)).isEqualTo(new byte[] {1, 1});
  }

  @Test
  void aLabelWithoutStructureIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelMap.of(GRID, new short[] {0, 3}, List.of(ONE)))
        .withMessage("label 3 names no structure");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelMap.of(GRID, new short[] {0, -1}, List.of(ONE)));
  }

  @Test
  void anotherNumberOfVoxelsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelMap.of(GRID, new short[3], List.of(ONE)))
        .withMessage("grid has 2 voxels, labels 3");
  }

  @Test
  void numbersAndNamesAreUnique() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelMap.of(GRID, new short[2], List.of(ONE, structure(1, "other"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelMap.of(GRID, new short[2], List.of(ONE, structure(3, "one"))));
  }

  @Test
  void aStructureHasANumberAndAName() {
    assertThatIllegalArgumentException().isThrownBy(() -> structure(0, "none"));
    assertThatIllegalArgumentException().isThrownBy(() -> structure(40_000, "far"));
    assertThatIllegalArgumentException().isThrownBy(() -> structure(1, " "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelMap.of(GRID, new short[2], List.of(ONE)).mask(TWO));
  }
}
