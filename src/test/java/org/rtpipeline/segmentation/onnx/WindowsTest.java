package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowsTest {

  /** Gives each voxel and its negative, and remembers what it was shown. */
  private static final class Echo implements Network {
    private final List<Extent> shown = new ArrayList<>();
    private int closed;

    @Override
    public float[] run(float[] values, Extent extent) {
      shown.add(extent);
      float[] out = new float[2 * values.length];
      for (int i = 0; i < values.length; i++) {
        out[i] = values[i];
        out[values.length + i] = -values[i];
      }
      return out;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** Sums each voxel and its neighbours along axis 0. */
  private static final class Neighbours implements Network {
    @Override
    public float[] run(float[] values, Extent extent) {
      float[] out = values.clone();
      int stride = extent.stride(0);
      for (int i = 0; i < out.length; i++) {
        out[i] += i >= stride ? values[i - stride] : 0;
        out[i] += i + stride < out.length ? values[i + stride] : 0;
      }
      return out;
    }

    @Override
    public void close() {}
  }

  private static float[] ramp(Extent extent) {
    float[] values = new float[extent.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 97 - 40;
    }
    return values;
  }

  private static float[] first(
      Windows windows, Network network, float[] values, Extent extent, int axis, int classes)
      throws NetworkException, InterruptedException {
    float[] out = new float[extent.voxels()];
    int[] planes = {0};
    windows.run(
        network,
        windows.padded(extent).cutPadded(values, extent),
        extent,
        axis,
        classes,
        (index, channels) -> {
          assertThat(index).isEqualTo(planes[0]++);
          assertThat(channels).hasNumberOfRows(classes);
          Planes.put(channels[0], out, extent, axis, index);
        });
    assertThat(planes[0]).isEqualTo(extent.count(axis));
    return out;
  }

  @Test
  void weightedMeansOfEqualValuesAreTheValues() throws NetworkException, InterruptedException {
    Extent extent = new Extent(11, 9, 13);
    float[] values = ramp(extent);
    for (int axis = 0; axis < 3; axis++) {
      Echo echo = new Echo();
      GaussianTiles tiles = new GaussianTiles(new Extent(4, 6, 5), 0.5);
      float[] out = first(tiles, echo, values, extent, axis, 2);
      for (int i = 0; i < out.length; i++) {
        assertThat(out[i]).isCloseTo(values[i], within(1e-4f));
      }
      assertThat(echo.shown).hasSize(5 * 2 * 5).containsOnly(new Extent(4, 6, 5));
    }
  }

  @Test
  void aSmallImageIsPaddedToTheTile() throws NetworkException, InterruptedException {
    Extent extent = new Extent(3, 4, 5);
    GaussianTiles tiles = new GaussianTiles(new Extent(8, 7, 5), 0.5);
    assertThat(tiles.padded(extent)).isEqualTo(new Box(-2, -1, 0, new Extent(8, 7, 5)));
    float[] values = ramp(extent);
    for (int axis = 0; axis < 3; axis++) {
      assertThat(first(tiles, new Echo(), values, extent, axis, 2))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(values);
    }
  }

  @Test
  void aNetworkOfPlanesSeesEveryPlane() throws NetworkException, InterruptedException {
    Extent extent = new Extent(4, 6, 6);
    Echo echo = new Echo();
    float[] values = ramp(extent);
    float[] out = first(new GaussianTiles(new Extent(1, 6, 4), 0.5), echo, values, extent, 0, 2);
    assertThat(out).usingComparatorWithPrecision(1e-5f).containsExactly(values);
    assertThat(echo.shown).hasSize(4 * 2);
  }

  @Test
  void slabsWithEnoughMarginGiveTheWhole() throws NetworkException, InterruptedException {
    Extent extent = new Extent(10, 3, 2);
    float[] values = ramp(extent);
    float[] whole = first(Slabs.WHOLE, new Neighbours(), values, extent, 0, 1);
    assertThat(first(new Slabs(4, 1), new Neighbours(), values, extent, 0, 1))
        .containsExactly(whole);
    assertThat(first(new Slabs(4, 0), new Neighbours(), values, extent, 0, 1)).isNotEqualTo(whole);
    assertThat(first(new Slabs(2, Integer.MAX_VALUE), new Echo(), values, extent, 2, 2))
        .containsExactly(values);
  }

  @Test
  void aNetworkOfOtherClassesIsRefused() {
    Extent extent = new Extent(4, 4, 4);
    for (Windows windows : List.of(Slabs.WHOLE, new GaussianTiles(extent, 1))) {
      assertThatThrownBy(() -> first(windows, new Echo(), ramp(extent), extent, 0, 3))
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining("2.0")
          .hasMessageContaining("3");
    }
  }

  @Test
  void anInterruptEndsTheWork() {
    Extent extent = new Extent(4, 4, 4);
    for (Windows windows : List.of(Slabs.WHOLE, new GaussianTiles(extent, 1))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> first(windows, new Echo(), ramp(extent), extent, 0, 2))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void windowsWithGapsAreRefused() {
    Extent tile = new Extent(2, 2, 2);
    assertThatThrownBy(() -> new GaussianTiles(tile, 0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new GaussianTiles(tile, 1.5)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new Slabs(0, 1)).hasMessageContaining("0");
    assertThatThrownBy(() -> new Slabs(1, -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Extent(0, 1, 1)).hasMessageContaining("0 x 1 x 1");
  }

  @Test
  void mirroredAnswersAreAveragedInPlace() throws NetworkException {
    Extent extent = new Extent(2, 3, 4);
    float[] values = ramp(extent);
    Echo echo = new Echo();
    float[] out = new Ensemble(List.of(echo, echo), List.of(0, 2)).run(values, extent);
    assertThat(echo.shown).hasSize(8);
    for (int i = 0; i < values.length; i++) {
      assertThat(out[i]).isEqualTo(values[i]);
      assertThat(out[values.length + i]).isEqualTo(-values[i]);
    }
  }

  @Test
  void mirroredAxesAreCombinedShortOnesFirst() {
    assertThat(Ensemble.combinations(List.of(0, 1, 2)))
        .containsExactly(
            List.of(0),
            List.of(1),
            List.of(2),
            List.of(0, 1),
            List.of(0, 2),
            List.of(1, 2),
            List.of(0, 1, 2));
    assertThat(Ensemble.combinations(List.of())).isEmpty();
  }

  @Test
  void allNetworksAreClosed() {
    Echo echo = new Echo();
    new Ensemble(List.of(echo, echo), List.of()).close();
    assertThat(echo.closed).isEqualTo(2);
  }

  @Test
  void flippingTurnsEveryChannelRound() {
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(Ensemble.flipped(values, new Extent(1, 2, 2), List.of(1)))
        .containsExactly(3, 4, 1, 2, 7, 8, 5, 6);
    assertThat(Ensemble.flipped(values, new Extent(2, 2, 2), List.of(0, 1, 2)))
        .containsExactly(8, 7, 6, 5, 4, 3, 2, 1);
  }
}
