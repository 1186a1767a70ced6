package org.rtpipeline.structures;

import java.io.Serializable;
import java.util.List;

/**
 * What is asked of the names of structures, of segmentations of the input, and of structures
 * derived from others.
 *
 * @param definitions the structures to derive
 * @param source text of the definitions, part of the key of the result
 * @param largestPixelMm pixels of the grid that structures are derived on are at most so large, mm
 * @param names standard names
 * @param fractionThreshold share of the largest value from which a voxel of a FRACTIONAL
 *     segmentation of the input is inside, over 0 to 1
 */
public record StructureRequest(
    DerivedStructures definitions,
    String source,
    double largestPixelMm,
    NameMaps names,
    double fractionThreshold)
    implements Serializable {

  /** The middle between outside and inside. */
  private static final double HALF = 0.5;

  /** Nothing is derived. */
  public static final StructureRequest NONE =
      new StructureRequest(new DerivedStructures(List.of()), "", 1, NameMaps.NONE, HALF);

  /**
   * The request of a file.
   *
   * @throws IllegalArgumentException naming every line that cannot be used
   */
  public static StructureRequest of(String yaml, double largestPixelMm) {
    return new StructureRequest(
        DerivedStructures.read(yaml), yaml, largestPixelMm, NameMaps.NONE, HALF);
  }

  /** The same request with standard names. */
  public StructureRequest with(NameMaps standardNames) {
    return new StructureRequest(
        definitions, source, largestPixelMm, standardNames, fractionThreshold);
  }

  /** The same request with another threshold of fractional segmentations. */
  public StructureRequest with(double threshold) {
    return new StructureRequest(definitions, source, largestPixelMm, names, threshold);
  }
}
