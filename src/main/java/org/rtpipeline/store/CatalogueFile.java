package org.rtpipeline.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.ScannedFile;

/**
 * One file of a catalogue: blocks of entries, each compressed and sealed. A block says whether more
 * come, so that a file that was cut shows it too.
 */
final class CatalogueFile {

  private static final int BLOCK_BYTES = 256 * 1024;
  private static final int LARGEST_BLOCK_BYTES = 64 * 1024 * 1024;

  private CatalogueFile() {}

  /** The bytes of a catalogue are not what was written. */
  static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
      super(message);
    }
  }

  /** What stands before the content of an entry. */
  private record Head(FileRef file, ScannedFile.Use use) {}

  private static String place(String name, int block, boolean isLast) {
    return name + "\n" + block + "\n" + isLast;
  }

  /** Writes a file, entry after entry. */
  static final class Writer implements Closeable {
    private final DataOutputStream out;
    private final Seal seal;
    private final String name;
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private int block;

    /**
     * A writer.
     *
     * @param name what file it is; it can be read under that name only
     */
    Writer(OutputStream out, Seal seal, String name) {
      this.out = new DataOutputStream(out);
      this.seal = seal;
      this.name = name;
    }

    void write(PackedFile file) throws IOException {
      DataOutputStream entry = new DataOutputStream(entries);
      byte[] head = RecordCodec.of(Head.class).bytes(new Head(file.file(), file.use()));
      byte[] content = file.content().bytes();
      entry.writeInt(head.length);
      entry.write(head);
      entry.writeInt(content.length);
      entry.write(content);
      if (entries.size() >= BLOCK_BYTES) {
        flush(false);
      }
    }

    private void flush(boolean isLast) throws IOException {
      ByteArrayOutputStream small = new ByteArrayOutputStream();
      Deflater deflater = new Deflater(Deflater.BEST_SPEED);
      try (DeflaterOutputStream deflated = new DeflaterOutputStream(small, deflater)) {
        entries.writeTo(deflated);
      } finally {
        deflater.end();
      }
      byte[] sealed = seal.closed(small.toByteArray(), place(name, block, isLast));
      out.writeBoolean(isLast);
      out.writeInt(sealed.length);
      out.write(sealed);
      entries.reset();
      block++;
    }

    /** Writes what is left and closes the stream. */
    @Override
    public void close() throws IOException {
      try (out) {
        flush(true);
      }
    }
  }

  /** Reads a file, entry after entry; only one block of it is in memory. */
  static final class Reader implements Closeable {
    private final DataInputStream in;
    private final Seal seal;
    private final String name;
    private DataInputStream entries = new DataInputStream(InputStream.nullInputStream());
    private boolean wasLast;
    private int block;

    Reader(InputStream in, Seal seal, String name) {
      this.in = new DataInputStream(in);
      this.seal = seal;
      this.name = name;
    }

    /**
     * The next entry; null behind the last.
     *
     * @throws BrokenException when the file is not as it was written
     */
    @Nullable PackedFile next() throws IOException {
      while (entries.available() == 0) {
        if (wasLast) {
          return null;
        }
        load();
      }
      Head head = RecordCodec.of(Head.class).record(bytes());
      return new PackedFile(head.file(), head.use(), new Packed<>(ScannedFile.class, bytes()));
    }

    private byte[] bytes() throws IOException {
      return entries.readNBytes(entries.readInt());
    }

    private void load() throws IOException {
      int last = in.read();
      if (last < 0) {
        throw new BrokenException("it ends before its last block");
      }
      int length = in.readInt();
      if (length < 0 || length > LARGEST_BLOCK_BYTES) {
        throw new BrokenException("no block has " + length + " bytes");
      }
      wasLast = last == 1;
      byte[] sealed = in.readNBytes(length);
      byte[] small =
          seal.opened(sealed, place(name, block, wasLast))
              .orElseThrow(() -> new BrokenException("a block is not as it was written"));
      try (InflaterInputStream inflated =
          new InflaterInputStream(new ByteArrayInputStream(small))) {
        entries = new DataInputStream(new ByteArrayInputStream(inflated.readAllBytes()));
      }
      block++;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
