package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All checks of one course. */
public final class CourseChecks {

  private CourseChecks() {}

  /** The results in the order of the checks, then of the subjects. */
  public static List<QcResult> of(QcCourse course) {
    List<QcResult> results = new ArrayList<>();
    results.add(ReferenceChecks.objectsPresent(course));
    results.addAll(ReadingChecks.of(course));
    results.addAll(ImageChecks.of(course));
    results.addAll(PlanChecks.of(course));
    results.addAll(DoseChecks.of(course));
    results.addAll(ReferenceChecks.of(course));
    results.addAll(StructureChecks.of(course));
    results.addAll(FractionChecks.of(course));
    results.sort(Comparator.comparing(QcResult::check).thenComparing(QcResult::subject));
    return List.copyOf(results);
  }

  /** FAIL when any check failed, else WARNING when any warns, else PASS. */
  public static QcLevel overall(List<QcResult> results) {
    QcLevel worst =
        results.stream().map(QcResult::level).max(Comparator.naturalOrder()).orElse(QcLevel.PASS);
    return worst.compareTo(QcLevel.WARNING) >= 0 ? worst : QcLevel.PASS;
  }

  /** The same for checks of one kind, of which none may have had anything to look at. */
  static QcLevel group(List<QcResult> results) {
    boolean isEvaluated = results.stream().anyMatch(r -> r.level() != QcLevel.NOT_EVALUATED);
    return isEvaluated ? overall(results) : QcLevel.NOT_EVALUATED;
  }
}
