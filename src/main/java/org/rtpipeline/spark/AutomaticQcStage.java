package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.qc.BodyRegionRow;
import org.rtpipeline.qc.BodyRegions;
import org.rtpipeline.qc.CropBounds;
import org.rtpipeline.qc.QcRow;

/**
 * What automatic structures add to the checks of a course: the regions of the body and their
 * landmarks.
 */
final class AutomaticQcStage implements CourseStage<StageRows> {

  private static final long serialVersionUID = 1L;

  @Override
  public StageName name() {
    return StageName.QC;
  }

  @Override
  public String configuration() {
    return "{\"structures\":\"AUTOMATIC\"}";
  }

  @Override
  public Outcome<StageRows> apply(Course course, CourseData data) throws CourseDataException {
    List<Finding> findings = new ArrayList<>();
    List<StructureSet> sets = data.sources().stream().map(CourseStructures::set).toList();
    ImageVolume ct = QcStage.ct(data, findings);
    BodyRegions regions = RegionRows.of(course, data, ct, sets, findings);
    List<CropBounds> bounds = CropBounds.of(sets, ct == null ? null : ct.grid());
    List<CropBounds> shown = RegionRows.shown(bounds, regions);
    shown.forEach(one -> findings.addAll(one.findings(course.id().key())));
    RowHead head =
        RowHead.of(
            course,
            data.stageKey(this),
            StageResult.kindOf(findings),
            StageResult.worstFirst(findings));
    List<TableRecord> rows = new ArrayList<>();
    rows.add(new BodyRegionRow(head, BodyRegionRow.Structures.AUTOMATIC, regions));
    rows.addAll(RegionRows.rows(head, BodyRegionRow.Structures.AUTOMATIC, bounds));
    for (CropBounds one : shown) {
      String subject =
          course.id().key() + "#" + one.region() + "#" + BodyRegionRow.Structures.AUTOMATIC;
      rows.add(new QcRow(head, one.check(subject)));
    }
    return new Outcome.Done<>(course.id(), new StageRows(rows), findings);
  }
}
