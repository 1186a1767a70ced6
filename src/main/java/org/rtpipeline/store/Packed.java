package org.rtpipeline.store;

import java.io.Serializable;

/**
 * A record as its bytes. Spark keeps and sends many of these where it would walk through every
 * object of as many records again and again, to know their size.
 *
 * @param <R> type of the record
 */
public final class Packed<R extends Record> implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Class<R> type;
  private final byte[] bytes;

  Packed(Class<R> type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** A record, packed. */
  public static <R extends Record> Packed<R> of(Class<R> type, R record) {
    return new Packed<>(type, RecordCodec.of(type).bytes(record));
  }

  /** The record, made anew at every call. */
  public R opened() {
    return RecordCodec.of(type).record(bytes);
  }

  /** Its bytes, shared. */
  byte[] bytes() {
    return bytes;
  }
}
