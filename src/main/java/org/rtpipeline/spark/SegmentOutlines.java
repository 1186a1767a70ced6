package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.ReadSegments;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.segmentation.ContourOptions;
import org.rtpipeline.segmentation.MaskContours;

/**
 * A segmentation object as a structure set: along the edges of the pixels of every segment, in the
 * planes of the object, whatever the grid of other images. So the volume of a segment is that of
 * its voxels, and an image on the same grid gets exactly them; on another grid a voxel is inside
 * when the nearest voxel of the segmentation is.
 */
final class SegmentOutlines {

  private static final String MANUAL = "MANUAL";

  private SegmentOutlines() {}

  /**
   * The structure set of an object; segments that overlap stay apart.
   *
   * @param frameOfReferenceUid where the planes lie; null when not known
   */
  static StructureSet of(ReadSegments read, @Nullable String frameOfReferenceUid) {
    LabelMap labels = read.labels();
    List<Finding> findings = new ArrayList<>(labels.findings());
    List<Roi> rois = new ArrayList<>();
    for (LabelledStructure segment : labels.structures()) {
      Roi roi = roi(read, segment, frameOfReferenceUid);
      if (roi.contours().isEmpty()) {
        findings.add(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.EMPTY_ROI,
                Integer.toString(roi.number()),
                "the segment has no voxel"));
      }
      rois.add(roi);
    }
    return new StructureSet(
        read.sopInstanceUid(), read.label(), null, frameOfReferenceUid, rois, findings);
  }

  private static Roi roi(
      ReadSegments read, LabelledStructure segment, @Nullable String frameOfReferenceUid) {
    LabelMap labels = read.labels();
    ReadSegments.Maker maker = read.maker(segment.number());
    Roi roi =
        new Roi(
            segment.number(),
            segment.name(),
            null,
            maker.algorithmType(),
            frameOfReferenceUid,
            MaskContours.of(labels.mask(segment), labels.grid(), List.of(), ContourOptions.EXACT));
    Roi onPlanes = read.spacingMm() == null ? roi : roi.onPlanes(read.spacingMm());
    return maker.algorithmName() == null || MANUAL.equals(maker.algorithmType())
        ? onPlanes
        : onPlanes.drawnBy(maker.algorithmName());
  }
}
