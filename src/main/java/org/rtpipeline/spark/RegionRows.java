package org.rtpipeline.spark;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.qc.BodyRegionRow;
import org.rtpipeline.qc.BodyRegions;
import org.rtpipeline.qc.CropBounds;
import org.rtpipeline.qc.CropBoundsRow;
import org.rtpipeline.qc.SeenAnatomy;

/** Finds out which regions of the body the planning CT of a course shows. */
final class RegionRows {

  private RegionRows() {}

  /**
   * The regions.
   *
   * @param ct HU of the planning CT; null when there is none that can be read
   * @param sets structures to look at
   * @param findings gets what could not be read
   */
  static BodyRegions of(
      Course course,
      CourseData data,
      @Nullable ImageVolume ct,
      List<StructureSet> sets,
      List<Finding> findings) {
    ImageSeries series = course.planningCt();
    SeenAnatomy seen =
        SeenAnatomy.of(sets, ct, series == null ? null : series.frameOfReferenceUid());
    return BodyRegions.of(
        seen,
        series == null
            ? null
            : new BodyRegions.Image(series.modality(), ct, isAgentNamed(data, findings)));
  }

  /** Rows of the bounds of every region by its landmarks. */
  static List<CropBoundsRow> rows(
      RowHead head, BodyRegionRow.Structures structures, List<CropBounds> bounds) {
    return bounds.stream().map(one -> new CropBoundsRow(head, structures, one)).toList();
  }

  /** Those of the regions that the planning CT shows: only there landmarks are to be expected. */
  static List<CropBounds> shown(List<CropBounds> bounds, BodyRegions regions) {
    return bounds.stream().filter(one -> regions.shown().contains(one.region().within())).toList();
  }

  private static @Nullable Boolean isAgentNamed(CourseData data, List<Finding> findings) {
    try {
      return data.isContrastAgentNamed().orElse(null);
    } catch (CourseDataException e) {
      findings.add(ReadObjects.leftOut(e.finding()));
      return null;
    }
  }
}
