package org.rtpipeline.dicom;

import java.util.List;
import java.util.Optional;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Roi;

/**
 * How the regions of a structure set were made.
 *
 * @param method name and version of what made them, for ROI generation description (3006,0038)
 * @param structures what they are, by ROI number
 */
public record RoiOrigin(String method, List<LabelledStructure> structures) {

  /** Nothing is known. */
  public static final RoiOrigin UNKNOWN = new RoiOrigin("", List.of());

  /** Copies the list. */
  public RoiOrigin {
    structures = List.copyOf(structures);
  }

  /** The structure that a region was made from. */
  Optional<LabelledStructure> of(Roi roi) {
    return structures.stream().filter(s -> s.number() == roi.number()).findFirst();
  }
}
