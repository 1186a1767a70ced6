package org.rtpipeline.store;

import java.io.Serializable;
import java.util.Comparator;
import org.rtpipeline.model.FileRef;

/**
 * The order of files in a catalogue, and which part of it a file is in: by a hash of the URI, so
 * that parts are equally large whatever the folders, then by the URI. With any number of parts, the
 * parts in their order are the whole in its order.
 */
public final class CatalogueOrder implements Comparator<FileRef>, Serializable {

  private static final long serialVersionUID = 1L;
  private static final long PLACES = 1L << 31;

  /** Spreads neighbouring hashes; multiplier of Fibonacci hashing (Knuth, TAOCP 3, 6.4). */
  private static final int SPREAD = 0x9E3779B9;

  @Override
  public int compare(FileRef one, FileRef other) {
    int byPlace = Long.compare(place(one), place(other));
    return byPlace != 0 ? byPlace : one.uri().compareTo(other.uri());
  }

  /** The part of a file, from 0. */
  public static int part(FileRef file, int parts) {
    return part(place(file), parts);
  }

  /** The first of the parts, of a number of them, that can hold a file of a part of another. */
  static int first(int part, int parts, int ofParts) {
    return part(lowest(part, parts), ofParts);
  }

  /** The last of them. */
  static int last(int part, int parts, int ofParts) {
    return part(lowest(part + 1, parts) - 1, ofParts);
  }

  private static int part(long place, int parts) {
    return Math.toIntExact(place * parts / PLACES);
  }

  private static long lowest(int part, int parts) {
    return (part * PLACES + parts - 1) / parts;
  }

  private static long place(FileRef file) {
    int hash = file.uri().hashCode() * SPREAD;
    return (hash ^ hash >>> 15) & PLACES - 1;
  }
}
