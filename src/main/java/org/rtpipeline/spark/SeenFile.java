package org.rtpipeline.spark;

import java.io.Serializable;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.store.PackedFile;

/**
 * What the scan made of a file, and where it knows it from.
 *
 * @param packed the result
 * @param origin where from
 */
record SeenFile(PackedFile packed, Origin origin) implements Serializable {

  /** Where the scan knows a file from. */
  enum Origin {
    /** The catalogue: it was not opened. */
    KNOWN,
    /** Its bytes. */
    READ,
    /** Its bytes; the part of the catalogue where it might stand cannot be read. */
    READ_FOR_BROKEN_CATALOGUE,
    /** Its bytes, which may yet change without a change of size or time, or were not to be had. */
    UNSURE,
    /** The listing: no regular file. */
    LISTED
  }

  ScannedFile.Use use() {
    return packed.use();
  }

  /** The result, made anew at every call. */
  ScannedFile file() {
    return packed.opened();
  }

  /** Whether the next scan may believe it when size and time are the same. */
  boolean isLasting() {
    return origin == Origin.KNOWN
        || origin == Origin.READ
        || origin == Origin.READ_FOR_BROKEN_CATALOGUE;
  }
}
