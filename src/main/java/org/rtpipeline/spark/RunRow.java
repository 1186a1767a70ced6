package org.rtpipeline.spark;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * One run: written after all other tables, so that a run with a row is a run whose tables are all
 * there.
 *
 * @param runId name of the run
 * @param startedUtc ISO 8601, UTC
 * @param finishedUtc ISO 8601, UTC
 * @param productVersion the release that ran
 * @param configurationSha256 digest of the resolved configuration
 * @param files what became of the files
 * @param courses what became of the courses
 * @param partitions partitions of a CPU stage
 */
public record RunRow(
    String runId,
    String startedUtc,
    String finishedUtc,
    String productVersion,
    String configurationSha256,
    RunSummary.Files files,
    RunSummary.Courses courses,
    int partitions)
    implements TableRecord {

  /** Table {@code runs}. */
  public static final TableSchema<RunRow> SCHEMA =
      new TableSchema<>(
          "runs",
          "One row per finished run",
          List.of("started_utc", "run_id"),
          List.of(
              text("run_id", "Name of the run", RunRow::runId),
              text("started_utc", "Start, UTC", RunRow::startedUtc),
              text("finished_utc", "End of the computation, UTC", RunRow::finishedUtc),
              text("product_version", "Release of rtpipeline", RunRow::productVersion),
              text(
                  "configuration_sha256",
                  "SHA-256 of the resolved configuration",
                  RunRow::configurationSha256),
              count("files_seen", "Files of the input", r -> r.files.seen()),
              count("files_used", "Files with a usable object", r -> r.files.used()),
              count("files_ignored", "Files of no use here", r -> r.files.ignored()),
              count("files_rejected", "Files that cannot be used", r -> r.files.rejected()),
              count("courses_found", "Courses of the run", r -> r.courses.found()),
              count("courses_done", "Courses with a result", r -> r.courses.done()),
              count("courses_skipped", "Courses that no stage could use", r -> r.courses.skipped()),
              count("courses_failed", "Courses that broke", r -> r.courses.failed()),
              count("partitions", "Partitions of a CPU stage", r -> (long) r.partitions)));

  @Override
  public TableSchema<RunRow> schema() {
    return SCHEMA;
  }

  private static Column<RunRow> text(
      String name, String meaning, Function<RunRow, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT, "", meaning, value);
  }

  private static Column<RunRow> count(
      String name, String meaning, Function<RunRow, @Nullable Object> value) {
    return new Column<>(name, Column.Type.LONG, "", meaning, value);
  }
}
