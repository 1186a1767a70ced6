package org.rtpipeline.spark;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.organize.PatientCourses;
import scala.Tuple2;

/** Why files, objects and courses were left out: counted per code, with one example each. */
final class Reasons {

  private Reasons() {}

  /** Reasons of files that were not used. */
  static List<RunSummary.Reason> ofFiles(JavaRDD<ScannedFile> files) {
    return collected(
        files
            .filter(f -> f.use() == ScannedFile.Use.REJECTED && !f.findings().isEmpty())
            .map(f -> reason(RunSummary.What.FILE, f.findings().get(0))));
  }

  /** Reasons of objects in no course. */
  static List<RunSummary.Reason> ofObjects(JavaRDD<PatientCourses> patients) {
    return collected(
        patients
            .flatMap(p -> p.leftOut().iterator())
            .map(l -> reason(RunSummary.What.OBJECT, l.finding())));
  }

  /** Reasons of courses that are not done, by their first finding; the example is the course. */
  static List<RunSummary.Reason> ofCourses(List<CourseEnd> ends) {
    Map<String, RunSummary.Reason> byCode = new TreeMap<>();
    ends.stream()
        .filter(end -> end.kind() != Outcome.Kind.DONE)
        .sorted(Comparator.comparing(CourseEnd::course))
        .map(
            end ->
                new RunSummary.Reason(
                    RunSummary.What.COURSE, end.code(), 1, end.course().key(), end.message()))
        .forEach(reason -> byCode.merge(reason.code(), reason, Reasons::merged));
    return sorted(byCode.values().stream());
  }

  private static List<RunSummary.Reason> collected(JavaRDD<RunSummary.Reason> reasons) {
    JavaPairRDD<String, RunSummary.Reason> byCode =
        reasons.mapToPair(reason -> new Tuple2<>(reason.code(), reason));
    return sorted(byCode.reduceByKeyLocally(Reasons::merged).values().stream());
  }

  private static RunSummary.Reason reason(RunSummary.What what, Finding finding) {
    return new RunSummary.Reason(
        what, finding.code().name(), 1, finding.subject(), finding.message());
  }

  /** Both counts; the lesser example, so that no order shows. */
  private static RunSummary.Reason merged(RunSummary.Reason one, RunSummary.Reason other) {
    RunSummary.Reason shown = one.example().compareTo(other.example()) <= 0 ? one : other;
    return new RunSummary.Reason(
        shown.what(), shown.code(), one.count() + other.count(), shown.example(), shown.message());
  }

  private static List<RunSummary.Reason> sorted(Stream<RunSummary.Reason> reasons) {
    return reasons
        .sorted(
            Comparator.comparingLong((RunSummary.Reason r) -> -r.count())
                .thenComparing(RunSummary.Reason::code))
        .toList();
  }
}
