package org.rtpipeline.store;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Rewrites the files that hold rows of replaced courses without these rows; a file without such a
 * row is left alone and not mentioned.
 */
final class Survivors implements FlatMapFunction<Iterator<DataFile>, Survivors.Rewritten> {

  private static final long serialVersionUID = 1L;

  /**
   * A file that goes and what takes its place.
   *
   * @param gone path of the file that goes
   * @param kept files with its other rows; empty when it has none
   */
  record Rewritten(String gone, List<DataFile> kept) implements Serializable {
    Rewritten {
      kept = List.copyOf(kept);
    }
  }

  private final String folder;
  private final String schemaJson;
  private final Broadcast<Set<String>> courseKeys;
  private final Broadcast<SerializableConfiguration> hadoop;

  Survivors(
      String folder,
      String schemaJson,
      Broadcast<Set<String>> courseKeys,
      Broadcast<SerializableConfiguration> hadoop) {
    this.folder = folder;
    this.schemaJson = schemaJson;
    this.courseKeys = courseKeys;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Rewritten> call(Iterator<DataFile> files) throws IOException {
    ParquetFolder parquet = new ParquetFolder(hadoop.value().value(), folder);
    StructType type = DeltaTable.schema(schemaJson);
    Set<String> gone = courseKeys.value();
    List<Rewritten> rewritten = new ArrayList<>();
    while (files.hasNext()) {
      DataFile file = files.next();
      if (holdsAny(parquet, file, gone)) {
        rewritten.add(new Rewritten(file.path(), survivors(parquet, file, type, gone)));
      }
    }
    return rewritten.iterator();
  }

  private static boolean holdsAny(ParquetFolder parquet, DataFile file, Set<String> gone)
      throws IOException {
    StructType key = new StructType().add(TableStore.COURSE_KEY, StringType.STRING);
    try (CloseableIterator<ColumnarBatch> batches = parquet.read(file, key)) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        for (int row = 0; row < batch.getSize(); row++) {
          if (gone.contains(batch.getColumnVector(0).getString(row))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static List<DataFile> survivors(
      ParquetFolder parquet, DataFile file, StructType type, Set<String> gone) throws IOException {
    int keyAt = type.indexOf(TableStore.COURSE_KEY);
    try (CloseableIterator<FilteredColumnarBatch> batches =
        parquet
            .read(file, type)
            .map(
                batch ->
                    new FilteredColumnarBatch(
                        batch, Optional.of(new Kept(batch.getColumnVector(keyAt), gone))))
            .filter(Survivors::anySelected)) {
      return batches.hasNext() ? parquet.write(type, batches) : List.of();
    }
  }

  private static boolean anySelected(FilteredColumnarBatch batch) {
    ColumnVector selected = batch.getSelectionVector().orElseThrow();
    for (int row = 0; row < selected.getSize(); row++) {
      if (selected.getBoolean(row)) {
        return true;
      }
    }
    return false;
  }

  /** True for the rows that stay. */
  private record Kept(ColumnVector keys, Set<String> gone) implements ColumnVector {
    @Override
    public DataType getDataType() {
      return BooleanType.BOOLEAN;
    }

    @Override
    public int getSize() {
      return keys.getSize();
    }

    @Override
    public void close() {}

    @Override
    public boolean isNullAt(int row) {
      return false;
    }

    @Override
    public boolean getBoolean(int row) {
      return !gone.contains(keys.getString(row));
    }
  }
}
