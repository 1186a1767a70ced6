package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Plan;

/** Checks of the plans. */
final class PlanChecks {

  private PlanChecks() {}

  static List<QcResult> of(QcCourse course) {
    if (course.plans().isEmpty()) {
      return List.of(
          QcResult.notEvaluated(
              QcCheck.PLAN_APPROVAL, course.key(), "the course has no plan that can be read"));
    }
    List<QcResult> results = new ArrayList<>();
    for (Plan plan : course.plans()) {
      String uid = plan.sopInstanceUid();
      results.add(approval(QcCheck.PLAN_APPROVAL, uid, plan.approvalStatus()));
      OptionalDouble gy = plan.prescriptionGy();
      results.add(
          new QcResult(
              QcCheck.PLAN_PRESCRIPTION,
              gy.isPresent() ? QcLevel.PASS : QcLevel.WARNING,
              uid,
              gy.isPresent() ? String.format(Locale.ROOT, "%.2f Gy", gy.getAsDouble()) : "none",
              "a target prescription (300A,0026)"));
      results.add(fractions(plan));
      results.add(beams(plan));
      results.add(
          read(
              plan,
              QcCheck.PLAN_BEAM_REFERENCES,
              Finding.Code.BEAM_MISSING,
              "every beam of a fraction group (300C,0004) in the beam sequence (300A,00B0)"));
      results.add(
          read(
              plan,
              QcCheck.PLAN_BEAM_ENERGY,
              Finding.Code.BEAM_ENERGY_MISSING,
              "a nominal energy (300A,0114) in every treatment beam"));
    }
    return results;
  }

  /** An approval status as a result: anything but APPROVED warns. */
  static QcResult approval(QcCheck check, String uid, @Nullable String status) {
    String seen = Objects.requireNonNullElse(status, "none");
    return new QcResult(
        check,
        seen.equals("APPROVED") ? QcLevel.PASS : QcLevel.WARNING,
        uid,
        seen,
        "APPROVED (300E,0002)");
  }

  /** What reading the plan found of one kind, as a result. */
  private static QcResult read(Plan plan, QcCheck check, Finding.Code code, String expected) {
    List<String> found =
        plan.findings().stream().filter(f -> f.code() == code).map(Finding::message).toList();
    return new QcResult(
        check,
        found.isEmpty() ? QcLevel.PASS : QcLevel.WARNING,
        plan.sopInstanceUid(),
        found.isEmpty() ? "all there" : String.join("; ", found),
        expected);
  }

  private static QcResult fractions(Plan plan) {
    Integer planned = plan.fractionsPlanned();
    return new QcResult(
        QcCheck.PLAN_FRACTIONS,
        planned != null && planned > 0 ? QcLevel.PASS : QcLevel.WARNING,
        plan.sopInstanceUid(),
        planned == null ? "none" : planned.toString(),
        "at least 1 (300A,0078)");
  }

  private static QcResult beams(Plan plan) {
    List<Beam> treatment = plan.beams().stream().filter(Beam::isTreatment).toList();
    long silent =
        treatment.stream()
            .map(Beam::metersetMu)
            .filter(meterset -> meterset == null || !(meterset > 0))
            .count();
    QcLevel level = treatment.isEmpty() || silent > 0 ? QcLevel.WARNING : QcLevel.PASS;
    return new QcResult(
        QcCheck.PLAN_BEAMS,
        level,
        plan.sopInstanceUid(),
        treatment.size() + " treatment beams, " + silent + " without meterset",
        "at least 1 beam, each with a meterset (300A,0086)");
  }
}
