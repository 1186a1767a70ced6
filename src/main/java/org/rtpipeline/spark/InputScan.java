package org.rtpipeline.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.store.ScanCatalogue;

/** The scan of a run's input with the catalogue of its output: read before, written after. */
final class InputScan {

  private static final String SECRET = "scan catalogue";

  private final ScanCatalogue catalogue;
  private final ScanCatalogue.Found found;
  private final JavaRDD<SeenFile> seen;
  private final ScanCounts counts;

  private InputScan(
      ScanCatalogue catalogue,
      ScanCatalogue.Found found,
      JavaRDD<SeenFile> seen,
      ScanCounts counts) {
    this.catalogue = catalogue;
    this.found = found;
    this.seen = seen;
    this.counts = counts;
  }

  /**
   * Scans the input; nothing is written.
   *
   * @throws InputException when the input cannot be used at all
   */
  static InputScan of(
      JavaSparkContext context, RunRequest request, HadoopStreams streams, Parallelism parallelism)
      throws InputException {
    RunRequest.Places places = request.places();
    return of(
        catalogue(context, request),
        (scope, edition) ->
            ScanStage.seen(
                context,
                scope,
                streams,
                parallelism,
                new ScanStage.Opening(streams, Clock.systemUTC(), request.personal(), edition)),
        ScanStage.scope(places.inputUri(), places.outputUri(), streams));
  }

  /** How an input is scanned with what is known of it. */
  interface Scanning {
    JavaRDD<SeenFile> of(ListingScope scope, ScanCatalogue.@Nullable Edition edition)
        throws InputException;
  }

  /** Scans an input with a catalogue. */
  static InputScan of(ScanCatalogue catalogue, Scanning scanning, ListingScope scope)
      throws InputException {
    ScanCatalogue.Found found = catalogue.find();
    JavaRDD<SeenFile> seen =
        scanning.of(scope, found.edition()).persist(StorageLevel.MEMORY_AND_DISK());
    ScanCounts counts =
        seen.aggregate(
            ScanCounts.NONE, (sum, file) -> sum.plus(ScanCounts.of(file)), ScanCounts::plus);
    return new InputScan(catalogue, found, seen, counts);
  }

  /**
   * What decides the result of a file beside the file: the version of the scan, and its options.
   */
  static String reader(PersonalData personal) {
    return "version " + StageName.SCAN.algorithmVersion() + ", personal data " + personal.name();
  }

  private static ScanCatalogue catalogue(JavaSparkContext context, RunRequest request)
      throws InputException {
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    String output = request.places().outputUri();
    try {
      return new ScanCatalogue(
          hadoop, output, request.keys().secret(SECRET), reader(request.personal()));
    } catch (IOException e) {
      throw new InputException("output " + output + " cannot be used: " + e.getMessage());
    }
  }

  /** Writes what is known now for the next scan, unless the catalogue says it already. */
  void remember(String runId) {
    if (isUpToDate()) {
      return;
    }
    try {
      catalogue.write(seen.filter(SeenFile::isLasting).map(SeenFile::packed), runId);
    } catch (IOException e) {
      throw new UncheckedIOException("the scan catalogue could not be written", e);
    }
  }

  private boolean isUpToDate() {
    ScanCatalogue.@Nullable Edition edition = found.edition();
    return edition != null
        && edition.files() == counts.known()
        && counts.lasting() == counts.known()
        && edition.parts() == seen.getNumPartitions();
  }

  /** The results of all files. */
  JavaRDD<ScannedFile> files() {
    return seen.map(SeenFile::file);
  }

  /** The results of the files without a usable object. */
  JavaRDD<ScannedFile> unused() {
    return seen.filter(file -> file.use() != ScannedFile.Use.USED).map(SeenFile::file);
  }

  /** How many files there are of each kind. */
  RunSummary.Files counts() {
    return new RunSummary.Files(
        counts.used(), counts.ignored(), counts.rejected(), counts.seen(), counts.known());
  }

  /** Sentences for a person, about the catalogue. */
  List<String> notices() {
    Stream<String> broken =
        counts.broken() == 0
            ? Stream.empty()
            : Stream.of(
                "a part of the scan catalogue is broken; "
                    + counts.broken()
                    + " file(s) were read in its place");
    return Stream.concat(Stream.ofNullable(found.notice()), broken).toList();
  }

  /** Frees the results. */
  void close() {
    seen.unpersist();
  }
}
