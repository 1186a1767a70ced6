package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.model.TreatmentRecord.DeliveredBeam;

/** Checks of planned against delivered treatment. */
final class FractionChecks {

  /** Delivered metersets may differ from the specified ones by this share. */
  static final double METERSET_SHARE = 0.01;

  /** or by this much, MU, whatever is more. */
  static final double METERSET_MU = 1;

  private static final String NORMAL = "NORMAL";
  private static final String NORMAL_END = NORMAL + " (3008,002A)";

  private FractionChecks() {}

  static List<QcResult> of(QcCourse course) {
    if (course.records().isEmpty()) {
      return List.of(
          QcResult.notEvaluated(
              QcCheck.FRACTION_COUNT, course.key(), "the course has no treatment record"));
    }
    List<QcResult> results = new ArrayList<>();
    course.plans().forEach(plan -> counted(course, plan, results));
    for (TreatmentRecord record : course.records()) {
      delivered(record, results);
      ended(record, results);
    }
    List<DeliveredBeam> beams =
        course.records().stream().flatMap(record -> record.beams().stream()).toList();
    passUnlessFound(
        course,
        QcCheck.DELIVERED_METERSET,
        beams.stream()
            .filter(b -> b.specifiedMetersetMu() != null && b.deliveredMetersetMu() != null)
            .count(),
        "as specified",
        results);
    passUnlessFound(
        course,
        QcCheck.TERMINATION,
        beams.stream().filter(b -> b.terminationStatus() != null).count(),
        NORMAL_END,
        results);
    return results;
  }

  /** One result for a course none of whose delivered beams is found by a check. */
  private static void passUnlessFound(
      QcCourse course, QcCheck check, long beams, String expected, List<QcResult> results) {
    if (results.stream().noneMatch(result -> result.check() == check)) {
      results.add(
          beams == 0
              ? QcResult.notEvaluated(check, course.key(), "no delivered beam says so")
              : new QcResult(
                  check, QcLevel.PASS, course.key(), "all of " + beams + " beams", expected));
    }
  }

  private static void counted(QcCourse course, Plan plan, List<QcResult> results) {
    Integer planned = plan.fractionsPlanned();
    int recorded = course.fractions().getOrDefault(plan.sopInstanceUid(), 0);
    if (planned == null || recorded == 0) {
      return;
    }
    results.add(
        new QcResult(
            QcCheck.FRACTION_COUNT,
            recorded == planned ? QcLevel.PASS : QcLevel.WARNING,
            plan.sopInstanceUid(),
            recorded + " recorded",
            planned + " planned"));
  }

  private static void delivered(TreatmentRecord record, List<QcResult> results) {
    for (DeliveredBeam beam : record.beams()) {
      Double specifiedMu = beam.specifiedMetersetMu();
      Double deliveredMu = beam.deliveredMetersetMu();
      if (specifiedMu == null || deliveredMu == null) {
        continue;
      }
      double allowedMu = Math.max(METERSET_MU, METERSET_SHARE * specifiedMu);
      if (Math.abs(deliveredMu - specifiedMu) > allowedMu) {
        results.add(
            new QcResult(
                QcCheck.DELIVERED_METERSET,
                QcLevel.WARNING,
                record.sopInstanceUid(),
                String.format(
                    Locale.ROOT, "beam %d: %.2f MU delivered", beam.beamNumber(), deliveredMu),
                String.format(Locale.ROOT, "%.2f MU specified", specifiedMu)));
      }
    }
  }

  private static void ended(TreatmentRecord record, List<QcResult> results) {
    for (DeliveredBeam beam : record.beams()) {
      String status = beam.terminationStatus();
      if (status != null && !status.equals(NORMAL)) {
        results.add(
            new QcResult(
                QcCheck.TERMINATION,
                QcLevel.WARNING,
                record.sopInstanceUid(),
                "beam " + beam.beamNumber() + ": " + status,
                NORMAL_END));
      }
    }
  }
}
