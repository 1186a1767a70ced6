package org.rtpipeline.segmentation;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;

/**
 * The image that a back end is to find structures in.
 *
 * @param course whose image it is
 * @param seriesUid the series (0020,000E)
 * @param modality CT or MR
 * @param volume HU for CT; the labels come back on this grid
 * @param scratchFolder an empty folder of this call alone, removed by the caller afterwards
 * @param known structures that are known of the image before, on its grid: those that people drew,
 *     or those of another model; null for none
 */
public record SegmentationInput(
    CourseId course,
    String seriesUid,
    String modality,
    ImageVolume volume,
    Path scratchFolder,
    @Nullable LabelMap known) {

  /** An image of which no structure is known. */
  public SegmentationInput(
      CourseId course, String seriesUid, String modality, ImageVolume volume, Path scratchFolder) {
    this(course, seriesUid, modality, volume, scratchFolder, null);
  }
}
