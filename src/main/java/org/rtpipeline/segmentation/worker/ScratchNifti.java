package org.rtpipeline.segmentation.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.ImageVolume;

/**
 * Volumes on their way to and from a worker as NIfTI-1 single files: axes x, y, z of the grid, the
 * affine in RAS as both sform and scanner. Labels must come back on the very grid of the image.
 */
final class ScratchNifti {

  private static final int HEADER_BYTES = 352;
  private static final int SIZE = 348;
  private static final short INT16 = 4;
  private static final short FLOAT32 = 16;
  private static final int AFFINE = 280;

  /** Largest distance of two corners that are the same, mm. */
  private static final double SAME_PLACE_MM = 0.05;

  private ScratchNifti() {}

  /** A label file that cannot be used. */
  static final class UnusableLabels extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableLabels(String message) {
      super(message);
    }
  }

  /** Writes an image: 16-bit integers where all values are such, else 32-bit floats. */
  static void write(ImageVolume image, Path file) throws IOException {
    boolean integers = isInt16(image.values());
    VoxelGrid grid = image.grid();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(header(grid, integers ? INT16 : FLOAT32, integers ? 16 : 32).array());
      ByteBuffer plane =
          ByteBuffer.allocate(grid.columns() * grid.rows() * 4).order(ByteOrder.LITTLE_ENDIAN);
      int inPlane = grid.columns() * grid.rows();
      for (int k = 0; k < grid.planes(); k++) {
        plane.clear();
        for (int i = k * inPlane; i < (k + 1) * inPlane; i++) {
          if (integers) {
            plane.putShort((short) image.values()[i]);
          } else {
            plane.putFloat(image.values()[i]);
          }
        }
        out.write(plane.array(), 0, plane.position());
      }
    }
  }

  /** Writes labels on the grid they belong to, as 16-bit integers. */
  static void writeLabels(short[] labels, VoxelGrid grid, Path file) throws IOException {
    ByteBuffer values = ByteBuffer.allocate(2 * labels.length).order(ByteOrder.LITTLE_ENDIAN);
    values.asShortBuffer().put(labels);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(header(grid, INT16, 16).array());
      out.write(values.array());
    }
  }

  private static boolean isInt16(float[] values) {
    for (float value : values) {
      if (value != Math.rint(value) || Math.abs(value) > Short.MAX_VALUE) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer header(VoxelGrid grid, short type, int bits) {
    ByteBuffer b = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0, SIZE);
    short[] dims = {3, (short) grid.columns(), (short) grid.rows(), (short) grid.planes(), 1, 1, 1};
    for (int d = 0; d < dims.length; d++) {
      b.putShort(40 + 2 * d, dims[d]);
    }
    b.putShort(70, type).putShort(72, (short) bits);
    float[] spacingMm = {
      1,
      (float) grid.columnSpacingMm(),
      (float) grid.rowSpacingMm(),
      (float) grid.meanPlaneSpacingMm()
    };
    for (int d = 0; d < spacingMm.length; d++) {
      b.putFloat(76 + 4 * d, spacingMm[d]);
    }
    b.putFloat(108, HEADER_BYTES).putFloat(112, 1).putFloat(116, 0);
    b.put(123, (byte) 2);
    b.putShort(252, (short) 0).putShort(254, (short) 1);
    double[][] ras = ras(grid);
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 4; column++) {
        b.putFloat(AFFINE + 16 * row + 4 * column, (float) ras[row][column]);
      }
    }
    b.put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
    return b;
  }

  /** The affine from voxel to patient, first two rows negated: NIfTI counts to right and front. */
  private static double[][] ras(VoxelGrid grid) {
    Point origin = grid.toPatientMm(0, 0, grid.planeOffsetMm(0));
    double[][] affine = new double[3][4];
    fill(affine, 0, grid.rowDirection(), grid.columnSpacingMm());
    fill(affine, 1, grid.columnDirection(), grid.rowSpacingMm());
    fill(affine, 2, grid.normal(), grid.meanPlaneSpacingMm());
    fill(affine, 3, origin, 1);
    for (int column = 0; column < 4; column++) {
      affine[0][column] = -affine[0][column];
      affine[1][column] = -affine[1][column];
    }
    return affine;
  }

  private static void fill(double[][] affine, int column, Point direction, double stepMm) {
    affine[0][column] = direction.xMm() * stepMm;
    affine[1][column] = direction.yMm() * stepMm;
    affine[2][column] = direction.zMm() * stepMm;
  }

  /**
   * The labels of a file on the grid of the image they belong to.
   *
   * @throws UnusableLabels when the file is no such volume, or lies elsewhere
   */
  static short[] labels(Path file, VoxelGrid grid) throws IOException, UnusableLabels {
    byte[] bytes;
    try (InputStream in = expanded(file)) {
      bytes = in.readAllBytes();
    }
    if (bytes.length < HEADER_BYTES) {
      throw new UnusableLabels("a label file has " + bytes.length + " bytes, no NIfTI header");
    }
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (b.getInt(0) != SIZE || b.get(344) != 'n' || b.get(345) != '+') {
      throw new UnusableLabels("a label file is no little-endian NIfTI-1 single file");
    }
    requireGrid(b, grid);
    int start = (int) b.getFloat(108);
    Numbers numbers = Numbers.of(b.getShort(70));
    int voxels = Math.toIntExact(grid.voxels());
    if (start < SIZE || bytes.length - start < (long) voxels * numbers.bytes) {
      throw new UnusableLabels("a label file is shorter than its header says");
    }
    short[] labels = new short[voxels];
    for (int i = 0; i < voxels; i++) {
      double value = numbers.at(b, start + i * numbers.bytes);
      if (value < 0 || value > Short.MAX_VALUE || value != Math.rint(value)) {
        throw new UnusableLabels("a label is " + value + ", expected a whole number from 0");
      }
      labels[i] = (short) value;
    }
    return labels;
  }

  private static InputStream expanded(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private static void requireGrid(ByteBuffer b, VoxelGrid grid) throws UnusableLabels {
    int[] counts = {b.getShort(42), b.getShort(44), b.getShort(46)};
    if (counts[0] != grid.columns() || counts[1] != grid.rows() || counts[2] != grid.planes()) {
      throw new UnusableLabels(
          String.format(
              Locale.ROOT,
              "labels have %d x %d x %d voxels, the image %d x %d x %d",
              counts[0],
              counts[1],
              counts[2],
              grid.columns(),
              grid.rows(),
              grid.planes()));
    }
    double[][] ras = ras(grid);
    if (b.getShort(254) <= 0) {
      throw new UnusableLabels("labels have no sform");
    }
    double[] far = {grid.columns() - 1.0, grid.rows() - 1.0, grid.planes() - 1.0};
    for (int row = 0; row < 3; row++) {
      double near = ras[row][3] - b.getFloat(AFFINE + 16 * row + 12);
      double corner = near;
      for (int column = 0; column < 3; column++) {
        corner += far[column] * (ras[row][column] - b.getFloat(AFFINE + 16 * row + 4 * column));
      }
      if (Math.abs(near) > SAME_PLACE_MM || Math.abs(corner) > SAME_PLACE_MM) {
        throw new UnusableLabels("labels lie elsewhere than the image");
      }
    }
  }

  /** Number types of label files. */
  private enum Numbers {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    INT8(256, 1),
    UINT16(512, 2);

    private final int code;
    private final int bytes;

    Numbers(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    static Numbers of(int code) throws UnusableLabels {
      for (Numbers numbers : values()) {
        if (numbers.code == code) {
          return numbers;
        }
      }
      throw new UnusableLabels("labels have the NIfTI type " + code + ", expected an integer type");
    }

    double at(ByteBuffer b, int place) {
      return switch (this) {
        case UINT8 -> Byte.toUnsignedInt(b.get(place));
        case INT8 -> b.get(place);
        case INT16 -> b.getShort(place);
        case UINT16 -> Short.toUnsignedInt(b.getShort(place));
        case INT32 -> b.getInt(place);
        case FLOAT32 -> b.getFloat(place);
        case FLOAT64 -> b.getDouble(place);
      };
    }
  }
}
