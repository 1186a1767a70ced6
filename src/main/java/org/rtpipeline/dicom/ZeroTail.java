package org.rtpipeline.dicom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Knows behind which byte of a stream nothing but zeros came: some exports pad files with zeros, to
 * an even length or to whole blocks of a medium, where PS3.10 7.2 has an element for it.
 */
final class ZeroTail extends FilterInputStream {

  private long count;
  private long zerosFrom;
  private long markedCount;
  private long markedZerosFrom;

  ZeroTail(InputStream in) {
    super(in);
  }

  /** True when all bytes from an offset to where the stream was read were zeros. */
  boolean isZeroFrom(long offset) {
    return offset >= zerosFrom;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      count++;
      zerosFrom = value == 0 ? zerosFrom : count;
    }
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int got = in.read(target, offset, length);
    if (got > 0) {
      int last = got - 1;
      while (last >= 0 && target[offset + last] == 0) {
        last--;
      }
      zerosFrom = last < 0 ? zerosFrom : count + last + 1;
      count += got;
    }
    return got;
  }

  @Override
  public long skip(long length) throws IOException {
    long skipped = in.skip(length);
    if (skipped > 0) {
      count += skipped;
      zerosFrom = count;
    }
    return skipped;
  }

  @Override
  public synchronized void mark(int readLimit) {
    in.mark(readLimit);
    markedCount = count;
    markedZerosFrom = zerosFrom;
  }

  @Override
  public synchronized void reset() throws IOException {
    in.reset();
    count = markedCount;
    zerosFrom = markedZerosFrom;
  }
}
