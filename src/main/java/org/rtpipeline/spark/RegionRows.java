package org.rtpipeline.spark;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.qc.BodyRegions;
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

  private static @Nullable Boolean isAgentNamed(CourseData data, List<Finding> findings) {
    try {
      return data.isContrastAgentNamed().orElse(null);
    } catch (CourseDataException e) {
      findings.add(ReadObjects.leftOut(e.finding()));
      return null;
    }
  }
}
