package org.rtpipeline.spark;

import java.io.Serializable;
import org.rtpipeline.segmentation.ImageKind;

/**
 * One segmentation of a course.
 *
 * @param model word for the model; empty for the first of its kind of image
 * @param images kind of the image
 * @param seriesUid the image series (0020,000E); empty when there is none
 */
record SegmentationTarget(String model, ImageKind images, String seriesUid)
    implements Serializable {

  /** What the column {@code segmentation_source} says of structures of the first model. */
  static final String FIRST_MODEL = "AutoRTS";

  /** The same of others, before the name of the model; a word of the Python rtpipeline. */
  static final String OTHER_MODEL = "CustomModel:";

  /** The planning CT, first model. */
  static final SegmentationTarget PLANNING_CT = new SegmentationTarget("", ImageKind.CT, "");

  /** Name of the structure set in the folder of the result. */
  String structureSet() {
    StringBuilder name = new StringBuilder("RS_auto");
    if (images == ImageKind.MR) {
      name.append('_').append(seriesUid);
    }
    if (!model.isEmpty()) {
      name.append('_').append(model);
    }
    return name.append(".dcm").toString();
  }

  /** What the column {@code segmentation_source} says. */
  String source() {
    return model.isEmpty() ? FIRST_MODEL : OTHER_MODEL + model;
  }
}
