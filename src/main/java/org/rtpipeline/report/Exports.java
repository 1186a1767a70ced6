package org.rtpipeline.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.Partitioner;
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
 * Python rtpipeline know it, {@code fractions} likewise; the metrics and constraints that a job
 * asks for by name; the radiomics features; {@code case_metadata}, {@code plans}, {@code
 * structure_sets}, {@code dosimetrics} and {@code CT_images} under the names known; {@code beams},
 * {@code courses}, {@code course_links}, {@code deliveries}, {@code outcomes} and {@code findings},
 * which say what became of every course and why a cell is empty; and the report page.
 */
public final class Exports {

  static final List<String> PLAIN =
      List.of(
          "beams",
          "body_regions",
          "course_links",
          "courses",
          "crop_bounds",
          "cropped_structures",
          "deliveries",
          "derived_structures",
          "dvh_constraints",
          "dvh_user_metrics",
          "findings",
          "outcomes",
          "pet",
          "qc",
          "structure_names");

  private Exports() {}

  /** Writes all exports of the tables as they are now; each file is complete or not there. */
  public static ExportSummary write(
      JavaSparkContext spark, TableStore store, String outputUri, ExportOptions options)
      throws IOException {
    List<Prepared> exports = new ArrayList<>();
    Optional<StoredTable> dvh = store.stored(DvhMetrics.table());
    CourseRegions regions = CourseRegions.of(store);
    exports.add(prepared(spark, regions.in(DvhMetrics.export()), dvh));
    Prepared ofRegions = prepared(spark, DvhMetrics.reasons(), dvh);
    ExportTable reasons = ofRegions.table();
    exports.add(
        new Prepared(
            reasons,
            ofRegions.rows().union(CourseReasons.of(spark, store, "dvh", reasons.sources()))));
    Optional<StoredTable> fractions = store.stored(FractionsExport.TABLE);
    if (fractions.isPresent()) {
      exports.add(prepared(spark, FractionsExport.export(), fractions));
    }
    RadiomicsExport.of(spark, store)
        .forEach(
            wide ->
                exports.add(
                    new Prepared(
                        wide.table().file().startsWith(RadiomicsExport.CT_FILE)
                            ? regions.in(wide.table())
                            : wide.table(),
                        wide.rows())));
    Optional<StoredTable> qc = store.stored(QcReports.TABLE);
    if (qc.isPresent()) {
      exports.add(prepared(spark, regions.behind(QcReports.export()), qc));
    }
    Optional<StoredTable> metadata = store.stored(CaseMetadataExport.TABLE);
    if (metadata.isPresent()) {
      exports.add(prepared(spark, CaseMetadataExport.export(), metadata));
    }
    ObjectExports.of(store)
        .forEach(objects -> exports.add(new Prepared(objects.table(), objects.rows())));
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
      for (ExportFiles.Written written : written(spark, store, exports, options, unfinished)) {
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

  /**
   * One job for all exports, no wider than a CPU stage: the rows of an export come together in one
   * partition, sorted there.
   */
  private static List<ExportFiles.Written> written(
      JavaSparkContext spark,
      TableStore store,
      List<Prepared> exports,
      ExportOptions options,
      Path unfinished) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    List<ExportTable> tables = exports.stream().map(Prepared::table).toList();
    List<JavaRDD<ExportRow>> rows = new ArrayList<>();
    for (int i = 0; i < exports.size(); i++) {
      rows.add(rows(i, exports.get(i)));
    }
    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type parameters
    JavaRDD<ExportRow> all = spark.union(rows.toArray(JavaRDD[]::new));
    ByExport partitioner = new ByExport(Math.min(store.partitions(), exports.size()));
    return all.coalesce(store.partitions())
        .mapToPair(row -> new Tuple2<>(row, true))
        .repartitionAndSortWithinPartitions(partitioner, new ExportRow.Order())
        .keys()
        .mapPartitionsWithIndex(
            new ExportFiles(
                tables, partitioner.numPartitions(), options, unfinished.toString(), hadoop),
            true)
        .collect();
  }

  private static JavaRDD<ExportRow> rows(int export, Prepared prepared) {
    ExportTable table = prepared.table();
    return prepared.rows().filter(table::keeps).map(row -> new ExportRow(export, row));
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

  /** All rows of an export go to one partition; exports go to the partitions in turn. */
  private static final class ByExport extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int partitions;

    ByExport(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      if (key instanceof ExportRow row) {
        return row.export() % partitions;
      }
      throw new IllegalArgumentException("no row of an export: " + key);
    }
  }
}
