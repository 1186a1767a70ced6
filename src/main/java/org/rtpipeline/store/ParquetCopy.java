package org.rtpipeline.store;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.store.StoredTable.StoredColumn;

/** Writes rows as one plain Parquet file for people; used inside a task. */
public final class ParquetCopy {

  private static final String LARGEST_FILE =
      "delta.kernel.default.parquet.writer.targetMaxFileSize";

  private ParquetCopy() {}

  /**
   * Writes one Parquet file of a name of its own into a folder and returns its path; empty for no
   * rows.
   */
  public static Optional<String> write(
      Configuration hadoop, String folder, List<StoredColumn> columns, Iterator<StoredRow> rows)
      throws IOException {
    Configuration oneFile = new Configuration(hadoop);
    oneFile.setLong(LARGEST_FILE, Long.MAX_VALUE);
    StructType type = new StructType();
    for (StoredColumn column : columns) {
      type = type.add(new StructField(column.name(), Cells.dataType(column.type()), true));
    }
    return new ParquetFolder(oneFile, folder)
        .write(type, RowBatch.batches(type, cells(rows))).stream().map(DataFile::path).findFirst();
  }

  private static Iterator<@Nullable Object[]> cells(Iterator<StoredRow> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public @Nullable Object[] next() {
        return rows.next().cells();
      }
    };
  }
}
