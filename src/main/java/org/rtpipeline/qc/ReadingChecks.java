package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;

/** Checks that the objects of a course can be read and are what their modality says. */
final class ReadingChecks {

  private final QcCourse from;
  private final List<QcResult> results = new ArrayList<>();

  private ReadingChecks(QcCourse from) {
    this.from = from;
  }

  static List<QcResult> of(QcCourse from) {
    ReadingChecks checks = new ReadingChecks(from);
    Course course = from.course();
    Course.Objects objects = course.objects();
    checks.readable(QcCheck.CT_READABLE, course.planningCt() == null ? 0 : 1);
    checks.readable(QcCheck.PLAN_READABLE, objects.plans().size());
    checks.readable(QcCheck.DOSE_READABLE, course.doseDecision().chosenUids().size());
    checks.readable(
        QcCheck.STRUCTURES_READABLE,
        objects.structureSets().size() + objects.segmentations().size());
    checks.readable(QcCheck.RECORDS_READABLE, objects.records().size());
    objects.plans().forEach(plan -> checks.modality(QcCheck.PLAN_MODALITY, plan));
    objects.doses().forEach(dose -> checks.modality(QcCheck.DOSE_MODALITY, dose));
    return checks.results;
  }

  /** One result for each object that cannot be read, or one for all; none where there is none. */
  private void readable(QcCheck check, int objects) {
    List<QcCourse.Unread> unread =
        from.unread().stream().filter(one -> one.check() == check).toList();
    for (QcCourse.Unread one : unread) {
      Finding why = one.why();
      results.add(
          new QcResult(
              check,
              QcLevel.FAIL,
              why.subject(),
              why.code() + ": " + why.message(),
              "an object that can be read"));
    }
    if (unread.isEmpty() && objects > 0) {
      results.add(
          new QcResult(
              check, QcLevel.PASS, from.key(), "all of " + objects, "objects that can be read"));
    }
  }

  /** Objects are known by their SOP class; the scan notes where the modality says another kind. */
  private void modality(QcCheck check, InstanceHeader header) {
    boolean isOther = isOfOtherModality(header);
    results.add(
        new QcResult(
            check,
            isOther ? QcLevel.WARNING : QcLevel.PASS,
            header.sopInstanceUid(),
            isOther ? "not that of the SOP class" : header.modality(),
            header.modality() + " (0008,0060)"));
  }

  static boolean isOfOtherModality(InstanceHeader header) {
    return header.findings().stream().anyMatch(f -> f.code() == Finding.Code.MODALITY_MISMATCH);
  }
}
