package org.rtpipeline.store;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.model.Column;

/** The rows of a table as they were when it was asked for, read by tasks. */
public final class StoredTable {

  private final JavaSparkContext spark;
  private final StructType schema;
  private final List<DataFile> files;
  private final int partitions;

  StoredTable(JavaSparkContext spark, StructType schema, List<DataFile> files, int partitions) {
    this.spark = spark;
    this.schema = schema;
    this.files = List.copyOf(files);
    this.partitions = partitions;
  }

  /**
   * A column of a stored table.
   *
   * @param name its name
   * @param type what its cells hold
   */
  public record StoredColumn(String name, Column.Type type) implements Serializable {}

  /** The columns in order. */
  public List<StoredColumn> columns() {
    return schema.fields().stream()
        .map(field -> new StoredColumn(field.getName(), Cells.columnType(field.getDataType())))
        .toList();
  }

  /** The rows with these columns, in no order; a column that the table lacks is empty. */
  public JavaRDD<StoredRow> rows(List<StoredColumn> columns) {
    StructType read = new StructType();
    for (StoredColumn column : columns) {
      read = read.add(new StructField(column.name(), Cells.dataType(column.type()), true));
    }
    if (files.isEmpty()) {
      return spark.emptyRDD();
    }
    return spark
        .parallelize(new ArrayList<>(files), Math.min(partitions, files.size()))
        .mapPartitions(
            new StoredRows(
                DeltaTable.json(read),
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()))));
  }
}
