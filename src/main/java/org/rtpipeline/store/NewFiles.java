package org.rtpipeline.store;

import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * Writes the records of a partition as Parquet and hands back the files. Only the table's name
 * travels to the tasks: a record knows its schema by a static reference.
 */
final class NewFiles implements FlatMapFunction<Iterator<TableRecord>, DataFile> {

  private static final long serialVersionUID = 1L;

  private final String table;
  private final String folder;
  private final PatientIds patientIds;
  private final Broadcast<SerializableConfiguration> hadoop;

  NewFiles(
      String table,
      String folder,
      PatientIds patientIds,
      Broadcast<SerializableConfiguration> hadoop) {
    this.table = table;
    this.folder = folder;
    this.patientIds = patientIds;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<DataFile> call(Iterator<TableRecord> records) throws IOException {
    if (!records.hasNext()) {
      return List.<DataFile>of().iterator();
    }
    TableRecord first = records.next();
    TableSchema<?> schema = first.schema();
    if (!schema.name().equals(table)) {
      throw new IllegalArgumentException(
          "a row of table " + schema.name() + " was given to table " + table);
    }
    Cells cells = new Cells(schema, patientIds);
    StructType type = Cells.structType(schema);
    return new ParquetFolder(hadoop.value().value(), folder)
        .write(type, RowBatch.batches(type, rows(first, records, cells)))
        .iterator();
  }

  private static Iterator<@Nullable Object[]> rows(
      TableRecord first, Iterator<TableRecord> rest, Cells cells) {
    return new Iterator<>() {
      private boolean started;

      @Override
      public boolean hasNext() {
        return !started || rest.hasNext();
      }

      @Override
      public @Nullable Object[] next() {
        TableRecord record = started ? rest.next() : first;
        started = true;
        return cells.of(record);
      }
    };
  }
}
