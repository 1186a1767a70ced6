package org.rtpipeline.store;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** The one local context of a test JVM, with two slots. */
public final class LocalSpark {

  private LocalSpark() {}

  /** The context that is there, or a new one; it ends with the JVM. */
  public static JavaSparkContext context() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("store tests")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    DeltaSettings.map(2).forEach(conf::set);
    return JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(conf));
  }
}
