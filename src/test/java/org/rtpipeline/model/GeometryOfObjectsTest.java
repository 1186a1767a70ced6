package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;

final class GeometryOfObjectsTest {

  private static final VoxelGrid GRID = VoxelGrid.axial(2, 3, 2, new Point(0, 0, 0), 1, 1, 3);

  @Test
  void aDoseGridHasOneDosePerVoxel() {
    assertThat(new DoseGrid(GRID, new float[12]).valuesGy()).hasSize(12);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DoseGrid(GRID, new float[11]))
        .withMessage("grid has 12 voxels, doses 11");
  }

  @Test
  void anImageHasOneValuePerVoxel() {
    assertThat(new ImageVolume(GRID, new float[12]).values()).hasSize(12);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageVolume(GRID, new float[13]))
        .withMessage("grid has 12 voxels, values 13");
  }

  @Test
  void aTransformWithoutSixteenNumbersIsRefused() {
    assertThat(transform(16).matrix()).hasSize(16);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transform(12))
        .withMessage("a transform has 16 numbers, got 12");
  }

  @Test
  void contourCoordinatesComeInThrees() {
    assertThat(contour(Contour.Type.POINT, 3).points()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> contour(Contour.Type.CLOSED_PLANAR, 8))
        .withMessage("coordinates come in threes, got 8");
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOSED_PLANAR", "CLOSEDPLANAR_XOR"})
  void closedContoursEncloseAnArea(Contour.Type type) {
    assertThat(contour(type, 9).isClosed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"POINT", "OPEN_PLANAR", "OPEN_NONPLANAR"})
  void pointsAndOpenContoursEncloseNoArea(Contour.Type type) {
    assertThat(contour(type, 9).isClosed()).isFalse();
  }

  private static Registration.Transform transform(int numbers) {
    return new Registration.Transform("f", "RIGID", Collections.nCopies(numbers, 0.0), List.of());
  }

  private static Contour contour(Contour.Type type, int coordinates) {
    return new Contour(type, new double[coordinates], null);
  }
}
