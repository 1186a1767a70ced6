package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Against the functions of nnU-Net, SciPy and scikit-image. */
final class ResamplingGoldenTest {

  private static final double RELATIVE = 1e-9;

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/golden/onnx_resampling.csv",
      numLinesToSkip = 1,
      maxCharsPerColumn = 100_000)
  void volumesAreResampledAsNnUnetDoes(
      String name,
      String from,
      String to,
      String spacing,
      String newSpacing,
      int order,
      int coarseOrder,
      String separate,
      String values) {
    Extent old = extent(from);
    ResamplingRule rule =
        new ResamplingRule(
            order,
            coarseOrder,
            switch (separate) {
              case "always" -> ResamplingRule.Separation.ALWAYS;
              case "never" -> ResamplingRule.Separation.NEVER;
              default -> ResamplingRule.Separation.BY_SPACING;
            });
    Resampling resampling = rule.between(old, extent(to), numbers(spacing), numbers(newSpacing));

    double[] expected = numbers(values);
    double[] got = resampled(resampling, image(old));
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.length; i++) {
      double tolerance = RELATIVE * Math.max(1, Math.abs(expected[i]));
      assertThat(Math.abs(got[i] - expected[i]))
          .as("%s, value %d of %s: %s", name, i, to, got[i])
          .isLessThanOrEqualTo(tolerance);
    }
  }

  @Test
  void wholeVolumesAreThePlanesInSinglePrecision() {
    Extent old = new Extent(6, 7, 5);
    for (int order : new int[] {0, 1, 3}) {
      for (int axis = 0; axis < 3; axis++) {
        Resampling resampling =
            new Resampling(
                old, new Extent(5, 9, 8), axis, order, order, Resampling.Clip.WHOLE_VOLUME);
        double[] exact = resampled(resampling, image(old));
        float[] got = resampling.volume(image(old));
        for (int i = 0; i < got.length; i++) {
          assertThat(got[i]).isEqualTo((float) exact[i]);
        }
      }
    }
  }

  @Test
  void theSameGridGivesTheSameValues() {
    Extent old = new Extent(3, 4, 5);
    float[] image = image(old);
    assertThat(new Resampling(old, old, 0, 3, 3, Resampling.Clip.WHOLE_VOLUME).volume(image))
        .isSameAs(image);
  }

  private static double[] resampled(Resampling resampling, float[] image) {
    double[] out = new double[resampling.to().voxels()];
    int axis = resampling.axis();
    int row = Extent.planeRows(axis);
    int column = Extent.planeColumns(axis);
    Extent to = resampling.to();
    PlaneStream stream =
        new PlaneStream(
            resampling,
            new Bounds[] {Bounds.of(image)},
            (index, channels) -> {
              int at = 0;
              for (int y = 0; y < to.count(row); y++) {
                for (int x = 0; x < to.count(column); x++) {
                  out[index * to.stride(axis) + y * to.stride(row) + x * to.stride(column)] =
                      channels[0][at++];
                }
              }
            });
    for (int index = 0; index < resampling.from().count(axis); index++) {
      stream.push(new float[][] {Planes.cut(image, resampling.from(), axis, index)});
    }
    return out;
  }

  private static float[] image(Extent extent) {
    float[] image = new float[extent.voxels()];
    int at = 0;
    for (int i = 0; i < extent.n0(); i++) {
      for (int j = 0; j < extent.n1(); j++) {
        for (int k = 0; k < extent.n2(); k++) {
          image[at++] = (i * i * 7 + j * 13 + k * 29 + i * j * k * 3) % 101 - 30;
        }
      }
    }
    return image;
  }

  private static Extent extent(String counts) {
    return Extent.of(Arrays.stream(counts.split(" ", -1)).mapToInt(Integer::parseInt).toArray());
  }

  private static double[] numbers(String list) {
    return Arrays.stream(list.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
