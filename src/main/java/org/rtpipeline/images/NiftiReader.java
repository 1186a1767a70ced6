package org.rtpipeline.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.rtpipeline.geometry.Point;

/**
 * Reads NIfTI-1 single files, compressed or not. Directions come from the qform, else the sform.
 */
public final class NiftiReader {

  private static final int HEADER_BYTES = 348;

  private NiftiReader() {}

  /**
   * The image of a stream, which is read to its end.
   *
   * @throws ImageFormatException when the content is not a three-dimensional NIfTI-1 file
   */
  public static StoredImage read(InputStream in) throws IOException {
    byte[] bytes = expanded(in).readAllBytes();
    if (bytes.length < HEADER_BYTES + 4) {
      throw new ImageFormatException("NIfTI header needs 352 bytes, file has " + bytes.length);
    }
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (b.getInt(0) != HEADER_BYTES) {
      b.order(ByteOrder.BIG_ENDIAN);
    }
    if (b.getInt(0) != HEADER_BYTES || b.get(344) != 'n' || b.get(345) != '+') {
      throw new ImageFormatException("not a NIfTI-1 single file: size or magic is wrong");
    }
    int[] counts = counts(b);
    NumberType type = type(b.getShort(70));
    double slope = b.getFloat(112);
    double intercept = b.getFloat(116);
    boolean scaled = slope != 0 && (slope != 1 || intercept != 0);
    int start = (int) b.getFloat(108);
    int voxels = Math.multiplyExact(Math.multiplyExact(counts[0], counts[1]), counts[2]);
    long needed = start + (long) voxels * type.bytes();
    if (start < HEADER_BYTES || needed > bytes.length) {
      throw new ImageFormatException(
          "NIfTI image ends at byte " + needed + ", file has " + bytes.length);
    }
    double[] spacingMm = {b.getFloat(80), b.getFloat(84), b.getFloat(88)};
    Frame frame = b.getShort(252) > 0 ? qform(b) : sform(b, spacingMm);
    float[] values = type.readAll(b, start, voxels, scaled ? slope : 1, scaled ? intercept : 0);
    NumberType made = scaled && type != NumberType.FLOAT64 ? NumberType.FLOAT32 : type;
    double[] exact = made.isSingle() ? null : type.readAll(b, start, voxels);
    if (exact != null && scaled) {
      for (int i = 0; i < voxels; i++) {
        exact[i] = exact[i] * slope + intercept;
      }
    }
    return new StoredImage(
        counts, spacingMm, frame.directions, frame.originMm, made, values, exact);
  }

  private record Frame(List<Point> directions, Point originMm) {}

  static InputStream expanded(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    buffered.mark(2);
    int first = buffered.read();
    int second = buffered.read();
    buffered.reset();
    return first == 0x1f && second == 0x8b ? new GZIPInputStream(buffered) : buffered;
  }

  private static int[] counts(ByteBuffer b) throws ImageFormatException {
    int dimensions = b.getShort(40);
    int[] counts = {b.getShort(42), b.getShort(44), Math.max(1, b.getShort(46))};
    boolean more = false;
    for (int d = 4; d <= dimensions && d < 8; d++) {
      more |= b.getShort(40 + 2 * d) > 1;
    }
    if (dimensions < 2 || dimensions > 7 || more || counts[0] < 1 || counts[1] < 1) {
      throw new ImageFormatException("NIfTI image has " + dimensions + " dimensions, expected 3");
    }
    return counts;
  }

  private static NumberType type(int code) throws ImageFormatException {
    return switch (code) {
      case 2 -> NumberType.UINT8;
      case 4 -> NumberType.INT16;
      case 8 -> NumberType.INT32;
      case 16 -> NumberType.FLOAT32;
      case 64 -> NumberType.FLOAT64;
      case 256 -> NumberType.INT8;
      case 512 -> NumberType.UINT16;
      case 768 -> NumberType.UINT32;
      default ->
          throw new ImageFormatException("NIfTI datatype " + code + " is not a plain number");
    };
  }

  private static Frame qform(ByteBuffer at) {
    double b = at.getFloat(256);
    double c = at.getFloat(260);
    double d = at.getFloat(264);
    double a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
    double flip = at.getFloat(76) < 0 ? -1 : 1;
    Point x = lps(a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c));
    Point y = lps(2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b));
    Point z = lps(2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - b * b - c * c);
    Point origin = lps(at.getFloat(268), at.getFloat(272), at.getFloat(276));
    return new Frame(List.of(x, y, z.times(flip)), origin);
  }

  private static Frame sform(ByteBuffer at, double[] spacingMm) {
    if (at.getShort(254) <= 0) {
      return new Frame(List.of(lps(1, 0, 0), lps(0, 1, 0), lps(0, 0, 1)), Point.ORIGIN);
    }
    List<Point> directions = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      Point step =
          lps(
              at.getFloat(280 + 4 * axis),
              at.getFloat(296 + 4 * axis),
              at.getFloat(312 + 4 * axis));
      spacingMm[axis] = step.length();
      directions.add(step.times(1 / step.length()));
    }
    return new Frame(directions, lps(at.getFloat(292), at.getFloat(308), at.getFloat(324)));
  }

  private static Point lps(double x, double y, double z) {
    return new Point(-x, -y, z);
  }
}
