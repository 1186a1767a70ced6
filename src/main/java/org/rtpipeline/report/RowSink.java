package org.rtpipeline.report;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.rtpipeline.store.StoredRow;

/** A file that takes rows one by one. */
interface RowSink extends Closeable {
  void add(StoredRow row) throws IOException;

  /** What a reader of the file must know of the way the rows were written. */
  default List<String> notices() {
    return List.of();
  }
}
