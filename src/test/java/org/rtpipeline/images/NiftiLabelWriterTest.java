package org.rtpipeline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.StructureCode;

final class NiftiLabelWriterTest {

  private static byte[] written(VoxelGrid grid, LabelMap.Layer layer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NiftiLabelWriter.write(grid, layer, out);
    return out.toByteArray();
  }

  private static LabelMap.Layer layer(int voxels, int number) {
    short[] labels = new short[voxels];
    for (int at = 0; at < voxels; at += 3) {
      labels[at] = (short) number;
    }
    return new LabelMap.Layer(
        labels, List.of(new LabelledStructure(number, "é", "", "", StructureCode.TISSUE)));
  }

  private static VoxelGrid turned(SplittableRandom random) {
    Point a = new Point(random.nextDouble(-1, 1), random.nextDouble(-1, 1), random.nextDouble());
    Point row = a.times(1 / a.length());
    Point b = new Point(random.nextDouble(-1, 1), random.nextDouble(-1, 1), random.nextDouble());
    Point across = b.minus(row.times(b.dot(row)));
    return new VoxelGrid(
        5,
        3,
        new Point(-12.5, 20, 7),
        row,
        across.times(1 / across.length()),
        0.75,
        1.5,
        new double[] {0, 4, 8});
  }

  @Test
  void labelsComeBackWhereTheyWereInAnyOrientation() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 200; round++) {
      VoxelGrid grid = turned(random);
      LabelMap.Layer layer = layer(45, 1 + random.nextInt(300));
      StoredImage read = NiftiReader.read(new ByteArrayInputStream(written(grid, layer)));
      VoxelGrid back = read.volume().grid();
      for (int at = 0; at < 45; at++) {
        assertThat(read.volume().values()[at]).isEqualTo(layer.labels()[at]);
      }
      Point corner = grid.toPatientMm(4, 2, 8);
      assertThat(back.toPatientMm(4, 2, back.planeOffsetMm(2)).minus(corner).length())
          .isCloseTo(0, within(1e-4));
    }
  }

  @Test
  void sformSaysTheSameAsQform() throws IOException {
    VoxelGrid grid = turned(new SplittableRandom(9));
    byte[] file = written(grid, layer(45, 1));
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
    plain[252] = 0;
    VoxelGrid back = NiftiReader.read(new ByteArrayInputStream(plain)).volume().grid();
    assertThat(
            back.toPatientMm(4, 2, back.planeOffsetMm(2)).minus(grid.toPatientMm(4, 2, 8)).length())
        .isCloseTo(0, within(1e-4));
  }

  @Test
  void namesStandInTheComment() throws IOException {
    byte[] file = written(turned(new SplittableRandom(4)), layer(45, 7));
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
    assertThat(new String(plain, 360, 5, StandardCharsets.UTF_8)).isEqualTo("7 é\n");
    assertThat(ByteBuffer.wrap(plain).order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat(108))
        .isEqualTo(352 + 16);
  }

  @Test
  void theSameLabelsAreTheSameBytes() throws IOException {
    VoxelGrid grid = turned(new SplittableRandom(4));
    assertThat(written(grid, layer(45, 7))).isEqualTo(written(grid, layer(45, 7)));
  }

  @Test
  void unevenPlanesAreRefused() {
    VoxelGrid uneven =
        new VoxelGrid(
            1,
            1,
            Point.ORIGIN,
            new Point(1, 0, 0),
            new Point(0, 1, 0),
            1,
            1,
            new double[] {0, 1, 3});
    assertThatIllegalArgumentException().isThrownBy(() -> written(uneven, layer(3, 1)));
  }
}
