package org.rtpipeline.dicom;

import org.rtpipeline.model.CodedConcept;

/**
 * What found the segments of a segmentation (PS3.3 10.16).
 *
 * @param name (0066,0036)
 * @param version (0066,0031)
 * @param family (0066,002F), of PS3.16 CID 7162
 */
public record SegmentAlgorithm(String name, String version, CodedConcept family) {

  /** Networks that were trained. */
  public static final CodedConcept ARTIFICIAL_INTELLIGENCE =
      new CodedConcept("123110", "DCM", "Artificial Intelligence");

  /** Erosion, dilation and what is made of them. */
  public static final CodedConcept MORPHOLOGICAL_OPERATIONS =
      new CodedConcept("123104", "DCM", "Morphological Operations");
}
