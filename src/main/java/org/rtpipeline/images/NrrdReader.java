package org.rtpipeline.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.rtpipeline.geometry.Point;

/** Reads NRRD files with their data attached, raw or compressed, three-dimensional. */
public final class NrrdReader {

  private NrrdReader() {}

  /**
   * The image of a stream, which is read to its end.
   *
   * @throws ImageFormatException when the content is not such a file
   */
  public static StoredImage read(InputStream in) throws IOException {
    return read(in, Channel.ONLY);
  }

  static StoredImage read(InputStream in, Channel channel) throws IOException {
    byte[] bytes = in.readAllBytes();
    int end = headerEnd(bytes);
    Map<String, String> fields =
        fields(new String(bytes, 0, end, StandardCharsets.US_ASCII).lines().toList());
    Sizes sizes = Sizes.of(field(fields, "sizes"), field(fields, "space directions"));
    int[] counts = counts(sizes.space());
    NumberType type = type(field(fields, "type"));
    byte[] data = data(bytes, end, field(fields, "encoding"));
    ByteBuffer b = ByteBuffer.wrap(data);
    b.order(
        fields.getOrDefault("endian", "little").equals("big")
            ? ByteOrder.BIG_ENDIAN
            : ByteOrder.LITTLE_ENDIAN);
    int voxels = Math.multiplyExact(Math.multiplyExact(counts[0], counts[1]), counts[2]);
    long needed = (long) voxels * sizes.channels() * type.bytes();
    if (needed > data.length) {
      throw new ImageFormatException(
          "NRRD image needs " + needed + " bytes, file has " + data.length);
    }
    if (sizes.channels() > 1) {
      b = channel.of(b, 0, type, sizes.channels(), sizes.apart(), voxels);
    }
    Point sign = sign(fields.getOrDefault("space", "left-posterior-superior"));
    List<Point> steps = points(field(fields, "space directions"), sign);
    List<Point> origins = points(fields.getOrDefault("space origin", "(0,0,0)"), sign);
    if (steps.size() != 3 || origins.size() != 1) {
      throw new ImageFormatException("NRRD space needs three directions and one origin");
    }
    double[] spacingMm = new double[3];
    List<Point> directions = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      spacingMm[axis] = steps.get(axis).length();
      // by the reciprocal, as ITK does: the last bits decide where new voxels fall half-way
      directions.add(steps.get(axis).times(1 / spacingMm[axis]));
    }
    float[] values = type.readAll(b, 0, voxels, 1, 0);
    double[] exact = type.isSingle() ? null : type.readAll(b, 0, voxels);
    return new StoredImage(counts, spacingMm, directions, origins.get(0), type, values, exact);
  }

  private static int headerEnd(byte[] bytes) throws ImageFormatException {
    if (bytes.length < 8 || !new String(bytes, 0, 7, StandardCharsets.US_ASCII).equals("NRRD000")) {
      throw new ImageFormatException("not a NRRD file: magic is wrong");
    }
    for (int i = 1; i < bytes.length; i++) {
      boolean empty = bytes[i] == '\n' && bytes[i - 1] == '\n';
      boolean emptyDos = i > 2 && bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n';
      if (empty || emptyDos) {
        return i + 1;
      }
    }
    throw new ImageFormatException("NRRD header does not end");
  }

  private static Map<String, String> fields(List<String> lines) {
    Map<String, String> fields = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      if (!line.startsWith("#") && colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 2).strip());
      }
    }
    return fields;
  }

  private static String field(Map<String, String> fields, String name) throws ImageFormatException {
    String value = fields.get(name);
    if (value == null) {
      throw new ImageFormatException("NRRD header has no field " + name);
    }
    return value;
  }

  /**
   * Sizes of the axes in space, and how many numbers a voxel has.
   *
   * @param space sizes of the three axes
   * @param channels numbers of a voxel
   * @param apart numbers between two of a voxel
   */
  private record Sizes(List<String> space, int channels, int apart) {

    /** The axis that has no direction, if there is one beside three, is that of the channels. */
    static Sizes of(String sizes, String directions) throws ImageFormatException {
      List<String> parts = new ArrayList<>(List.of(sizes.split(" +", -1)));
      List<String> steps = List.of(directions.strip().split(" +(?=\\(|none)", -1));
      int without = steps.indexOf("none");
      if (parts.size() == 4 && steps.size() == 4 && without >= 0) {
        int apart = 1;
        for (String part : parts.subList(0, without)) {
          apart = Math.multiplyExact(apart, (int) number(part));
        }
        int channels = (int) number(parts.remove(without));
        return new Sizes(parts, channels, apart);
      }
      if (parts.size() != 3) {
        throw new ImageFormatException("NRRD sizes are " + sizes + ", expected three");
      }
      return new Sizes(parts, 1, 1);
    }
  }

  private static int[] counts(List<String> parts) throws ImageFormatException {
    int[] counts = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      counts[axis] = (int) number(parts.get(axis));
    }
    return counts;
  }

  private static NumberType type(String name) throws ImageFormatException {
    return switch (name) {
      case "signed char", "int8", "int8_t" -> NumberType.INT8;
      case "unsigned char", "uchar", "uint8", "uint8_t" -> NumberType.UINT8;
      case "short", "int16", "int16_t", "signed short", "short int" -> NumberType.INT16;
      case "unsigned short", "ushort", "uint16", "uint16_t" -> NumberType.UINT16;
      case "int", "int32", "int32_t", "signed int" -> NumberType.INT32;
      case "unsigned int", "uint", "uint32", "uint32_t" -> NumberType.UINT32;
      case "float" -> NumberType.FLOAT32;
      case "double" -> NumberType.FLOAT64;
      default -> throw new ImageFormatException("NRRD type " + name + " is not supported");
    };
  }

  private static byte[] data(byte[] bytes, int start, String encoding) throws IOException {
    InputStream rest = new ByteArrayInputStream(bytes, start, bytes.length - start);
    return switch (encoding) {
      case "raw" -> rest.readAllBytes();
      case "gzip", "gz" -> new GZIPInputStream(rest).readAllBytes();
      default -> throw new ImageFormatException("NRRD encoding " + encoding + " is not supported");
    };
  }

  private static Point sign(String space) throws ImageFormatException {
    return switch (space.toLowerCase(Locale.ROOT)) {
      case "left-posterior-superior", "lps" -> new Point(1, 1, 1);
      case "right-anterior-superior", "ras" -> new Point(-1, -1, 1);
      case "left-anterior-superior", "las" -> new Point(1, -1, 1);
      default -> throw new ImageFormatException("NRRD space " + space + " is not supported");
    };
  }

  private static List<Point> points(String text, Point sign) throws ImageFormatException {
    List<Point> points = new ArrayList<>();
    for (String vector : List.of(text.split("\\)", -1))) {
      int open = vector.indexOf('(');
      if (open >= 0) {
        List<String> parts = List.of(vector.substring(open + 1).split(",", -1));
        if (parts.size() != 3) {
          throw new ImageFormatException("NRRD vector " + vector + ") has not three numbers");
        }
        points.add(
            new Point(
                sign.xMm() * number(parts.get(0)),
                sign.yMm() * number(parts.get(1)),
                sign.zMm() * number(parts.get(2))));
      }
    }
    return points;
  }

  private static double number(String text) throws ImageFormatException {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException expected) {
      throw new ImageFormatException("NRRD header has " + text + " for a number");
    }
  }
}
