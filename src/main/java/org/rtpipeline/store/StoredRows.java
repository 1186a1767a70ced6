package org.rtpipeline.store;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Reads the rows of Parquet files, a file at a time. */
final class StoredRows implements FlatMapFunction<Iterator<DataFile>, StoredRow> {

  private static final long serialVersionUID = 1L;

  private final String schemaJson;
  private final Broadcast<SerializableConfiguration> hadoop;

  StoredRows(String schemaJson, Broadcast<SerializableConfiguration> hadoop) {
    this.schemaJson = schemaJson;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<StoredRow> call(Iterator<DataFile> files) throws IOException {
    ParquetFolder parquet = new ParquetFolder(hadoop.value().value(), "");
    StructType type = DeltaTable.schema(schemaJson);
    List<StoredRow> rows = new ArrayList<>();
    while (files.hasNext()) {
      try (CloseableIterator<ColumnarBatch> batches = parquet.read(files.next(), type)) {
        while (batches.hasNext()) {
          add(rows, batches.next(), type.length());
        }
      }
    }
    return rows.iterator();
  }

  private static void add(List<StoredRow> rows, ColumnarBatch batch, int width) {
    ColumnVector[] columns = new ColumnVector[width];
    for (int i = 0; i < width; i++) {
      columns[i] = batch.getColumnVector(i);
    }
    for (int row = 0; row < batch.getSize(); row++) {
      @Nullable Object[] cells = new @Nullable Object[width];
      for (int i = 0; i < width; i++) {
        cells[i] = ParquetFolder.cell(columns[i], row);
      }
      rows.add(new StoredRow(cells));
    }
  }
}
