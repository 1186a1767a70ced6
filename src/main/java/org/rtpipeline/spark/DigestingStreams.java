package org.rtpipeline.spark;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.rtpipeline.dicom.StreamOpener;

/** Opens files and keeps length and SHA-256 of every file that was read, whole, until it closed. */
final class DigestingStreams implements StreamOpener {

  private static final long serialVersionUID = 1L;
  private static final int DRAIN_BYTES = 64 * 1024;

  private final StreamOpener streams;
  private final TreeMap<String, Digest> digests = new TreeMap<>();

  DigestingStreams(StreamOpener streams) {
    this.streams = streams;
  }

  /** What was read of each file so far, by path. */
  Map<String, Digest> digests() {
    return digests;
  }

  @Override
  public InputStream open(String path) throws IOException {
    return new Digesting(path, streams.open(path), sha256());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * A file that was read.
   *
   * @param sizeBytes bytes from first to last
   * @param sha256 lower-case hexadecimal
   */
  record Digest(long sizeBytes, String sha256) implements java.io.Serializable {}

  /** Digests what is read, and on closing what a reader left unread. */
  private final class Digesting extends FilterInputStream {
    private final String path;
    private final MessageDigest digest;
    private long sizeBytes;
    private boolean closed;

    Digesting(String path, InputStream in, MessageDigest digest) {
      super(in);
      this.path = path;
      this.digest = digest;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        digest.update((byte) value);
        sizeBytes++;
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count > 0) {
        digest.update(bytes, offset, count);
        sizeBytes += count;
      }
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      byte[] scratch = new byte[(int) Math.max(0, Math.min(count, DRAIN_BYTES))];
      return Math.max(0, read(scratch, 0, scratch.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        byte[] scratch = new byte[DRAIN_BYTES];
        int count;
        do {
          count = read(scratch, 0, scratch.length);
        } while (count >= 0);
        digests.put(path, new Digest(sizeBytes, HexFormat.of().formatHex(digest.digest())));
      }
      super.close();
    }
  }
}
