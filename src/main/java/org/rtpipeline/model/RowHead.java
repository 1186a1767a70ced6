package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/**
 * What every row of every result table begins with.
 *
 * @param course course key
 * @param patientId as in the objects; the store drops or replaces it when the site asks for that
 * @param courseLabel year and month of the course
 * @param stageKey digest of everything the row depends on
 * @param outcome what became of it
 * @param findings codes that explain missing cells and warn of odd input, worst first
 */
public record RowHead(
    CourseId course,
    String patientId,
    String courseLabel,
    String stageKey,
    Outcome.Kind outcome,
    List<Finding.Code> findings)
    implements Serializable {

  /** Copies the list. */
  public RowHead {
    findings = List.copyOf(findings);
  }

  /**
   * The head of a row about a course.
   *
   * @param findings what explains the row, worst first; their codes are kept, each once
   */
  public static RowHead of(
      Course course, String stageKey, Outcome.Kind outcome, List<Finding> findings) {
    return new RowHead(
        course.id(),
        course.patientId(),
        course.label(),
        stageKey,
        outcome,
        findings.stream().map(Finding::code).distinct().toList());
  }

  /** The leading columns of a table whose rows hold a head. */
  public static <R> List<Column<R>> columns(Function<R, RowHead> head) {
    return List.of(
        new Column<>(
            "course_key",
            Column.Type.TEXT,
            "",
            "Pseudonymous key of the course",
            row -> head.apply(row).course().key()),
        new Column<>(
            "patient_id",
            Column.Type.TEXT,
            "",
            "Patient ID (0010,0020)",
            row -> head.apply(row).patientId()),
        new Column<>(
            "course_label",
            Column.Type.TEXT,
            "",
            "Year and month of the earliest plan of the course",
            row -> head.apply(row).courseLabel()),
        new Column<>(
            "stage_key",
            Column.Type.TEXT,
            "",
            "SHA-256 of everything the row depends on",
            row -> head.apply(row).stageKey()),
        new Column<>(
            "outcome",
            Column.Type.TEXT,
            "",
            "DONE, SKIPPED or FAILED",
            row -> head.apply(row).outcome().name()),
        new Column<>(
            "findings",
            Column.Type.TEXT_LIST,
            "",
            "Codes that explain the row, worst first",
            row -> head.apply(row).findings().stream().map(Finding.Code::name).toList()));
  }
}
