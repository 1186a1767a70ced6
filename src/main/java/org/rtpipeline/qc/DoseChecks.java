package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/** Checks of the doses that count. */
final class DoseChecks {

  /** Points of a dose grid farther apart than this blur steep gradients, mm. */
  static final double WIDEST_SPACING_MM = 3.0;

  private static final double LOWEST_OVER_PRESCRIPTION = 0.9;
  private static final double HIGHEST_OVER_PRESCRIPTION = 1.6;
  private static final Set<String> TARGETS = Set.of("PTV", "CTV", "GTV");

  private final QcCourse course;
  private final List<QcResult> results = new ArrayList<>();

  private DoseChecks(QcCourse course) {
    this.course = course;
  }

  static List<QcResult> of(QcCourse course) {
    DoseChecks checks = new DoseChecks(course);
    DoseDecision decision = course.course().doseDecision();
    if (decision.rule() == DoseDecision.Rule.NO_DOSES) {
      return List.of(QcResult.notEvaluated(QcCheck.DOSE_DECISION, course.key(), decision.reason()));
    }
    checks.add(
        QcCheck.DOSE_DECISION,
        decision.chosenUids().isEmpty() ? QcLevel.FAIL : QcLevel.PASS,
        course.key(),
        decision.rule() + ": " + decision.reason(),
        "a dose that can be chosen safely");
    course.course().objects().doses().stream()
        .filter(header -> decision.chosenUids().contains(header.sopInstanceUid()))
        .forEach(checks::header);
    DoseGrid dose = course.dose();
    if (dose != null) {
      checks.grid(dose);
    }
    return checks.results;
  }

  private void add(QcCheck check, QcLevel level, String subject, String value, String expected) {
    results.add(new QcResult(check, level, subject, value, expected));
  }

  private void header(InstanceHeader header) {
    if (!(header.facts() instanceof ObjectFacts.Dose facts)) {
      return;
    }
    String uid = header.sopInstanceUid();
    String units = word(facts.units());
    Double referenceGy = course.course().doseDecision().relativeReferenceGy();
    boolean isScaled = units.equals("RELATIVE") && referenceGy != null;
    add(
        QcCheck.DOSE_UNITS,
        Set.of("GY", "CGY").contains(units)
            ? QcLevel.PASS
            : isScaled ? QcLevel.WARNING : QcLevel.FAIL,
        uid,
        isScaled
            ? String.format(Locale.ROOT, "%s, 100 %% taken for %.2f Gy", units, referenceGy)
            : units,
        "GY (3004,0002)");
    String type = word(facts.type());
    add(
        QcCheck.DOSE_TYPE,
        type.equals("PHYSICAL") ? QcLevel.PASS : QcLevel.WARNING,
        uid,
        type,
        "PHYSICAL (3004,0004)");
    String summation = word(facts.summationType());
    add(
        QcCheck.DOSE_SUMMATION,
        summation.equals("none") ? QcLevel.WARNING : QcLevel.PASS,
        uid,
        summation,
        "a summation type (3004,000A)");
  }

  private static String word(@Nullable String value) {
    return Objects.requireNonNullElse(value, "none");
  }

  private void grid(DoseGrid dose) {
    VoxelGrid grid = dose.grid();
    double widestMm =
        Math.max(
            Math.max(grid.columnSpacingMm(), grid.rowSpacingMm()),
            grid.planes() > 1 ? grid.meanPlaneSpacingMm() : 0);
    add(
        QcCheck.DOSE_SPACING,
        widestMm <= WIDEST_SPACING_MM + 1e-6 ? QcLevel.PASS : QcLevel.WARNING,
        course.key(),
        String.format(Locale.ROOT, "%.2f mm", widestMm),
        String.format(Locale.ROOT, "at most %.1f mm", WIDEST_SPACING_MM));
    level(dose);
    course.structureSets().forEach(set -> coverage(grid, set));
  }

  private void level(DoseGrid dose) {
    OptionalDouble prescriptionGy =
        course.plans().stream()
            .map(Plan::prescriptionGy)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .max();
    if (course.plans().size() != 1 || prescriptionGy.isEmpty()) {
      results.add(
          QcResult.notEvaluated(
              QcCheck.DOSE_LEVEL, course.key(), "there is no single plan with a prescription"));
      return;
    }
    double highestGy = 0;
    for (float gy : dose.valuesGy()) {
      highestGy = Math.max(highestGy, gy);
    }
    double ratio = highestGy / prescriptionGy.getAsDouble();
    boolean plausible = ratio >= LOWEST_OVER_PRESCRIPTION && ratio <= HIGHEST_OVER_PRESCRIPTION;
    add(
        QcCheck.DOSE_LEVEL,
        plausible ? QcLevel.PASS : QcLevel.WARNING,
        course.key(),
        String.format(Locale.ROOT, "%.2f Gy over %.2f Gy", highestGy, prescriptionGy.getAsDouble()),
        String.format(
            Locale.ROOT,
            "a ratio of %.1f to %.1f",
            LOWEST_OVER_PRESCRIPTION,
            HIGHEST_OVER_PRESCRIPTION));
  }

  private void coverage(VoxelGrid grid, StructureSet set) {
    for (Roi roi : set.rois()) {
      if (!isTarget(roi)) {
        continue;
      }
      long points = 0;
      long inside = 0;
      for (Contour contour : roi.contours()) {
        double[] mm = contour.pointsMm();
        for (int p = 0; p < mm.length; p += 3) {
          points++;
          inside += holds(grid, new Point(mm[p], mm[p + 1], mm[p + 2])) ? 1 : 0;
        }
      }
      if (points > 0) {
        add(
            QcCheck.DOSE_COVERS_TARGETS,
            inside == points ? QcLevel.PASS : QcLevel.FAIL,
            StructureChecks.subject(set, roi),
            String.format(
                Locale.ROOT,
                "%s: %.1f %% of its contour points",
                roi.name(),
                100.0 * inside / points),
            "100 % inside the dose grid");
      }
    }
  }

  /** A target by its type, or by the first letters of its name when it has none. */
  static boolean isTarget(Roi roi) {
    String type = roi.interpretedType();
    if (type != null && !type.isEmpty()) {
      return TARGETS.contains(type);
    }
    String name = roi.name().toUpperCase(Locale.ROOT);
    return TARGETS.stream().anyMatch(name::startsWith);
  }

  private static boolean holds(VoxelGrid grid, Point point) {
    double column = grid.columnOf(point);
    double row = grid.rowOf(point);
    double offsetMm = grid.offsetOfMm(point);
    return column >= 0
        && column <= grid.columns() - 1
        && row >= 0
        && row <= grid.rows() - 1
        && offsetMm >= grid.planeOffsetMm(0)
        && offsetMm <= grid.planeOffsetMm(grid.planes() - 1);
  }
}
