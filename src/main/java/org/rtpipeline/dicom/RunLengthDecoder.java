package org.rtpipeline.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.rtpipeline.model.Finding;

/** Undoes the run length encoding of one frame (PS3.5 G). */
final class RunLengthDecoder {
  private static final int HEADER_BYTES = 64;
  private static final int MOST_SEGMENTS = 15;

  private RunLengthDecoder() {}

  /**
   * The samples of a frame, little endian. Each byte of a sample has a segment of its own, the most
   * significant first.
   *
   * @throws ParseFailure when the segments are not those of the frame
   */
  static byte[] decode(byte[] frame, int samples, int sampleBytes) throws ParseFailure {
    if (frame.length < HEADER_BYTES) {
      throw failure(0, "shorter than its header");
    }
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int segments = header.getInt(0);
    if (segments != sampleBytes || segments > MOST_SEGMENTS) {
      throw failure(0, segments + " segments, expected " + sampleBytes);
    }
    byte[] decoded = new byte[Math.multiplyExact(samples, sampleBytes)];
    for (int segment = 0; segment < segments; segment++) {
      int start = header.getInt(4 * (1 + segment));
      int end = segment + 1 < segments ? header.getInt(4 * (2 + segment)) : frame.length;
      if (start < HEADER_BYTES || end < start || end > frame.length) {
        throw failure(start, "segment " + segment + " lies outside the frame");
      }
      segment(frame, start, end, decoded, sampleBytes - 1 - segment, sampleBytes);
    }
    return decoded;
  }

  private static void segment(
      byte[] frame, int start, int end, byte[] target, int first, int stride) throws ParseFailure {
    int next = first;
    int at = start;
    while (at < end && next < target.length) {
      int count = frame[at++];
      if (count >= 0) {
        if (at + count + 1 > end) {
          throw failure(at, "a literal run leaves its segment");
        }
        for (int i = 0; i <= count && next < target.length; i++, next += stride) {
          target[next] = frame[at + i];
        }
        at += count + 1;
      } else if (count != Byte.MIN_VALUE) {
        if (at >= end) {
          throw failure(at, "a replicate run leaves its segment");
        }
        for (int i = 0; i <= -count && next < target.length; i++, next += stride) {
          target[next] = frame[at];
        }
        at++;
      }
    }
    if (next < target.length) {
      throw failure(end, "a segment ends before its samples");
    }
  }

  private static ParseFailure failure(int offset, String message) {
    return new ParseFailure(Finding.Code.PIXEL_DECODE_FAILED, offset, "run lengths: " + message);
  }
}
