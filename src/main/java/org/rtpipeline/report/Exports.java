package org.rtpipeline.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable;
import org.rtpipeline.store.TableStore;
import scala.Tuple2;

/**
 * Writes the tables that people open into {@code _RESULTS}: {@code dvh_metrics} as users of the
 * Python rtpipeline know it, and {@code courses}, {@code outcomes} and {@code findings}, which say
 * what became of every course and why a cell is empty; and the report page.
 */
public final class Exports {

  static final List<String> PLAIN = List.of("courses", "findings", "outcomes");

  private Exports() {}

  /** Writes all exports of the tables as they are now; each file is complete or not there. */
  public static ExportSummary write(
      JavaSparkContext spark, TableStore store, String outputUri, ExportOptions options)
      throws IOException {
    List<Prepared> exports = new ArrayList<>();
    Optional<StoredTable> dvh = store.stored(DvhMetrics.table());
    exports.add(prepared(spark, DvhMetrics.export(), dvh));
    exports.add(prepared(spark, DvhMetrics.reasons(), dvh));
    for (String name : PLAIN) {
      Optional<StoredTable> table = store.stored(name);
      if (table.isPresent()) {
        exports.add(prepared(spark, ExportTable.plain(name, table.get().columns()), table));
      }
    }
    ResultsFolder results = new ResultsFolder(spark.hadoopConfiguration(), outputUri);
    Path unfinished = results.unfinished();
    Set<String> files = new TreeSet<>();
    List<String> notices = new ArrayList<>();
    try {
      for (ExportFiles.Written written : written(spark, exports, options, unfinished)) {
        files.add(results.publish(new Path(written.path()), written.name()));
        notices.addAll(written.notices());
      }
      if (options.formats().contains(ExportOptions.Format.HTML)) {
        ExportFiles.Written report =
            Report.write(spark, store, options.reportCourses(), unfinished);
        files.add(results.publish(new Path(report.path()), report.name()));
      }
    } finally {
      results.delete(unfinished);
    }
    return new ExportSummary(List.copyOf(files), notices);
  }

  /** One job for all exports: each is one partition, sorted there. */
  private static List<ExportFiles.Written> written(
      JavaSparkContext spark, List<Prepared> exports, ExportOptions options, Path unfinished) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type parameters
    JavaRDD<ExportFiles.Written>[] files =
        exports.stream()
            .map(
                export ->
                    sorted(export.rows(), export.table())
                        .mapPartitions(
                            new ExportFiles(
                                export.table(), options, unfinished.toString(), hadoop)))
            .toArray(JavaRDD[]::new);
    return spark.union(files).collect();
  }

  private static JavaRDD<StoredRow> sorted(JavaRDD<StoredRow> rows, ExportTable table) {
    return rows.filter(table::keeps)
        .mapToPair(row -> new Tuple2<>(row, true))
        .repartitionAndSortWithinPartitions(new HashPartitioner(1), new RowOrder())
        .keys();
  }

  private static Prepared prepared(
      JavaSparkContext spark, ExportTable table, Optional<StoredTable> stored) {
    return new Prepared(
        table, stored.map(rows -> rows.rows(table.sources())).orElseGet(() -> spark.emptyRDD()));
  }

  /**
   * An export and the rows it is made from.
   *
   * @param table what is written
   * @param rows in no order
   */
  private record Prepared(ExportTable table, JavaRDD<StoredRow> rows) {}
}
