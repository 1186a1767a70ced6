package org.rtpipeline.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.FileRef;

/**
 * What a catalogue says of files that are asked for in its order; used inside a task. The catalogue
 * is read once from its first entry to its last, so the memory does not depend on its size.
 */
public final class KnownFiles implements Closeable {

  private static final CatalogueOrder ORDER = new CatalogueOrder();

  private final ScanCatalogue.Edition edition;
  private final Configuration hadoop;
  private final int last;
  private int part;
  private CatalogueFile.@Nullable Reader reader;
  private @Nullable PackedFile next;
  private boolean isBroken;

  /**
   * What is known of the files of one partition.
   *
   * @param partition from 0, of {@code partitions} that hold files by {@link CatalogueOrder#part}
   */
  public KnownFiles(
      ScanCatalogue.Edition edition, int partition, int partitions, Configuration hadoop) {
    this.edition = edition;
    this.hadoop = hadoop;
    this.part = CatalogueOrder.first(partition, partitions, edition.parts());
    this.last = CatalogueOrder.last(partition, partitions, edition.parts());
    advance();
  }

  /**
   * The entry of a file of the same URI, size and time; empty when there is none.
   *
   * @param file not before the one asked for last
   */
  public Optional<PackedFile> find(FileRef file) {
    while (next != null && ORDER.compare(next.file(), file) < 0) {
      advance();
    }
    return Optional.ofNullable(next).filter(entry -> entry.file().equals(file));
  }

  /** Whether a part could not be read to its end, so that files may be missing. */
  public boolean isBroken() {
    return isBroken;
  }

  /** A part that cannot be read further is as if it ended there. */
  private void advance() {
    next = null;
    while (next == null && part <= last) {
      try {
        if (reader == null) {
          reader = edition.reader(part, hadoop);
        }
        next = reader.next();
      } catch (IOException e) {
        isBroken = true;
      }
      if (next == null) {
        close();
        part++;
      }
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      try {
        reader.close();
      } catch (IOException e) {
        isBroken = true;
      }
      reader = null;
    }
  }
}
