package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NonzeroRegionTest {

  private static final Extent EXTENT = new Extent(5, 6, 7);

  private static int at(int a, int b, int c) {
    return (a * 6 + b) * 7 + c;
  }

  @Test
  void theBoxHoldsAllThatIsNotZero() {
    float[] values = new float[EXTENT.voxels()];
    values[at(1, 4, 2)] = -1;
    values[at(3, 2, 5)] = 2;
    assertThat(NonzeroRegion.box(values, EXTENT)).contains(new Box(1, 2, 2, new Extent(3, 3, 4)));
  }

  @Test
  void anImageOfZerosHasNoBox() {
    assertThat(NonzeroRegion.box(new float[EXTENT.voxels()], EXTENT)).isEmpty();
  }

  @Test
  void aHoleIsInside() {
    float[] values = new float[EXTENT.voxels()];
    for (int a = 1; a < 4; a++) {
      for (int b = 1; b < 4; b++) {
        for (int c = 1; c < 4; c++) {
          values[at(a, b, c)] = 1;
        }
      }
    }
    values[at(2, 2, 2)] = 0;
    boolean[] inside = NonzeroRegion.filled(values, EXTENT);
    assertThat(inside[at(2, 2, 2)]).isTrue();
    assertThat(inside[at(0, 0, 0)]).isFalse();
    values[at(2, 2, 3)] = 0;
    assertThat(NonzeroRegion.filled(values, EXTENT)[at(2, 2, 2)]).isFalse();
  }

  @Test
  void aWindingWayOutIsFollowed() {
    Extent large = new Extent(24, 24, 24);
    float[] values = new float[large.voxels()];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(4) == 0 ? 1 : 0;
    }
    boolean[] inside = NonzeroRegion.filled(values, large);
    int zerosInside = 0;
    for (int i = 0; i < values.length; i++) {
      assertThat(inside[i] || values[i] == 0).isTrue();
      zerosInside += inside[i] && values[i] == 0 ? 1 : 0;
    }
    assertThat(zerosInside).isBetween(1, values.length / 20);
  }

  @Test
  void partsReachingOutOfTheWholeAreFilledWithZeros() {
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8};
    Extent cube = new Extent(2, 2, 2);
    assertThat(new Box(0, 0, 1, new Extent(2, 2, 1)).cut(values, cube)).containsExactly(2, 4, 6, 8);
    assertThat(new Box(0, 0, -1, new Extent(2, 2, 4)).cutPadded(values, cube))
        .containsExactly(0, 1, 2, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0, 7, 8, 0);
    assertThat(Box.whole(cube).cutPadded(values, cube)).isSameAs(values);
    assertThat(new Box(-1, 1, 0, new Extent(2, 2, 2)).cutPadded(values, cube))
        .containsExactly(0, 0, 0, 0, 3, 4, 0, 0);
  }
}
