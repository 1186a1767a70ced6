package org.rtpipeline.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder {@code <output>/runs/<runId>} of one run: what it was asked, what it planned, what it
 * did. Nothing of a patient is in it.
 */
final class RunFolder {

  /** Every key with its value and its origin; a job file that repeats the run. */
  static final String CONFIGURATION = "configuration.conf";

  /** Stages, courses and partitions. */
  static final String PLAN = "plan.json";

  /** Counts, reasons and use of the machine; absent when the run did not finish. */
  static final String SUMMARY = "summary.json";

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int RANDOM_LETTERS = 6;

  private final Path folder;
  private final FileSystem files;

  /**
   * The folder of a run; nothing is written yet.
   *
   * @param outputUri root of the output, any Hadoop file system
   * @param runId name of the run
   * @throws IOException when there is no such file system
   */
  RunFolder(Configuration hadoop, String outputUri, String runId) throws IOException {
    this.folder = new Path(new Path(outputUri, "runs"), runId);
    FileSystem given = folder.getFileSystem(hadoop);
    this.files = given instanceof LocalFileSystem local ? local.getRaw() : given;
  }

  /** A new name: the second of the start in UTC and six random letters, in order of time. */
  static String newId(Instant start) {
    String random = UUID.randomUUID().toString().substring(0, RANDOM_LETTERS);
    return SECOND.format(start) + "-" + random;
  }

  /** Writes a file of it, at once and only once. */
  void write(String name, String text) {
    try (OutputStream out = files.create(new Path(folder, name), false)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the run's folder cannot be written", e);
    }
  }
}
