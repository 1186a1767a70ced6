package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.geometry.Point;

/** New voxels half-way between old ones; the numbers are those of PyRadiomics 3.1 and ITK 5.4. */
final class ResamplerTest {

  private static final List<Point> AXES =
      List.of(new Point(1, 0, 0), new Point(0, 1, 0), new Point(0, 0, 1));

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "-123.45, 17.3, -61.7", "4.413539, -250.1, 88.8"})
  void samplesHalfWayFallToTheSideThatItkGivesThem(double xMm, double yMm, double zMm) {
    GridSize size = new GridSize(7, 5, 6, 1.5, 3, 2.5);
    float[] values = new float[size.voxels()];
    byte[] mask = new byte[size.voxels()];
    for (int z = 0; z < 6; z++) {
      for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 7; x++) {
          boolean inside = x >= 1 && x < 6 && y >= 1 && y < 4 && z >= 1 && z < 5;
          values[size.index(x, y, z)] = x + 10 * y + 100 * z;
          mask[size.index(x, y, z)] = (byte) (inside ? 1 : 0);
        }
      }
    }
    Raster image =
        Raster.of(size, Raster.Numbers.WHOLE, values).placedAt(new Point(xMm, yMm, zMm), AXES);
    Region given = Region.of(image, IndexBox.whole(size), mask).orElseThrow();
    RadiomicsOptions.Resampling how =
        new RadiomicsOptions.Resampling(1, 2, 1, RadiomicsOptions.Interpolation.NEAREST, 1);

    Region made = Resampler.resample(given, how).orElseThrow();

    GridSize to = made.image().size();
    assertThat(to).isEqualTo(new GridSize(11, 8, 14, 1, 2, 1));
    assertThat(made.voxels()).isEqualTo(400);
    assertThat(made.image().crop(new IndexBox(0, 3, 5, 11, 1, 1)))
        .containsExactly(220, 221, 221, 222, 223, 223, 224, 224, 225, 226, 226);
    assertThat(made.image().crop(new IndexBox(3, 0, 5, 1, 8, 1)))
        .containsExactly(202, 212, 212, 222, 232, 232, 242, 0);
    assertThat(made.image().crop(new IndexBox(3, 3, 0, 1, 1, 14)))
        .containsExactly(22, 22, 122, 122, 122, 222, 222, 322, 322, 322, 422, 422, 522, 522);
  }
}
