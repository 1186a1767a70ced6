package org.rtpipeline.segmentation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/** Makes a structure set of a label map: one region for each structure that has a voxel. */
public final class AutomaticStructures {

  /** Approval status (300E,0002) of every structure set that no human has seen. */
  public static final String UNAPPROVED = "UNAPPROVED";

  /** ROI generation algorithm (3006,0036) of a region that a program has drawn. */
  public static final String AUTOMATIC = "AUTOMATIC";

  private AutomaticStructures() {}

  /**
   * The image that the regions are drawn on.
   *
   * @param seriesUid (0020,000E)
   * @param frameOfReferenceUid (0020,0052)
   * @param imageUids SOP instance UID of the image of each plane, in ascending order along the
   *     normal
   */
  public record Image(String seriesUid, String frameOfReferenceUid, List<String> imageUids)
      implements Serializable {
    /** Copies the list. */
    public Image {
      imageUids = List.copyOf(imageUids);
    }
  }

  /**
   * The structure set; its UID follows from the series, the back end and the options.
   *
   * @param longestName characters of a region's name, at most 64
   */
  public static StructureSet of(
      LabelMap labels,
      Image image,
      SegmentationBackEnd backEnd,
      ContourOptions options,
      int longestName) {
    List<String> names =
        RoiNames.unique(
            labels.structures().stream().map(LabelledStructure::name).toList(), longestName);
    List<Roi> rois = new ArrayList<>();
    for (int s = 0; s < names.size(); s++) {
      LabelledStructure structure = labels.structures().get(s);
      List<Contour> contours =
          MaskContours.of(labels.mask(structure), labels.grid(), image.imageUids(), options);
      if (!contours.isEmpty()) {
        rois.add(
            new Roi(
                structure.number(),
                names.get(s),
                structure.interpretedType(),
                AUTOMATIC,
                image.frameOfReferenceUid(),
                contours));
      }
    }
    return new StructureSet(
        DerivedUid.of(
            image.seriesUid(),
            backEnd.digest(),
            options.toString(),
            Integer.toString(longestName),
            "RTSTRUCT"),
        "Auto " + backEnd.name(),
        UNAPPROVED,
        image.frameOfReferenceUid(),
        rois,
        labels.findings());
  }
}
