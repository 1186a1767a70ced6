package org.rtpipeline.store;

import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * The Delta tables of an output folder. Every change is one transaction: a reader sees the table as
 * it was or as it is, and older versions stay readable. Files are written by tasks; the log is
 * written by Delta's own kernel, which starts in a fraction of the time of a Spark SQL session.
 */
public final class TableStore {

  static final String COURSE_KEY = "course_key";

  private final JavaSparkContext spark;
  private final String outputUri;
  private final int files;
  private final PatientIds patientIds;

  /** Jobs of changes side by side run one after the other: together no wider than one of them. */
  private final ReentrantLock cores = new ReentrantLock(true);

  /**
   * The tables of an output folder; nothing is read or written yet.
   *
   * @param spark made with {@link DeltaSettings} when {@link #table} is asked for
   * @param outputUri root of the output, any Hadoop file system
   * @param files most files that one change of one table adds: partitions of a CPU stage
   * @param patientIds what the cells of {@code patient_id} hold
   */
  public TableStore(JavaSparkContext spark, String outputUri, int files, PatientIds patientIds) {
    this.spark = spark;
    this.outputUri = outputUri;
    this.files = files;
    this.patientIds = patientIds;
  }

  /** Most partitions of a job on tables. */
  public int partitions() {
    return files;
  }

  /** The folder of a table. */
  public String path(String name) {
    return new Path(new Path(outputUri, "tables"), name).toString();
  }

  /** A table as it is now, for Spark SQL; empty when it was never written. */
  public Optional<Dataset<org.apache.spark.sql.Row>> table(String name) {
    return log(name)
        .snapshot()
        .map(
            snapshot ->
                SparkSession.builder()
                    .sparkContext(spark.sc())
                    .getOrCreate()
                    .read()
                    .format("delta")
                    .load(path(name)));
  }

  /** A table as it is now, for plain jobs; empty when it was never written. */
  public Optional<StoredTable> stored(String name) {
    DeltaTable table = log(name);
    return table
        .snapshot()
        .map(
            snapshot ->
                new StoredTable(
                    spark,
                    snapshot.getSchema(),
                    table.files(snapshot).values().stream()
                        .map(DeltaTable.LoggedFile::file)
                        .toList(),
                    files));
  }

  /** Replaces the rows of these courses, also of those that have no new row. */
  public void replace(
      TableSchema<?> schema, JavaRDD<TableRecord> rows, Collection<CourseId> courses) {
    commit(new TableChange(schema, rows, new TableChange.Courses(Set.copyOf(courses))));
  }

  /** Does one change in one transaction; nothing when there is neither a row nor a table. */
  public void commit(TableChange change) {
    DeltaTable table = log(change.schema().name());
    Optional<Snapshot> before =
        table.snapshot().map(snapshot -> withColumns(table, snapshot, change.schema()));
    List<DataFile> added = write(change);
    if (before.isEmpty()) {
      if (!added.isEmpty()) {
        table.create(Cells.structType(change.schema()), added);
      }
      return;
    }
    replace(table, before.get(), change.scope(), added);
  }

  private void replace(
      DeltaTable table, Snapshot before, TableChange.Scope scope, List<DataFile> fresh) {
    Map<String, DeltaTable.LoggedFile> old = table.files(before);
    List<AddFile> removed = new ArrayList<>();
    List<DataFile> added = new ArrayList<>(fresh);
    if (scope instanceof TableChange.Everything) {
      old.values().forEach(file -> removed.add(file.added()));
    } else if (scope instanceof TableChange.Courses replaced) {
      for (Survivors.Rewritten file : rewrite(before, old, replaced.courses())) {
        removed.add(Objects.requireNonNull(old.get(file.gone())).added());
        added.addAll(file.kept());
      }
    }
    if (!removed.isEmpty() || !added.isEmpty()) {
      table.change(before, removed, added);
    }
  }

  private List<DataFile> write(TableChange change) {
    String name = change.schema().name();
    return collected(
        change
            .rows()
            .coalesce(files)
            .mapPartitions(new NewFiles(name, path(name), patientIds, hadoop())));
  }

  private <T> List<T> collected(JavaRDD<T> job) {
    cores.lock();
    try {
      return job.collect();
    } finally {
      cores.unlock();
    }
  }

  private List<Survivors.Rewritten> rewrite(
      Snapshot before, Map<String, DeltaTable.LoggedFile> old, Set<CourseId> courses) {
    if (old.isEmpty() || courses.isEmpty()) {
      return List.of();
    }
    Broadcast<Set<String>> keys =
        spark.broadcast(courses.stream().map(CourseId::key).collect(Collectors.toSet()));
    List<DataFile> candidates = old.values().stream().map(DeltaTable.LoggedFile::file).toList();
    return collected(
        spark
            .parallelize(candidates, Math.min(files, candidates.size()))
            .mapPartitions(
                new Survivors(
                    before.getPath(), DeltaTable.json(before.getSchema()), keys, hadoop())));
  }

  /** Adds the columns that the table lacks: a transaction of its own, before the rows come. */
  private Snapshot withColumns(DeltaTable table, Snapshot snapshot, TableSchema<?> schema) {
    StructType wanted = Cells.structType(schema);
    Set<String> known = DeltaTable.names(snapshot.getSchema());
    String missing =
        wanted.fields().stream()
            .filter(field -> !known.contains(field.getName()))
            .map(TableStore::definition)
            .collect(Collectors.joining(", "));
    if (missing.isEmpty()) {
      return snapshot;
    }
    cores.lock();
    try {
      SparkSession.builder()
          .sparkContext(spark.sc())
          .getOrCreate()
          .sql("ALTER TABLE delta.`" + path(schema.name()) + "` ADD COLUMNS (" + missing + ")");
    } finally {
      cores.unlock();
    }
    return table.snapshot().orElseThrow();
  }

  private static String definition(StructField field) {
    String type =
        switch (Cells.columnType(field.getDataType())) {
          case TEXT -> "STRING";
          case INTEGER -> "INT";
          case LONG -> "BIGINT";
          case DOUBLE -> "DOUBLE";
          case BOOLEAN -> "BOOLEAN";
          case TEXT_LIST -> "ARRAY<STRING>";
          case DOUBLE_LIST -> "ARRAY<DOUBLE>";
        };
    return "`" + field.getName() + "` " + type;
  }

  private DeltaTable log(String name) {
    return new DeltaTable(spark.hadoopConfiguration(), path(name));
  }

  private Broadcast<SerializableConfiguration> hadoop() {
    return spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
  }
}
