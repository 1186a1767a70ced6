package org.rtpipeline.store;

import java.util.Map;

/** The Spark settings that Spark SQL needs to read the tables. */
public final class DeltaSettings {

  private DeltaSettings() {}

  /**
   * Settings for the session's builder; the tables themselves are written without them.
   *
   * @param partitions partitions of a CPU stage, from the one rule
   */
  public static Map<String, String> map(int partitions) {
    return Map.ofEntries(
        Map.entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
        Map.entry(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
        Map.entry("spark.sql.catalogImplementation", "in-memory"),
        Map.entry("spark.sql.session.timeZone", "UTC"),
        Map.entry("spark.sql.shuffle.partitions", Integer.toString(partitions)),
        Map.entry("spark.databricks.delta.snapshotPartitions", "1"));
  }
}
