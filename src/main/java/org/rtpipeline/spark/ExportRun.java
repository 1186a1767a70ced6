package org.rtpipeline.spark;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.rtpipeline.organize.OutcomeRow;
import org.rtpipeline.report.ExportOptions;
import org.rtpipeline.report.ExportSummary;
import org.rtpipeline.report.Exports;
import org.rtpipeline.store.OutputHeldException;
import org.rtpipeline.store.OutputLock;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.store.TableStore;

/** The copies that people open, written again from the tables of earlier runs. */
public final class ExportRun {

  private ExportRun() {}

  /**
   * Writes all copies.
   *
   * @param outputUri folder of the results
   * @throws InputException when the output holds no tables, or cannot be written
   * @throws OutputHeldException when a run holds the output
   */
  public static ExportSummary run(SparkEngine engine, String outputUri, ExportOptions options)
      throws InputException, OutputHeldException {
    JavaSparkContext context = engine.context();
    Instant start = Clock.systemUTC().instant();
    TableStore store =
        new TableStore(context, outputUri, engine.parallelism().partitions(), PatientIds.kept());
    if (store.stored(OutcomeRow.SCHEMA.name()).isEmpty()) {
      throw new InputException("output " + outputUri + " holds no tables to export: run first");
    }
    try (OutputLock lock = OutputLock.acquire(context, outputUri, RunFolder.newId(start), start)) {
      ExportSummary written = Exports.write(context, store, outputUri, options);
      List<String> notices =
          Stream.concat(lock.notice().stream(), written.notices().stream()).toList();
      return new ExportSummary(written.files(), notices);
    } catch (IOException e) {
      throw new InputException("output " + outputUri + " cannot be written: " + e.getMessage());
    }
  }
}
