package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.metadata.Fractions;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.qc.BodyRegionRow;
import org.rtpipeline.qc.BodyRegions;
import org.rtpipeline.qc.CourseChecks;
import org.rtpipeline.qc.CropBounds;
import org.rtpipeline.qc.QcCheck;
import org.rtpipeline.qc.QcCourse;
import org.rtpipeline.qc.QcResult;
import org.rtpipeline.qc.QcRow;
import org.rtpipeline.qc.QcSummaryRow;
import org.rtpipeline.structures.StructureNameRow;

/** Checks of the objects of a course: one row each, and one for the course as a whole. */
final class QcStage implements CourseStage<StageRows> {

  private static final long serialVersionUID = 1L;

  @Override
  public StageName name() {
    return StageName.QC;
  }

  @Override
  public String configuration() {
    return "{}";
  }

  @Override
  public Outcome<StageRows> apply(Course course, CourseData data) {
    List<Finding> ofPlans = new ArrayList<>();
    List<Finding> ofStructures = new ArrayList<>();
    List<Finding> ofRecords = new ArrayList<>();
    List<Finding> ofCt = new ArrayList<>();
    List<Finding> ofDose = new ArrayList<>();
    List<Plan> plans = ReadObjects.of(course.objects().plans(), data::plan, ofPlans);
    List<StructureSet> sets =
        ReadObjects.of(course.objects().structureSets(), data::structureSet, ofStructures);
    List<StructureSet> segmentations =
        ReadObjects.of(course.objects().segmentations(), data::segmentation, ofStructures);
    List<TreatmentRecord> records =
        ReadObjects.of(course.objects().records(), data::record, ofRecords);
    ImageVolume ct = ct(data, ofCt);
    DoseGrid dose = dose(data, ofDose);
    List<QcCourse.Unread> unread =
        Stream.of(
                unread(QcCheck.PLAN_READABLE, ofPlans),
                unread(QcCheck.STRUCTURES_READABLE, ofStructures),
                unread(QcCheck.RECORDS_READABLE, ofRecords),
                unread(QcCheck.CT_READABLE, ofCt),
                unread(QcCheck.DOSE_READABLE, ofDose))
            .flatMap(List::stream)
            .toList();
    List<Finding> findings = new ArrayList<>();
    unread.forEach(one -> findings.add(one.why()));
    QcCourse checked =
        new QcCourse(
            course,
            ct,
            dose,
            plans,
            sets,
            segmentations,
            records,
            fractions(records, plans),
            unread);
    List<StructureSet> all = Stream.of(sets, segmentations).flatMap(List::stream).toList();
    all.stream()
        .flatMap(set -> set.findings().stream())
        .filter(finding -> finding.code() == Finding.Code.DUPLICATE_STANDARD_NAME)
        .forEach(findings::add);
    BodyRegions regions = RegionRows.of(course, data, checked.ct(), all, findings);
    List<QcResult> results = new ArrayList<>(CourseChecks.of(checked));
    results.addAll(regions.checks(course.id().key()));
    List<CropBounds> bounds = CropBounds.of(all, checked.ct() == null ? null : checked.ct().grid());
    for (CropBounds shown : RegionRows.shown(bounds, regions)) {
      findings.addAll(shown.findings(course.id().key()));
      results.add(shown.check(course.id().key() + "#" + shown.region()));
    }
    RowHead head =
        RowHead.of(
            course,
            data.stageKey(this),
            StageResult.kindOf(findings),
            StageResult.worstFirst(findings));
    List<TableRecord> rows = new ArrayList<>();
    results.forEach(result -> rows.add(new QcRow(head, result)));
    rows.add(new QcSummaryRow(head, results));
    sets.forEach(set -> rows.addAll(StructureNameRow.of(head, CourseStructures.MANUAL, set)));
    segmentations.forEach(
        set -> rows.addAll(StructureNameRow.of(head, CourseStructures.SEGMENTATION_OBJECT, set)));
    rows.add(new BodyRegionRow(head, BodyRegionRow.Structures.CLINICAL, regions));
    rows.addAll(RegionRows.rows(head, BodyRegionRow.Structures.CLINICAL, bounds));
    return new Outcome.Done<>(course.id(), new StageRows(rows), findings);
  }

  private static List<QcCourse.Unread> unread(QcCheck check, List<Finding> findings) {
    return findings.stream().map(why -> new QcCourse.Unread(check, why)).toList();
  }

  /** How many fractions of each plan the stage metadata counts. */
  private static Map<String, Integer> fractions(List<TreatmentRecord> records, List<Plan> plans) {
    Map<String, Integer> fractions = new TreeMap<>();
    Fractions.of(records, plans).forEach(f -> fractions.merge(f.planUid(), 1, Integer::sum));
    return fractions;
  }

  static @Nullable ImageVolume ct(CourseData data, List<Finding> findings) {
    try {
      return data.planningCt().map(ReadVolume::volume).orElse(null);
    } catch (CourseDataException e) {
      findings.add(ReadObjects.leftOut(e.finding()));
      return null;
    }
  }

  private static @Nullable DoseGrid dose(CourseData data, List<Finding> findings) {
    try {
      Optional<CourseData.CourseDose> dose = data.dose();
      return dose.map(CourseData.CourseDose::grid).orElse(null);
    } catch (CourseDataException e) {
      findings.add(ReadObjects.leftOut(e.finding()));
      return null;
    }
  }
}
