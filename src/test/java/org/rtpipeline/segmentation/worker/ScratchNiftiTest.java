package org.rtpipeline.segmentation.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.ImageVolume;

final class ScratchNiftiTest {

  private static final VoxelGrid GRID =
      VoxelGrid.axial(3, 2, 2, new Point(-10, 20, 30), 1.5, 2, 2.5);
  private static final int DATA = 352;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"2, 1", "256, 1", "4, 2", "512, 2", "8, 4", "16, 4", "64, 8"})
  void labelsOfEveryNumberTypeAreRead(int type, int bytes) throws Exception {
    ByteBuffer file = header(type, bytes);
    for (int i = 0; i < GRID.voxels(); i++) {
      put(file, type, DATA + i * bytes, i % 4);
    }

    short[] labels = ScratchNifti.labels(write("labels.nii", file), GRID);

    for (int i = 0; i < labels.length; i++) {
      assertThat(labels[i]).isEqualTo((short) (i % 4));
    }
  }

  @Test
  void compressedLabelsAreRead() throws Exception {
    Path file = folder.resolve("labels.nii.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(header(2, 1).array());
    }

    assertThat(ScratchNifti.labels(file, GRID)).containsOnly((short) 0);
  }

  @ParameterizedTest
  @CsvSource({
    "344, 0, no little-endian",
    "70, 1, NIfTI type 1",
    "254, 0, no sform",
    "42, 9, voxels",
    "44, 9, voxels",
    "46, 9, voxels"
  })
  void aHeaderThatIsNotThatOfTheImageIsRefused(int place, short value, String message)
      throws Exception {
    ByteBuffer file = header(2, 1);
    file.putShort(place, value);
    Path path = write("labels.nii", file);

    assertThatThrownBy(() -> ScratchNifti.labels(path, GRID)).hasMessageContaining(message);
  }

  @Test
  void labelsElsewhereAreRefused() throws Exception {
    ByteBuffer moved = header(2, 1);
    moved.putFloat(292, moved.getFloat(292) + 1);
    Path path = write("moved.nii", moved);
    assertThatThrownBy(() -> ScratchNifti.labels(path, GRID)).hasMessageContaining("elsewhere");

    ByteBuffer stretched = header(2, 1);
    stretched.putFloat(280, 2 * stretched.getFloat(280));
    Path other = write("stretched.nii", stretched);
    assertThatThrownBy(() -> ScratchNifti.labels(other, GRID)).hasMessageContaining("elsewhere");
  }

  @ParameterizedTest
  @CsvSource({"-1", "0.5", "40000"})
  void whatIsNoLabelIsRefused(float value) throws Exception {
    ByteBuffer file = header(16, 4);
    file.putFloat(DATA, value);
    Path path = write("labels.nii", file);

    assertThatThrownBy(() -> ScratchNifti.labels(path, GRID)).hasMessageContaining("whole number");
  }

  @Test
  void aFileWithoutHeaderIsRefused() throws Exception {
    Path path = Files.write(folder.resolve("short.nii"), new byte[10]);

    assertThatThrownBy(() -> ScratchNifti.labels(path, GRID)).hasMessageContaining("10 bytes");
  }

  @Test
  void valuesWithFractionsAreWrittenAsFloats() throws Exception {
    float[] values = new float[(int) GRID.voxels()];
    values[1] = 0.25f;
    Path path = folder.resolve("image.nii");

    ScratchNifti.write(new ImageVolume(GRID, values), path);

    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(file.getShort(70)).isEqualTo((short) 16);
    assertThat(file.getFloat(DATA + 4)).isEqualTo(0.25f);
    assertThat(file.getFloat(280)).isEqualTo(-1.5f);
    assertThat(file.getFloat(292)).isEqualTo(10f);
    assertThat(file.getFloat(308)).isEqualTo(-20f);
    assertThat(file.getFloat(324)).isEqualTo(30f);
  }

  /** An empty label file on the grid. */
  private ByteBuffer header(int type, int bytes) throws Exception {
    Path path = folder.resolve("image.nii");
    ScratchNifti.write(new ImageVolume(GRID, new float[(int) GRID.voxels()]), path);
    ByteBuffer file =
        ByteBuffer.allocate(DATA + bytes * (int) GRID.voxels()).order(ByteOrder.LITTLE_ENDIAN);
    file.put(Files.readAllBytes(path), 0, DATA);
    return file.putShort(70, (short) type).putShort(72, (short) (8 * bytes));
  }

  private static void put(ByteBuffer file, int type, int place, int value) {
    switch (type) {
      case 4, 512 -> file.putShort(place, (short) value);
      case 8 -> file.putInt(place, value);
      case 16 -> file.putFloat(place, value);
      case 64 -> file.putDouble(place, value);
      default -> file.put(place, (byte) value);
    }
  }

  private Path write(String name, ByteBuffer file) throws Exception {
    byte[] bytes = new byte[file.capacity()];
    file.get(0, bytes);
    return Files.write(folder.resolve(name), bytes);
  }
}
