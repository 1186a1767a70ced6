package org.rtpipeline.qc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.rtpipeline.qc.MadeCourse.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StandardName;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.model.TreatmentRecord.DeliveredBeam;

final class CourseChecksTest {

  /** One thing spoiled at a time. */
  private interface Spoiler {
    void spoil(MadeCourse course);
  }

  private static QcResult worst(QcCheck check, Spoiler spoiler) {
    return results(
            course -> {
              spoiler.spoil(course);
              return course;
            })
        .stream()
        .filter(result -> result.check() == check)
        .max(Comparator.comparing(QcResult::level))
        .orElseThrow();
  }

  @Test
  void aSoundCoursePassesEveryCheck() {
    List<QcResult> results = results(course -> course);

    assertThat(results)
        .filteredOn(result -> result.check() != QcCheck.OBJECTS_PRESENT)
        .extracting(QcResult::level)
        .containsOnly(QcLevel.PASS);
    assertThat(CourseChecks.overall(results)).isEqualTo(QcLevel.PASS);
    assertThat(results.get(0).value())
        .isEqualTo("CT images 20, structure sets 1, segmentations 0, plans 1, doses 1, records 0");
  }

  private static Arguments spoiled(QcCheck check, QcLevel level, String value, Spoiler spoiler) {
    return Arguments.of(check, level, value, spoiler);
  }

  private static List<Finding> ofReadingPlan(Finding.Code code, String message) {
    return List.of(new Finding(Finding.Level.WARN, code, "plan", message));
  }

  private static Finding unread(Finding.Code code) {
    return new Finding(Finding.Level.WARN, code, "object", "it is so");
  }

  private static Arguments spoiledReading(QcCheck check) {
    return spoiled(
        check,
        QcLevel.FAIL,
        "TRUNCATED_PIXEL_DATA: it is so",
        c ->
            c.unread =
                List.of(new QcCourse.Unread(check, unread(Finding.Code.TRUNCATED_PIXEL_DATA))));
  }

  static Stream<Arguments> spoiledCourses() {
    return Stream.of(
        spoiled(QcCheck.CT_MODALITY, QcLevel.WARNING, "MR", c -> c.ctModality = "MR"),
        spoiled(
            QcCheck.CT_MODALITY,
            QcLevel.WARNING,
            "20 images whose modality is not that of their class",
            c -> c.ofScanning = List.of(unread(Finding.Code.MODALITY_MISMATCH))),
        spoiled(
            QcCheck.PLAN_MODALITY,
            QcLevel.WARNING,
            "not that of the SOP class",
            c -> c.ofScanning = List.of(unread(Finding.Code.MODALITY_MISMATCH))),
        spoiled(
            QcCheck.DOSE_MODALITY,
            QcLevel.WARNING,
            "not that of the SOP class",
            c -> c.ofScanning = List.of(unread(Finding.Code.MODALITY_MISMATCH))),
        spoiled(
            QcCheck.CT_SLICE_THICKNESS,
            QcLevel.WARNING,
            "3.00 mm, 5.00 mm",
            c -> c.firstThicknessMm = 5.0),
        spoiled(
            QcCheck.CT_SLICE_THICKNESS,
            QcLevel.WARNING,
            "3.00 mm, none",
            c -> c.firstThicknessMm = null),
        spoiled(
            QcCheck.CT_FRAME_OF_REFERENCE,
            QcLevel.WARNING,
            "1.2.3.4, 9.9",
            c -> c.firstFrame = "9.9"),
        spoiledReading(QcCheck.CT_READABLE),
        spoiledReading(QcCheck.PLAN_READABLE),
        spoiledReading(QcCheck.DOSE_READABLE),
        spoiledReading(QcCheck.STRUCTURES_READABLE),
        spoiled(
            QcCheck.CT_SLICE_GAP,
            QcLevel.FAIL,
            "1 gaps, widest 9.00 mm",
            c -> c.slicesMm = new double[] {0, 3, 6, 15, 18}),
        spoiled(
            QcCheck.CT_DUPLICATE_SLICE,
            QcLevel.FAIL,
            "1 pairs",
            c -> c.slicesMm = new double[] {0, 3, 3, 6}),
        spoiled(
            QcCheck.CT_SLICE_SPACING,
            QcLevel.WARNING,
            "3.000 mm, uneven by 0.500 mm",
            c -> c.slicesMm = new double[] {0, 3, 6, 9.5, 12.5}),
        spoiled(
            QcCheck.CT_ORIENTATION,
            QcLevel.WARNING,
            "90.0° from axial",
            c -> c.orientation = List.of(1.0, 0.0, 0.0, 0.0, 0.0, -1.0)),
        spoiled(
            QcCheck.CT_ORIENTATION,
            QcLevel.FAIL,
            "20 slices without orientation",
            c -> c.orientation = List.of()),
        spoiled(
            QcCheck.CT_HOUNSFIELD,
            QcLevel.WARNING,
            "darkest 5 % of the voxels up to 24 HU",
            c -> c.airHu = 24),
        spoiled(QcCheck.PLAN_APPROVAL, QcLevel.WARNING, "none", c -> c.approval = null),
        spoiled(
            QcCheck.STRUCTURES_APPROVAL,
            QcLevel.WARNING,
            "UNAPPROVED",
            c -> c.approval = "UNAPPROVED"),
        spoiled(QcCheck.PLAN_FRACTIONS, QcLevel.WARNING, "none", c -> c.fractions = null),
        spoiled(
            QcCheck.PLAN_BEAMS,
            QcLevel.WARNING,
            "1 treatment beams, 1 without meterset",
            c -> c.meterset = null),
        spoiled(
            QcCheck.PLAN_BEAM_REFERENCES,
            QcLevel.WARNING,
            "beam 3 is absent",
            c -> c.ofReadingPlan = ofReadingPlan(Finding.Code.BEAM_MISSING, "beam 3 is absent")),
        spoiled(
            QcCheck.PLAN_BEAM_ENERGY,
            QcLevel.WARNING,
            "beam 1 has none",
            c ->
                c.ofReadingPlan =
                    ofReadingPlan(Finding.Code.BEAM_ENERGY_MISSING, "beam 1 has none")),
        spoiled(QcCheck.DOSE_UNITS, QcLevel.FAIL, "RELATIVE", c -> c.doseUnits = "RELATIVE"),
        spoiled(
            QcCheck.DOSE_UNITS,
            QcLevel.WARNING,
            "RELATIVE, 100 % taken for 60.00 Gy",
            c -> {
              c.doseUnits = "RELATIVE";
              c.relativeReferenceGy = 60.0;
            }),
        spoiled(QcCheck.DOSE_TYPE, QcLevel.WARNING, "EFFECTIVE", c -> c.doseType = "EFFECTIVE"),
        spoiled(QcCheck.DOSE_SUMMATION, QcLevel.WARNING, "none", c -> c.doseSummation = null),
        spoiled(QcCheck.DOSE_SPACING, QcLevel.WARNING, "4.00 mm", c -> c.doseSpacingMm = 4),
        spoiled(
            QcCheck.DOSE_LEVEL,
            QcLevel.WARNING,
            "6200.00 Gy over 60.00 Gy",
            c -> c.highestGy = 6200),
        spoiled(
            QcCheck.DOSE_COVERS_TARGETS,
            QcLevel.FAIL,
            "PTV: 25.0 % of its contour points",
            c -> c.rois.set(0, MadeCourse.box(1, "PTV", null, 20, 47, 8, 12))),
        spoiled(
            QcCheck.FRAME_OF_REFERENCE, QcLevel.WARNING, "1.2.3.4, 9.9", c -> c.doseFrame = "9.9"),
        spoiled(QcCheck.DOSE_TO_PLAN, QcLevel.WARNING, "no reference", c -> c.ofDose = List.of()),
        spoiled(
            QcCheck.PLAN_TO_STRUCTURES,
            QcLevel.WARNING,
            "not there: other",
            c -> c.ofPlan = List.of(new Reference(Reference.Role.STRUCTURE_SET, "other"))),
        spoiled(
            QcCheck.STRUCTURES_TO_CT,
            QcLevel.WARNING,
            "1 of 2 images there",
            c ->
                c.ofSet =
                    List.of(
                        new Reference(Reference.Role.IMAGE, "ct.3"),
                        new Reference(Reference.Role.IMAGE, "ct.99"))),
        spoiled(
            QcCheck.STRUCTURES_TO_CT,
            QcLevel.WARNING,
            "no reference to the planning CT",
            c -> c.ofSet = List.of()),
        spoiled(
            QcCheck.ROI_CROPPED,
            QcLevel.WARNING,
            "Body: first column, first row",
            c -> c.rois.add(MadeCourse.box(3, "Body", null, 0, 40, 5, 9))),
        spoiled(
            QcCheck.ROI_CROPPED,
            QcLevel.INFO,
            "Couch top: first column, first row",
            c -> c.rois.add(MadeCourse.box(3, "Couch top", null, 0, 40, 5, 9))),
        spoiled(
            QcCheck.ROI_CROPPED,
            QcLevel.INFO,
            "Cord: last slice",
            c -> c.rois.add(MadeCourse.box(3, "Cord", null, 10, 20, 15, 19))),
        spoiled(
            QcCheck.EMPTY_ROI,
            QcLevel.WARNING,
            "Heart: no contour",
            c -> c.rois.add(new Roi(3, "Heart", null, null, null, List.of()))),
        spoiled(
            QcCheck.DUPLICATE_ROI_NAME,
            QcLevel.WARNING,
            "lung (2, 3)",
            c -> c.rois.add(MadeCourse.box(3, "LUNG", null, 10, 20, 5, 9))),
        spoiled(
            QcCheck.CONTOUR_OFF_SLICE,
            QcLevel.WARNING,
            "Off: 1 of 1 contours, farthest 1.20 mm",
            c ->
                c.rois.add(
                    new Roi(3, "Off", null, null, null, List.of(MadeCourse.square(10, 20, 19.2))))),
        spoiled(QcCheck.FRACTION_COUNT, QcLevel.WARNING, "1 recorded", c -> c.records.remove(1)),
        spoiled(
            QcCheck.DELIVERED_METERSET,
            QcLevel.WARNING,
            "beam 1: 80.00 MU delivered",
            c -> c.records.set(1, MadeCourse.record(2, 80))),
        spoiled(
            QcCheck.TERMINATION,
            QcLevel.WARNING,
            "beam 1: MACHINE",
            c ->
                c.records.set(
                    1,
                    new TreatmentRecord(
                        "r",
                        "plan",
                        null,
                        null,
                        2,
                        null,
                        List.of(new DeliveredBeam(1, null, null, "MACHINE", null)),
                        List.of()))));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("spoiledCourses")
  void oneSpoiledThingIsFoundWithItsValue(
      QcCheck check, QcLevel level, String value, Spoiler spoiler) {
    QcResult result = worst(check, spoiler);

    assertThat(result.level()).isEqualTo(level);
    assertThat(result.value()).isEqualTo(value);
    assertThat(result.expected()).isNotEmpty();
  }

  @Test
  void checksThatFindNothingSayHowMuchTheyLookedAt() {
    List<QcResult> results = results(course -> course);

    assertThat(results)
        .extracting(QcResult::check, QcResult::subject, QcResult::value)
        .contains(
            tuple(QcCheck.ROI_CROPPED, "set", "all of 2 regions"),
            tuple(QcCheck.CONTOUR_OFF_SLICE, "set", "all of 2 regions"),
            tuple(QcCheck.EMPTY_ROI, "set", "all of 2 regions"),
            tuple(QcCheck.DELIVERED_METERSET, "key", "all of 2 beams"),
            tuple(QcCheck.TERMINATION, "key", "all of 2 beams"));
  }

  /** What a physicist looks for in a course, and the checks that look for it. */
  @Test
  void aSoundCourseIsCheckedForAllThatAPhysicistLooksFor() {
    assertThat(results(course -> course))
        .extracting(QcResult::check)
        .contains(
            QcCheck.CT_READABLE,
            QcCheck.CT_MODALITY,
            QcCheck.CT_FRAME_OF_REFERENCE,
            QcCheck.CT_SLICE_THICKNESS,
            QcCheck.CT_SLICE_GAP,
            QcCheck.CT_DUPLICATE_SLICE,
            QcCheck.CT_SLICE_SPACING,
            QcCheck.CT_ORIENTATION,
            QcCheck.CT_MATRIX,
            QcCheck.CT_HOUNSFIELD,
            QcCheck.PLAN_READABLE,
            QcCheck.PLAN_MODALITY,
            QcCheck.DOSE_READABLE,
            QcCheck.DOSE_MODALITY,
            QcCheck.DOSE_SPACING,
            QcCheck.DOSE_COVERS_TARGETS,
            QcCheck.DOSE_TO_PLAN,
            QcCheck.PLAN_TO_STRUCTURES,
            QcCheck.STRUCTURES_TO_CT,
            QcCheck.FRAME_OF_REFERENCE,
            QcCheck.PLAN_BEAMS,
            QcCheck.PLAN_BEAM_REFERENCES,
            QcCheck.PLAN_BEAM_ENERGY,
            QcCheck.PLAN_FRACTIONS,
            QcCheck.FRACTION_COUNT,
            QcCheck.CONTOUR_OFF_SLICE,
            QcCheck.DUPLICATE_ROI_NAME,
            QcCheck.EMPTY_ROI,
            QcCheck.PLAN_APPROVAL);
  }

  @Test
  void aKindOfChecksWithNothingToLookAtDoesNotPass() {
    List<QcResult> nothing =
        List.of(QcResult.notEvaluated(QcCheck.ROI_CROPPED, "set", "there is no planning CT"));

    assertThat(CourseChecks.group(nothing)).isEqualTo(QcLevel.NOT_EVALUATED);
    assertThat(CourseChecks.group(List.of())).isEqualTo(QcLevel.NOT_EVALUATED);
    assertThat(CourseChecks.group(results(course -> course))).isEqualTo(QcLevel.PASS);
  }

  @Test
  void regionsOfACourseUnderOneStandardNameAreFound() {
    List<QcResult> results =
        results(
            course -> {
              StandardName lungs = new StandardName("Lungs", "site s.csv:1 exact");
              course.rois.set(1, course.rois.get(1).named(lungs));
              course.rois.add(MadeCourse.box(3, "both lungs", null, 10, 20, 5, 9).named(lungs));
              return course;
            });

    assertThat(results)
        .filteredOn(result -> result.check() == QcCheck.DUPLICATE_STANDARD_NAME)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.level()).isEqualTo(QcLevel.WARNING);
              assertThat(result.value()).isEqualTo("Lungs: Lung, both lungs (set#2, set#3)");
            });
    assertThat(results(course -> course))
        .noneMatch(result -> result.check() == QcCheck.DUPLICATE_STANDARD_NAME);
  }

  @Test
  void theSummaryHoldsTheWorstLevelAndAllChecksAsJson() {
    List<QcResult> results =
        results(
            course -> {
              course.doseUnits = "RELATIVE";
              course.rois.add(MadeCourse.box(3, "Body", null, 0, 40, 5, 9));
              return course;
            });
    QcSummaryRow row = new QcSummaryRow(head(1), results);

    List<Object> cells = new ArrayList<>();
    QcSummaryRow.SCHEMA.columns().forEach(column -> cells.add(column.value().apply(row)));
    assertThat(cells).contains("FAIL");
    assertThat(cells.get(cells.size() - 2).toString())
        .startsWith("{\"status\":\"WARNING\",\"results\":[{\"check\":\"ROI_CROPPED\"");
    assertThat(cells.get(cells.size() - 1).toString())
        .contains("\"rd_validation\":{\"status\":\"FAIL\"");
  }

  @Test
  void aVolumeUnlikeAllOthersOfItsNameStandsOut() {
    List<VolumeOutliers.RegionVolume> regions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      regions.add(
          new VolumeOutliers.RegionVolume(head(i), "set#" + i, "Heart", 600 + 10 * (i % 7)));
    }
    regions.add(new VolumeOutliers.RegionVolume(head(20), "set#20", "HEART", 6));
    regions.add(new VolumeOutliers.RegionVolume(head(21), "set#21", "Rare", 6));

    List<QcRow> rows = VolumeOutliers.of(regions);

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).result().subject()).isEqualTo("set#20");
    assertThat(rows.get(0).result().value()).startsWith("HEART: 6.00 cm3, z -");
    assertThat(VolumeOutliers.of(regions.subList(0, 3))).isEmpty();
  }

  private static RowHead head(int course) {
    return new RowHead(
        new CourseId("key" + course), "P", "2024-03", "k", Outcome.Kind.DONE, List.of());
  }
}
