package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.ImageVolume;

final class RasterTest {

  private static ImageVolume volume(double... planesMm) {
    VoxelGrid grid =
        new VoxelGrid(
            2, 3, Point.ORIGIN, new Point(1, 0, 0), new Point(0, 1, 0), 0.5, 0.75, planesMm);
    return new ImageVolume(grid, new float[6 * planesMm.length]);
  }

  @Test
  void anImageVolumeKeepsItsSpacing() {
    Raster image = Raster.of(volume(0, 3, 6), Raster.Numbers.WHOLE);
    assertThat(image.size()).isEqualTo(new GridSize(2, 3, 3, 0.5, 0.75, 3));
    assertThat(Raster.of(volume(5), Raster.Numbers.WHOLE).size().dzMm()).isEqualTo(1);
  }

  @Test
  void planesOfUnequalDistanceAreRefused() {
    assertThatThrownBy(() -> Raster.of(volume(0, 3, 7), Raster.Numbers.WHOLE))
        .hasMessageContaining("unequally");
  }

  @Test
  void wrongLengthsAndKindsAreRefused() {
    GridSize size = new GridSize(2, 2, 1, 1, 1, 1);
    assertThatThrownBy(() -> Raster.of(size, Raster.Numbers.WHOLE, new float[3]))
        .hasMessageContaining("4");
    assertThatThrownBy(() -> Raster.of(size, new double[5])).hasMessageContaining("5");
    assertThatThrownBy(() -> Raster.of(size, Raster.Numbers.DOUBLE, new float[4]))
        .hasMessageContaining("DOUBLE");
    assertThatThrownBy(() -> new GridSize(0, 1, 1, 1, 1, 1)).hasMessageContaining("0 x 1");
    assertThatThrownBy(() -> new GridSize(1, 1, 1, 0, 1, 1)).hasMessageContaining("0.0");
  }

  @Test
  void optionsRefuseWhatMakesNoSense() {
    assertThatThrownBy(() -> new Discretisation.FixedWidth(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> new Discretisation.FixedCount(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> ImageFilter.LaplacianOfGaussian.of(0)).hasMessageContaining("sigma");
    assertThatThrownBy(() -> new ImageFilter.Wavelet("db2", 0, 0)).hasMessageContaining("levels");
    assertThatThrownBy(
            () ->
                new RadiomicsOptions.Resampling(-1, 1, 1, RadiomicsOptions.Interpolation.LINEAR, 5))
        .hasMessageContaining("-1");
    assertThatThrownBy(
            () ->
                new RadiomicsOptions.Texture(
                    List.of(), null, 0, RadiomicsOptions.Pairs.BOTH_ORDERS, TexturePlane.VOLUME))
        .hasMessageContaining("distances");
  }
}
