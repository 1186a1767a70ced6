package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Against the functions of nnU-Net. */
final class TilesGoldenTest {

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvFileSource(resources = "/golden/onnx_tiles.csv", numLinesToSkip = 1)
  void tilesBeginWhereNnUnetLaysThem(int size, int tile, double step, String starts) {
    assertThat(Tiles.starts(size, tile, step)).containsExactly(whole(starts));
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/golden/onnx_weights.csv", numLinesToSkip = 1)
  void weightsAreThoseOfNnUnetBitForBit(String tile, float first, float middle, String sha256)
      throws NoSuchAlgorithmException {
    Extent extent = Extent.of(whole(tile));
    float[] weights = GaussianWeights.of(extent);
    ByteBuffer bytes =
        ByteBuffer.allocate(weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(weights);

    assertThat(weights[0]).isEqualTo(first);
    assertThat(
            weights[
                extent.n0() / 2 * extent.stride(0)
                    + extent.n1() / 2 * extent.stride(1)
                    + extent.n2() / 2])
        .isEqualTo(middle);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())))
        .isEqualTo(sha256);
  }

  @Test
  void anAxisOfOneVoxelHasNoPartInTheWeights() {
    float[] plane = GaussianWeights.of(new Extent(1, 8, 6));
    assertThat(plane).hasSize(48).contains(10f);
  }

  @Test
  void numbersBecomeTheNearestHalfPrecision() {
    assertThat(GaussianWeights.half(1)).isEqualTo(1);
    assertThat(GaussianWeights.half(0.1f)).isEqualTo(1638f / 16384);
    assertThat(GaussianWeights.half(1e-9f)).isZero();
    assertThat(GaussianWeights.half(5e-8f)).isEqualTo(0x1p-24f);
  }

  @Test
  void anImageSmallerThanATileIsRefused() {
    assertThatThrownBy(() -> Tiles.starts(15, 16, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15")
        .hasMessageContaining("16");
  }

  private static int[] whole(String list) {
    return Arrays.stream(list.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
