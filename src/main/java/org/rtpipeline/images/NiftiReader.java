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
 * Reads NIfTI-1 single files, compressed or not. Directions and origin come from the qform or the
 * sform by the rules of ITK, spacing from its own fields.
 */
public final class NiftiReader {

  private static final int HEADER_BYTES = 348;

  /** Code of coordinates of the scanner. */
  private static final int SCANNER = 1;

  /** Least real part, squared, of the quaternion of less than half a turn. */
  private static final double HALF_TURN = 1e-7;

  /** By how much numbers of two frames, and cosines of right angles, may be off. */
  private static final double CLOSE = 1e-4;

  private NiftiReader() {}

  /**
   * The image of a stream, which is read to its end.
   *
   * @throws ImageFormatException when the content is not a three-dimensional NIfTI-1 file
   */
  public static StoredImage read(InputStream in) throws IOException {
    return read(in, Channel.ONLY);
  }

  static StoredImage read(InputStream in, Channel channel) throws IOException {
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
    int channels = b.getShort(40) < 5 ? 1 : Math.max(1, b.getShort(50));
    long needed = start + (long) voxels * channels * type.bytes();
    if (start < HEADER_BYTES || needed > bytes.length) {
      throw new ImageFormatException(
          "NIfTI image ends at byte " + needed + ", file has " + bytes.length);
    }
    ByteBuffer data = b;
    if (channels > 1) {
      data = channel.of(b, start, type, channels, voxels, voxels);
      start = 0;
    }
    double[] spacingMm = {b.getFloat(80), b.getFloat(84), b.getFloat(88)};
    Frame frame = frame(b, spacingMm);
    float[] values = type.readAll(data, start, voxels, scaled ? slope : 1, scaled ? intercept : 0);
    NumberType made = scaled && type != NumberType.FLOAT64 ? NumberType.FLOAT32 : type;
    double[] exact = made.isSingle() ? null : type.readAll(data, start, voxels);
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
      more |= d != 5 && b.getShort(40 + 2 * d) > 1;
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

  /**
   * Directions and origin as ITK chooses them: those of the sform where it has right angles and
   * either names the scanner, or agrees with the qform, or stands alone; else those of the qform.
   */
  private static Frame frame(ByteBuffer b, double[] spacingMm) {
    boolean hasQform = b.getShort(252) > 0;
    boolean hasSform = b.getShort(254) > 0;
    if (!hasQform && !hasSform) {
      return new Frame(List.of(lps(1, 0, 0), lps(0, 1, 0), lps(0, 0, 1)), Point.ORIGIN);
    }
    float[][] sform = sform(b);
    if (!hasQform) {
      for (int axis = 0; axis < 3; axis++) {
        spacingMm[axis] = spacingMm[axis] > 0 ? spacingMm[axis] : length(sform, axis);
      }
      return frame(sform);
    }
    float[][] qform = qform(b, spacingMm);
    boolean isPreferred =
        hasSform && hasRightAngles(sform) && (b.getShort(254) == SCANNER || isLike(sform, qform));
    return frame(isPreferred ? sform : qform);
  }

  /** Steps of the qform along the axes of the file, and the origin, in single precision. */
  private static float[][] qform(ByteBuffer at, double[] spacingMm) {
    double b = at.getFloat(256);
    double c = at.getFloat(260);
    double d = at.getFloat(264);
    double a = 1 - (b * b + c * c + d * d);
    if (a < HALF_TURN) {
      double scale = 1 / Math.sqrt(b * b + c * c + d * d);
      b *= scale;
      c *= scale;
      d *= scale;
      a = 0;
    } else {
      a = Math.sqrt(a);
    }
    double x = spacingMm[0] > 0 ? spacingMm[0] : 1;
    double y = spacingMm[1] > 0 ? spacingMm[1] : 1;
    double z = (spacingMm[2] > 0 ? spacingMm[2] : 1) * (at.getFloat(76) < 0 ? -1 : 1);
    return new float[][] {
      {
        (float) ((a * a + b * b - c * c - d * d) * x),
        (float) (2 * (b * c - a * d) * y),
        (float) (2 * (b * d + a * c) * z),
        at.getFloat(268)
      },
      {
        (float) (2 * (b * c + a * d) * x),
        (float) ((a * a + c * c - b * b - d * d) * y),
        (float) (2 * (c * d - a * b) * z),
        at.getFloat(272)
      },
      {
        (float) (2 * (b * d - a * c) * x),
        (float) (2 * (c * d + a * b) * y),
        (float) ((a * a + d * d - c * c - b * b) * z),
        at.getFloat(276)
      }
    };
  }

  private static float[][] sform(ByteBuffer at) {
    float[][] form = new float[3][4];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 4; c++) {
        form[r][c] = at.getFloat(280 + 16 * r + 4 * c);
      }
    }
    return form;
  }

  private static double length(float[][] form, int axis) {
    double square = 0;
    for (int r = 0; r < 3; r++) {
      square += (double) form[r][axis] * form[r][axis];
    }
    return Math.sqrt(square);
  }

  private static boolean hasRightAngles(float[][] form) {
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < i; j++) {
        double dot = 0;
        for (int r = 0; r < 3; r++) {
          dot += form[r][i] / length(form, i) * (form[r][j] / length(form, j));
        }
        if (!(Math.abs(dot) <= CLOSE)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isLike(float[][] one, float[][] other) {
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 4; c++) {
        if (!(Math.abs(one[r][c] - other[r][c]) <= CLOSE)) {
          return false;
        }
      }
    }
    return true;
  }

  private static Frame frame(float[][] form) {
    List<Point> directions = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      double length = length(form, axis);
      directions.add(lps(form[0][axis] / length, form[1][axis] / length, form[2][axis] / length));
    }
    return new Frame(directions, lps(form[0][3], form[1][3], form[2][3]));
  }

  private static Point lps(double x, double y, double z) {
    return new Point(-x, -y, z);
  }
}
