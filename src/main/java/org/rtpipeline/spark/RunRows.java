package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.rtpipeline.metadata.MetadataRow;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.organize.CourseLinkRow;
import org.rtpipeline.organize.CourseRow;
import org.rtpipeline.organize.FindingRow;
import org.rtpipeline.organize.InstanceRow;
import org.rtpipeline.organize.LeftOut;
import org.rtpipeline.organize.OutcomeRow;
import org.rtpipeline.organize.PatientCourses;
import org.rtpipeline.qc.QcResult;
import org.rtpipeline.qc.QcRow;
import org.rtpipeline.qc.QcSummaryRow;

/** Turns what the parts of a run hand on into rows of tables. */
final class RunRows {

  /** Stands in the tables for the course of files that are in none. */
  static final CourseId NO_COURSE = new CourseId("none");

  private static final String UNKEYED = "";

  private RunRows() {}

  /** Rows of a stage's result: its own, its outcome, and what it found. */
  static List<TableRecord> of(StageResult<StageRows> result) {
    RowHead head = result.head();
    List<Finding> findings = result.findings();
    List<TableRecord> own =
        result
            .outcome()
            .fold(
                done -> List.copyOf(done.value().rows()),
                skipped -> List.<TableRecord>of(),
                failed -> List.<TableRecord>of());
    String reason = result.reason().map(Finding::message).orElse("");
    List<TableRecord> rows =
        new ArrayList<>(
            result.outcome().kind() == Outcome.Kind.DONE ? own : without(result, reason));
    rows.add(new OutcomeRow(head, result.stage().word(), result.structures(), own.size(), reason));
    findings.stream()
        .distinct()
        .forEach(f -> rows.add(new FindingRow(head, result.stage().word(), f)));
    return rows;
  }

  /** Rows of a course that a stage tells nothing of, in the tables that have one row per course. */
  private static List<TableRecord> without(StageResult<StageRows> result, String reason) {
    if (result.structures() == OutcomeRow.Structures.AUTOMATIC) {
      return List.of();
    }
    return switch (result.stage()) {
      case METADATA -> List.of(new MetadataRow(result.head(), null, reason));
      case QC -> {
        QcResult why = QcResult.ofCourse(result.course().id().key(), reason);
        yield List.of(new QcRow(result.head(), why), new QcSummaryRow(result.head(), List.of(why)));
      }
      default -> List.of();
    };
  }

  /** Rows of a course as such: what it has, its objects, and what forming it found. */
  static Iterator<TableRecord> of(Course course, Broadcast<Map<CourseId, Outcome.Kind>> outcomes) {
    Outcome.Kind kind = outcomes.value().getOrDefault(course.id(), Outcome.Kind.DONE);
    CourseRow row = CourseRow.of(course, UNKEYED, kind);
    Stream<TableRecord> instances =
        PatientCourses.objectsOf(course)
            .map(
                h ->
                    new InstanceRow(
                        head(course.id(), course.patientId(), course.label(), h.findings()),
                        ScannedFile.Use.USED,
                        h.file(),
                        h,
                        null));
    Stream<TableRecord> ofObjects =
        PatientCourses.objectsOf(course)
            .flatMap(
                h ->
                    h.findings().stream()
                        .map(f -> new FindingRow(row.head(), StageName.SCAN.word(), f)));
    Stream<TableRecord> ofCourse =
        course.findings().stream()
            .map(f -> new FindingRow(row.head(), StageName.ORGANIZE.word(), f));
    Stream<TableRecord> links =
        course.links().stream().map(link -> new CourseLinkRow(row.head(), link));
    return Stream.of(Stream.<TableRecord>of(row), links, instances, ofObjects, ofCourse)
        .flatMap(s -> s)
        .iterator();
  }

  /** Rows of an object that is in no course. */
  static Iterator<TableRecord> of(LeftOut leftOut) {
    InstanceHeader header = leftOut.header();
    RowHead head = head(NO_COURSE, header.patientId(), "", List.of(leftOut.finding()));
    return Stream.<TableRecord>of(
            new InstanceRow(
                head, ScannedFile.Use.USED, header.file(), header, leftOut.finding().message()),
            new FindingRow(head, StageName.ORGANIZE.word(), leftOut.finding()))
        .iterator();
  }

  /** Rows of a file that holds no usable object. */
  static Iterator<TableRecord> of(ScannedFile file) {
    RowHead head = head(NO_COURSE, "", "", file.findings());
    String message = file.findings().isEmpty() ? "" : file.findings().get(0).message();
    Stream<TableRecord> instance =
        Stream.of(new InstanceRow(head, file.use(), file.file(), null, message));
    Stream<TableRecord> findings =
        file.findings().stream().map(f -> new FindingRow(head, StageName.SCAN.word(), f));
    return Stream.concat(instance, findings).iterator();
  }

  private static RowHead head(
      CourseId course, String patientId, String label, List<Finding> findings) {
    return new RowHead(
        course,
        patientId,
        label,
        UNKEYED,
        course.equals(NO_COURSE) ? Outcome.Kind.SKIPPED : Outcome.Kind.DONE,
        findings.stream().map(Finding::code).distinct().toList());
  }
}
