package org.rtpipeline.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.report.CourseSection.Fact;
import org.rtpipeline.report.ReportSummary.Count;
import org.rtpipeline.report.ReportSummary.FindingLine;
import org.rtpipeline.report.ReportSummary.RadiomicsLine;
import org.rtpipeline.report.ReportSummary.Stop;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.TableStore;
import scala.Tuple2;

/**
 * Counts the tables for the head of the report; what comes to the driver does not grow with them.
 */
final class SummaryReading {

  /** Stages listed at most that are not done. */
  static final int LISTED_STOPS = 200;

  static final ReadColumns FILE_USE = ReadColumns.texts("file_use");
  static final ReadColumns OUTCOME = ReadColumns.texts("outcome");
  static final ReadColumns FINDINGS = ReadColumns.texts("code", "level", "subject", "message");
  static final ReadColumns STOPS =
      ReadColumns.texts("patient_id", "course_label", "course_key", "stage", "outcome", "reason");
  static final ReadColumns RADIOMICS = ReadColumns.texts("modality", "parameters", "reason");
  private static final String COMPUTED = "COMPUTED";
  private static final String NOT_COMPUTED = "NOT_COMPUTED";
  private static final List<String> ASSUMED = List.of("end_caps", "between_planes", "dose_rule");

  private final JavaSparkContext spark;
  private final TableStore store;

  SummaryReading(JavaSparkContext spark, TableStore store) {
    this.spark = spark;
    this.store = store;
  }

  /** Rows of a table; none when it was never written. */
  JavaRDD<StoredRow> rows(String table, ReadColumns columns) {
    return store
        .stored(table)
        .map(stored -> stored.rows(columns.columns()))
        .orElseGet(spark::emptyRDD);
  }

  /**
   * The head of the report.
   *
   * @param regions rows of table {@code dvh} about regions
   * @param coursesShown sentence on the courses whose curves follow
   */
  ReportSummary summary(JavaRDD<StoredRow> regions, String coursesShown) {
    Map<String, Long> uses = counts(rows("instances", FILE_USE), FILE_USE, "file_use");
    Map<String, Long> courses = counts(rows("courses", OUTCOME), OUTCOME, "outcome");
    Map<String, Long> words = new TreeMap<>(regions.flatMap(SummaryReading::words).countByValue());
    JavaRDD<StoredRow> stops = rows("outcomes", STOPS).filter(SummaryReading::isStop);
    long stopCount = stops.count();
    return new ReportSummary(
        List.of(
            new Count("seen", grouped(uses.values().stream().mapToLong(Long::longValue).sum())),
            count("used", uses, "USED"),
            count("ignored", uses, "IGNORED"),
            count("rejected", uses, "REJECTED")),
        List.of(
            count("done", courses, Outcome.Kind.DONE.name()),
            count("skipped", courses, Outcome.Kind.SKIPPED.name()),
            count("failed", courses, Outcome.Kind.FAILED.name())),
        List.of(count("computed", words, COMPUTED), count("not computed", words, NOT_COMPUTED)),
        constraints(),
        stops.takeOrdered(LISTED_STOPS, new RowOrder()).stream().map(SummaryReading::stop).toList(),
        stopCount > LISTED_STOPS
            ? grouped(stopCount - LISTED_STOPS) + " more are in the table outcomes."
            : "",
        findings(),
        words.entrySet().stream()
            .filter(word -> word.getKey().contains(" "))
            .map(SummaryReading::fact)
            .toList(),
        radiomics(),
        coursesShown);
  }

  private List<Count> constraints() {
    Map<String, Long> verdicts =
        rows(ConstraintVerdicts.TABLE, ConstraintVerdicts.COLUMNS)
            .map(row -> ConstraintVerdicts.verdict(row).name())
            .countByValue();
    return verdicts.isEmpty()
        ? List.of()
        : Stream.of(ConstraintVerdicts.Verdict.values())
            .map(verdict -> count(verdict.word(), verdicts, verdict.name()))
            .toList();
  }

  /** A whole number with separators. */
  static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static Map<String, Long> counts(
      JavaRDD<StoredRow> rows, ReadColumns columns, String name) {
    return rows.map(row -> columns.text(row, name)).countByValue();
  }

  private static Count count(String name, Map<String, Long> counts, String key) {
    return new Count(name, grouped(counts.getOrDefault(key, 0L)));
  }

  private static boolean isStop(StoredRow row) {
    return !STOPS.text(row, "outcome").equals(Outcome.Kind.DONE.name());
  }

  private static Stop stop(StoredRow row) {
    return new Stop(
        new CoursePlace(
            STOPS.text(row, "patient_id"),
            STOPS.text(row, "course_label"),
            STOPS.text(row, "course_key")),
        STOPS.text(row, "stage"),
        STOPS.text(row, "outcome"),
        STOPS.text(row, "reason"));
  }

  /** Whether a region was computed, and what was assumed: column, blank, word. */
  private static Iterator<String> words(StoredRow row) {
    boolean computed = CourseSections.DVH.cell(row, "dmean_gy") != null;
    return Stream.concat(
            Stream.of(computed ? COMPUTED : NOT_COMPUTED),
            ASSUMED.stream()
                .filter(column -> CourseSections.DVH.cell(row, column) != null)
                .map(column -> column + " " + CourseSections.DVH.text(row, column)))
        .iterator();
  }

  private static Fact fact(Map.Entry<String, Long> assumed) {
    String[] words = assumed.getKey().split(" ", 2);
    String name =
        switch (words[0]) {
          case "end_caps" -> "Ends of a region";
          case "between_planes" -> "Between planes";
          default -> "Dose";
        };
    return new Fact(
        name, Assumption.withWord(words[0], words[1]) + ": " + regions(assumed.getValue()));
  }

  private static String regions(long count) {
    return grouped(count) + (count == 1 ? " region" : " regions");
  }

  private List<RadiomicsLine> radiomics() {
    Map<List<String>, Long> regions =
        rows(RadiomicsExport.REGIONS, RADIOMICS)
            .map(
                row ->
                    List.of(
                        RADIOMICS.text(row, "modality"),
                        RADIOMICS.text(row, "parameters"),
                        RADIOMICS.text(row, "reason")))
            .countByValue();
    return regions.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(key -> String.join("\n", key))))
        .map(
            region ->
                new RadiomicsLine(
                    region.getKey().get(0),
                    region.getKey().get(1),
                    region.getKey().get(2),
                    grouped(region.getValue())))
        .toList();
  }

  private List<FindingLine> findings() {
    List<Tuple2<Key, FindingTally>> tallies =
        new ArrayList<>(
            rows("findings", FINDINGS)
                .mapToPair(
                    row ->
                        new Tuple2<>(
                            new Key(level(FINDINGS.text(row, "level")), FINDINGS.text(row, "code")),
                            new FindingTally(
                                1, FINDINGS.text(row, "message"), FINDINGS.text(row, "subject"))))
                .reduceByKey(FindingTally::and)
                .collect());
    tallies.sort(
        Comparator.comparing((Tuple2<Key, FindingTally> t) -> t._1().level())
            .reversed()
            .thenComparing(t -> -t._2().count())
            .thenComparing(t -> t._1().code()));
    return tallies.stream()
        .map(
            t ->
                new FindingLine(
                    t._1().code(),
                    effect(t._1().level()),
                    grouped(t._2().count()),
                    t._2().shownSubject(),
                    t._2().message()))
        .toList();
  }

  private static Finding.Level level(String name) {
    return Arrays.stream(Finding.Level.values())
        .filter(level -> level.name().equals(name))
        .findFirst()
        .orElse(Finding.Level.WARN);
  }

  private static String effect(Finding.Level level) {
    return switch (level) {
      case OK -> "noted";
      case WARN -> "kept and flagged";
      case IGNORE_FILE -> "file not used";
      case REJECT_FILE -> "file cannot be used";
      case SKIP_STAGE -> "stage left out";
      case SKIP_COURSE -> "course left out";
      case FAILED -> "failed, tried again by the next run";
    };
  }

  /**
   * What findings are counted by.
   *
   * @param level what follows
   * @param code stable name
   */
  private record Key(Finding.Level level, String code) implements Serializable {}
}
