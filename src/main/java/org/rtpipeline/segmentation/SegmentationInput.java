package org.rtpipeline.segmentation;

import java.nio.file.Path;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ImageVolume;

/**
 * The image that a back end is to find structures in.
 *
 * @param course whose image it is
 * @param seriesUid the series (0020,000E)
 * @param modality CT or MR
 * @param volume HU for CT; the labels come back on this grid
 * @param scratchFolder an empty folder of this call alone, removed by the caller afterwards
 */
public record SegmentationInput(
    CourseId course, String seriesUid, String modality, ImageVolume volume, Path scratchFolder) {}
