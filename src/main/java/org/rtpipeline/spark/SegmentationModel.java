package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.List;
import org.rtpipeline.segmentation.ImageKind;
import org.rtpipeline.segmentation.SegmentationBackEnd;

/**
 * A model that a run asks for structures.
 *
 * @param name word for it; empty for the first of its kind of image
 * @param images which images
 * @param backEnd what finds the structures
 * @param digest of all that decides them
 * @param needs structures that models before it must have found in the same image
 */
record SegmentationModel(
    String name, ImageKind images, SegmentationBackEnd backEnd, String digest, List<String> needs)
    implements Serializable {

  /** Copies the list. */
  SegmentationModel {
    needs = List.copyOf(needs);
  }

  /** The first model of a kind of image. */
  static SegmentationModel first(ImageKind images, SegmentationBackEnd backEnd) {
    return new SegmentationModel("", images, backEnd, backEnd.digest(), List.of());
  }
}
