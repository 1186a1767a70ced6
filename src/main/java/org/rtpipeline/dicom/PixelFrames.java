package org.rtpipeline.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.rtpipeline.model.Finding;

/** The frames of one object; each is decoded when it is asked for. */
final class PixelFrames {
  private final String path;
  private final String transferSyntaxUid;
  private final PixelFormat format;
  private final byte[] nativeBytes;
  private final List<byte[]> encodedFrames;

  private PixelFrames(
      String path,
      String transferSyntaxUid,
      PixelFormat format,
      byte[] nativeBytes,
      List<byte[]> encodedFrames) {
    this.path = path;
    this.transferSyntaxUid = transferSyntaxUid;
    this.format = format;
    this.nativeBytes = nativeBytes;
    this.encodedFrames = encodedFrames;
  }

  /**
   * The frames of an object.
   *
   * @throws DicomException when there are none, too few bytes, or no decoder
   */
  static PixelFrames of(String path, DicomObject object) throws DicomException {
    PixelFormat format = PixelFormat.of(path, object);
    String syntax = object.transferSyntaxUid();
    List<byte[]> fragments = object.fragments(Tags.PIXEL_DATA);
    byte[] bytes = object.bytes(Tags.PIXEL_DATA);
    if (fragments.isEmpty() && bytes.length == 0) {
      throw fault(Finding.Code.NO_PIXEL_DATA, path, "no pixel data (7FE0,0010)");
    }
    if (fragments.isEmpty()) {
      if (!TransferSyntax.isNative(syntax)) {
        throw fault(
            Finding.Code.TRANSFER_SYNTAX_MISMATCH,
            path,
            "pixel data are native in transfer syntax " + syntax);
      }
      long wanted = (long) format.samples() * format.frames() * format.sampleBytes();
      if (bytes.length < wanted) {
        throw fault(
            Finding.Code.TRUNCATED_PIXEL_DATA,
            path,
            "pixel data hold " + bytes.length + " bytes, expected " + wanted);
      }
      return new PixelFrames(path, syntax, format, bytes, List.of());
    }
    if (!FrameDecoder.supports(syntax)) {
      throw fault(
          Finding.Code.UNSUPPORTED_TRANSFER_SYNTAX,
          path,
          "encapsulated pixel data in transfer syntax " + syntax);
    }
    return new PixelFrames(
        path, syntax, format, new byte[0], frames(path, fragments, format.frames()));
  }

  PixelFormat format() {
    return format;
  }

  /**
   * Writes {@code slope x sample + intercept} of one frame, once and in double, to the target.
   *
   * @param target x fastest, then y
   * @param at index of the first sample in the target
   */
  void rescale(int frame, double slope, double intercept, float[] target, int at)
      throws DicomException {
    int frameBytes = format.samples() * format.sampleBytes();
    byte[] bytes = nativeBytes;
    int start = frame * frameBytes;
    if (!encodedFrames.isEmpty()) {
      start = 0;
      try {
        bytes = FrameDecoder.decode(transferSyntaxUid, encodedFrames.get(frame), format);
      } catch (ParseFailure failure) {
        throw fault(failure.code(), path, "frame " + frame + ": " + failure.reason());
      }
    }
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes, start, frameBytes).slice().order(ByteOrder.LITTLE_ENDIAN);
    int shift = Long.SIZE - format.bitsStored();
    boolean extend = format.isSigned() && format.bitsStored() < 8 * format.sampleBytes();
    for (int i = 0; i < format.samples(); i++) {
      long sample =
          switch (format.sampleBytes()) {
            case 1 -> format.isSigned() ? buffer.get(i) : buffer.get(i) & 0xFF;
            case 2 -> format.isSigned() ? buffer.getShort(2 * i) : buffer.getShort(2 * i) & 0xFFFF;
            default ->
                format.isSigned() ? buffer.getInt(4 * i) : buffer.getInt(4 * i) & 0xFFFFFFFFL;
          };
      if (extend && sample >= 0) {
        sample = sample << shift >> shift;
      }
      target[at + i] = (float) (slope * sample + intercept);
    }
  }

  /** True when both hold the same bytes. */
  boolean isSameAs(PixelFrames other) {
    return format.equals(other.format)
        && ByteBuffer.wrap(nativeBytes).equals(ByteBuffer.wrap(other.nativeBytes))
        && encodedFrames.size() == other.encodedFrames.size()
        && IntStream.range(0, encodedFrames.size())
            .allMatch(
                i ->
                    ByteBuffer.wrap(encodedFrames.get(i))
                        .equals(ByteBuffer.wrap(other.encodedFrames.get(i))));
  }

  /** Joins fragments to frames (PS3.5 A.4): by count, by offset table, or by codestream start. */
  private static List<byte[]> frames(String path, List<byte[]> fragments, int frames)
      throws DicomException {
    List<byte[]> data = fragments.subList(1, fragments.size());
    if (data.isEmpty()) {
      throw fault(Finding.Code.NO_PIXEL_DATA, path, "the pixel data have no fragment");
    }
    if (frames == 1) {
      return List.of(joined(data));
    }
    if (data.size() == frames) {
      return data;
    }
    List<List<byte[]>> groups = new ArrayList<>();
    byte[] table = fragments.get(0);
    ByteBuffer offsets = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    long position = 0;
    for (byte[] fragment : data) {
      int next = groups.size();
      boolean starts =
          table.length == 4 * frames
              ? next < frames && position == (offsets.getInt(4 * next) & 0xFFFFFFFFL)
              : startsCodestream(fragment);
      if (starts || groups.isEmpty()) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(fragment);
      position += 8L + fragment.length;
    }
    if (groups.size() != frames) {
      throw fault(
          Finding.Code.PIXEL_DECODE_FAILED,
          path,
          data.size() + " fragments do not make " + frames + " frames");
    }
    return groups.stream().map(PixelFrames::joined).toList();
  }

  private static boolean startsCodestream(byte[] fragment) {
    return fragment.length > 2
        && fragment[0] == (byte) 0xFF
        && (fragment[1] == (byte) 0xD8 || fragment[1] == 0x4F);
  }

  private static byte[] joined(List<byte[]> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static DicomException fault(Finding.Code code, String path, String message) {
    return new DicomException(code, path, DicomException.NO_OFFSET, message);
  }
}
