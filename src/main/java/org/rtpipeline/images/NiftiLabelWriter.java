package org.rtpipeline.images;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;

/**
 * Writes label maps as compressed NIfTI-1 files with RAS directions, sform and qform alike. Numbers
 * and names of the structures stand in a comment extension, one line each.
 */
public final class NiftiLabelWriter {

  private static final int HEADER_BYTES = 348;
  private static final int EXTENSION_START = 352;
  private static final int EXTENSION_HEAD_BYTES = 8;
  private static final int EXTENSION_UNIT_BYTES = 16;
  private static final int COMMENT = 6;
  private static final int SCANNER = 1;
  private static final int MILLIMETRES = 2;
  private static final int LABELS = 1002;
  private static final int UINT8 = 2;
  private static final int INT16 = 4;
  private static final int LARGEST_UINT8 = 255;

  private NiftiLabelWriter() {}

  /**
   * Writes one layer of a label map; the stream is flushed and left open.
   *
   * @param grid its grid, with even distances between planes: the format knows no others
   * @throws IllegalArgumentException for uneven planes
   */
  public static void write(VoxelGrid grid, LabelMap.Layer layer, OutputStream out)
      throws IOException {
    if (grid.planes() > 1 && !grid.isRegular()) {
      throw new IllegalArgumentException("NIfTI needs planes at even distances");
    }
    int largest = layer.structures().stream().mapToInt(LabelledStructure::number).max().orElse(0);
    int bytes = largest <= LARGEST_UINT8 ? 1 : 2;
    byte[] extension = extension(layer);
    GZIPOutputStream packed = new GZIPOutputStream(out);
    BufferedOutputStream buffered = new BufferedOutputStream(packed, 1 << 16);
    buffered.write(header(grid, bytes, EXTENSION_START + extension.length).array());
    buffered.write(extension);
    for (short label : layer.labels()) {
      buffered.write(label);
      if (bytes == 2) {
        buffered.write(label >> 8);
      }
    }
    buffered.flush();
    packed.finish();
    out.flush();
  }

  private static byte[] extension(LabelMap.Layer layer) {
    StringBuilder text = new StringBuilder();
    for (LabelledStructure structure : layer.structures()) {
      text.append(structure.number()).append(' ').append(structure.name()).append('\n');
    }
    byte[] comment = text.toString().getBytes(StandardCharsets.UTF_8);
    int units = (EXTENSION_HEAD_BYTES + comment.length + EXTENSION_UNIT_BYTES - 1) / 16;
    ByteBuffer b = ByteBuffer.allocate(units * EXTENSION_UNIT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(b.capacity()).putInt(COMMENT).put(comment);
    return b.array();
  }

  private static ByteBuffer header(VoxelGrid grid, int bytes, int start) {
    double planeMm = grid.planes() > 1 ? grid.meanPlaneSpacingMm() : 1;
    Point origin = ras(grid.toPatientMm(0, 0, grid.planeOffsetMm(0)));
    Point x = ras(grid.rowDirection());
    Point y = ras(grid.columnDirection());
    Point z = ras(grid.normal());
    ByteBuffer b = ByteBuffer.allocate(EXTENSION_START).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0, HEADER_BYTES).put(38, (byte) 'r');
    b.putShort(40, (short) 3).putShort(42, (short) grid.columns());
    b.putShort(44, (short) grid.rows()).putShort(46, (short) grid.planes());
    b.putShort(48, (short) 1).putShort(50, (short) 1);
    b.putShort(52, (short) 1).putShort(54, (short) 1);
    b.putShort(68, (short) LABELS);
    b.putShort(70, (short) (bytes == 1 ? UINT8 : INT16)).putShort(72, (short) (8 * bytes));
    // both frames are right-handed, so the sign before the third axis is +1
    b.putFloat(76, 1);
    b.putFloat(80, (float) grid.columnSpacingMm());
    b.putFloat(84, (float) grid.rowSpacingMm());
    b.putFloat(88, (float) planeMm);
    b.putFloat(108, start).putFloat(112, 1);
    b.put(123, (byte) MILLIMETRES);
    b.putShort(252, (short) SCANNER).putShort(254, (short) SCANNER);
    quaternion(b, x, y, z);
    b.putFloat(268, (float) origin.xMm()).putFloat(272, (float) origin.yMm());
    b.putFloat(276, (float) origin.zMm());
    Point dx = x.times(grid.columnSpacingMm());
    Point dy = y.times(grid.rowSpacingMm());
    Point dz = z.times(planeMm);
    row(b, 280, dx.xMm(), dy.xMm(), dz.xMm(), origin.xMm());
    row(b, 296, dx.yMm(), dy.yMm(), dz.yMm(), origin.yMm());
    row(b, 312, dx.zMm(), dy.zMm(), dz.zMm(), origin.zMm());
    b.put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
    b.put(HEADER_BYTES, (byte) 1);
    return b;
  }

  private static void row(ByteBuffer b, int at, double x, double y, double z, double origin) {
    b.putFloat(at, (float) x).putFloat(at + 4, (float) y);
    b.putFloat(at + 8, (float) z).putFloat(at + 12, (float) origin);
  }

  /**
   * The rotation as a quaternion with a first part that is not negative; each part comes from the
   * largest one, which no cancellation can spoil (Shepperd, J Guid Control 1:223, 1978).
   */
  private static void quaternion(ByteBuffer bytes, Point x, Point y, Point z) {
    double[] squares = {
      1 + x.xMm() + y.yMm() + z.zMm(),
      1 + x.xMm() - y.yMm() - z.zMm(),
      1 - x.xMm() + y.yMm() - z.zMm(),
      1 - x.xMm() - y.yMm() + z.zMm()
    };
    int largest = 0;
    for (int part = 1; part < 4; part++) {
      largest = squares[part] > squares[largest] ? part : largest;
    }
    double yz = y.zMm() - z.yMm();
    double zx = z.xMm() - x.zMm();
    double xy = x.yMm() - y.xMm();
    double xPlusY = x.yMm() + y.xMm();
    double xPlusZ = x.zMm() + z.xMm();
    double yPlusZ = y.zMm() + z.yMm();
    double[][] rows = {
      {squares[0], yz, zx, xy},
      {yz, squares[1], xPlusY, xPlusZ},
      {zx, xPlusY, squares[2], yPlusZ},
      {xy, xPlusZ, yPlusZ, squares[3]}
    };
    double scale = 0.5 / Math.sqrt(squares[largest]);
    double sign = rows[largest][0] < 0 ? -1 : 1;
    bytes.putFloat(256, (float) (sign * scale * rows[largest][1]));
    bytes.putFloat(260, (float) (sign * scale * rows[largest][2]));
    bytes.putFloat(264, (float) (sign * scale * rows[largest][3]));
  }

  private static Point ras(Point lps) {
    return new Point(-lps.xMm(), -lps.yMm(), lps.zMm());
  }
}
