package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.rtpipeline.model.Finding;

/** Undoes the deflation of a data set, and stops when more comes out than an honest file holds. */
final class CappedInflation extends InflaterInputStream {
  /** Always allowed, bytes. */
  static final long FREE_BYTES = 64L << 20;

  /** Allowed beyond that: this many bytes for one deflated byte. */
  static final long RATIO = 200;

  /** Never allowed, bytes. */
  static final long HARD_BYTES = 4L << 30;

  private static final int BUFFER_BYTES = 16 * 1024;

  /**
   * Inflates raw deflate data, or zlib data where their header is there.
   *
   * @param in at the first deflated byte, supports mark
   */
  CappedInflation(InputStream in) throws IOException {
    super(in, new Inflater(!hasZlibHeader(in)), BUFFER_BYTES);
  }

  private static boolean hasZlibHeader(InputStream in) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    return first == 0x78 && second >= 0 && (first * 256 + second) % 31 == 0;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    long written = inf.getBytesWritten();
    if (written > HARD_BYTES || (written > FREE_BYTES && written > RATIO * inf.getBytesRead())) {
      throw new ParseFailure(
          Finding.Code.INFLATE_LIMIT,
          written,
          inf.getBytesRead() + " deflated bytes give more than " + written);
    }
    return count;
  }

  @Override
  public void close() {
    inf.end();
  }
}
