package org.rtpipeline.dicom;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.LabelMap;

/**
 * What a segmentation object gave.
 *
 * @param sopInstanceUid the object
 * @param label content label (0070,0080), empty when absent
 * @param frameOfReferenceUid (0020,0052), empty when absent
 * @param referencedSeriesUids the image series it was made from
 * @param spacingMm distance of neighbouring planes, mm; null when nothing tells
 * @param makers what made each segment
 * @param labels the segments, on the planes that the object has; its findings say what was odd
 */
public record ReadSegments(
    String sopInstanceUid,
    String label,
    String frameOfReferenceUid,
    List<String> referencedSeriesUids,
    @Nullable Double spacingMm,
    List<Maker> makers,
    LabelMap labels) {
  /** Copies the lists. */
  public ReadSegments {
    referencedSeriesUids = List.copyOf(referencedSeriesUids);
    makers = List.copyOf(makers);
  }

  /**
   * What made a segment.
   *
   * @param number of the segment
   * @param algorithmType (0062,0008): AUTOMATIC, SEMIAUTOMATIC or MANUAL; null when absent
   * @param algorithmName (0062,0009); null when absent
   */
  public record Maker(int number, @Nullable String algorithmType, @Nullable String algorithmName) {}

  /** What made the segment of a number. */
  public Maker maker(int number) {
    return makers.stream()
        .filter(maker -> maker.number() == number)
        .findFirst()
        .orElse(new Maker(number, null, null));
  }
}
