package org.rtpipeline.spark;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.rtpipeline.store.Packed;

/**
 * Records that are asked for more than once. Spark keeps them packed: to keep records as they are,
 * it would estimate their size by walking through all of their objects many times over.
 *
 * @param <R> type of the records
 */
final class Kept<R extends Record & Serializable> {

  private final JavaRDD<Packed<R>> packed;

  private Kept(JavaRDD<Packed<R>> packed) {
    this.packed = packed;
  }

  /** The records, kept when they are first computed. */
  static <R extends Record & Serializable> Kept<R> of(Class<R> type, JavaRDD<R> records) {
    return new Kept<>(
        records.map(record -> Packed.of(type, record)).persist(StorageLevel.MEMORY_AND_DISK()));
  }

  /** The records, each made anew where it is used. */
  JavaRDD<R> records() {
    return packed.map(Packed::opened);
  }

  /** Frees them. */
  void close() {
    packed.unpersist();
  }
}
