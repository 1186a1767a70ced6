package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;

final class AxisOrderTest {

  private static final VoxelGrid AXIAL = VoxelGrid.axial(5, 4, 3, new Point(0, 0, 0), 1, 2, 2.2);

  static List<String> orientations() {
    List<String> all = new ArrayList<>();
    String[] pairs = {"LR", "PA", "SI"};
    int[][] permutations = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int[] permutation : permutations) {
      for (int signs = 0; signs < 8; signs++) {
        StringBuilder letters = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
          letters.append(pairs[permutation[axis]].charAt(signs >> axis & 1));
        }
        all.add(letters.toString());
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("orientations")
  void labelsComeBackToTheirVoxels(String directions) {
    for (List<Integer> transpose : List.of(List.of(0, 1, 2), List.of(2, 0, 1))) {
      AxisOrder order = AxisOrder.of(AXIAL, directions, transpose);
      float[] image = new float[60];
      for (int i = 0; i < image.length; i++) {
        image[i] = i;
      }
      float[] there = order.forward(image, AXIAL);
      short[] labels = new short[60];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (short) there[i];
      }
      short[] back = order.backward(labels, AXIAL);
      for (int i = 0; i < back.length; i++) {
        assertThat(back[i]).isEqualTo((short) i);
      }
    }
  }

  @Test
  void anAxialImageRunsToTheHeadTheBackAndTheLeft() {
    AxisOrder order = AxisOrder.of(AXIAL, "SPL", List.of(0, 1, 2));
    float[] image = {1, 2, 3, 4, 5, 6, 7, 8};
    VoxelGrid small = VoxelGrid.axial(2, 2, 2, new Point(0, 0, 0), 1, 1, 1);
    assertThat(order.forward(image, small)).containsExactly(image);
    assertThat(AxisOrder.of(small, "SAR", List.of(0, 1, 2)).forward(image, small))
        .containsExactly(4, 3, 2, 1, 8, 7, 6, 5);
    assertThat(AxisOrder.of(small, "", List.of(2, 1, 0)).forward(image, small))
        .containsExactly(1, 5, 3, 7, 2, 6, 4, 8);
  }

  @Test
  void spacingAndSizeFollowTheAxes() {
    AxisOrder order = AxisOrder.of(AXIAL, "LPS", List.of(0, 1, 2));
    assertThat(order.extent(AXIAL)).isEqualTo(new Extent(5, 4, 3));
    assertThat(order.spacingMm(AXIAL)).containsExactly(1, 2, 2.2);
  }

  @Test
  void anObliqueImageTakesTheNearestAxes() {
    double c = Math.cos(0.3);
    double s = Math.sin(0.3);
    VoxelGrid tilted =
        new VoxelGrid(
            2,
            2,
            new Point(0, 0, 0),
            new Point(c, s, 0),
            new Point(0, 0, -1),
            1,
            1,
            new double[] {0, 1, 2});
    AxisOrder order = AxisOrder.of(tilted, "RAS", List.of(0, 1, 2));
    assertThat(order.extent(tilted)).isEqualTo(new Extent(2, 3, 2));
  }

  @Test
  void threeAxesOfThePatientAreAnOrientation() {
    assertThat(AxisOrder.isOrientation("LIA")).isTrue();
    assertThat(AxisOrder.isOrientation("LRS")).isFalse();
    assertThat(AxisOrder.isOrientation("LP")).isFalse();
    assertThat(AxisOrder.isOrientation("LPX")).isFalse();
  }
}
