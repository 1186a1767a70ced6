package org.rtpipeline.store;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Reads and writes the Parquet files of one folder; used inside a task. */
final class ParquetFolder {

  private final Engine engine;
  private final String folder;

  ParquetFolder(Configuration hadoop, String folder) {
    this.engine = DefaultEngine.create(hadoop);
    this.folder = folder;
  }

  /** Writes the batches and says which files came of it; none for no rows. */
  List<DataFile> write(StructType type, CloseableIterator<FilteredColumnarBatch> batches)
      throws IOException {
    List<Column> statistics =
        type.indexOf(TableStore.COURSE_KEY) < 0
            ? List.of()
            : List.of(new Column(TableStore.COURSE_KEY));
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterator<DataFileStatus> written =
        engine.getParquetHandler().writeParquetFiles(folder, batches, statistics)) {
      while (written.hasNext()) {
        files.add(DataFile.written(written.next(), type));
      }
    }
    return files;
  }

  /** The batches of a file; a column that the file lacks is all null. */
  CloseableIterator<ColumnarBatch> read(DataFile file, StructType type) throws IOException {
    return engine
        .getParquetHandler()
        .readParquetFiles(
            Utils.singletonCloseableIterator(file.fileStatus()), type, Optional.empty())
        .map(FileReadResult::getData);
  }

  /** One cell of a batch, as the records had it; null when empty. */
  static @Nullable Object cell(ColumnVector column, int row) {
    if (column.isNullAt(row)) {
      return null;
    }
    DataType type = column.getDataType();
    if (type instanceof ArrayType) {
      ColumnVector elements = column.getArray(row).getElements();
      List<@Nullable Object> list = new ArrayList<>(elements.getSize());
      for (int i = 0; i < elements.getSize(); i++) {
        list.add(cell(elements, i));
      }
      return list;
    }
    if (type instanceof DoubleType) {
      return column.getDouble(row);
    }
    if (type instanceof IntegerType) {
      return column.getInt(row);
    }
    if (type instanceof LongType) {
      return column.getLong(row);
    }
    if (type instanceof BooleanType) {
      return column.getBoolean(row);
    }
    return column.getString(row);
  }
}
