package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The images of one series.
 *
 * @param seriesUid (0020,000E)
 * @param studyUid (0020,000D)
 * @param frameOfReferenceUid null when absent
 * @param modality CT, MR or PT
 * @param instances in ascending order of SOP instance UID, one per UID
 */
public record ImageSeries(
    String seriesUid,
    String studyUid,
    @Nullable String frameOfReferenceUid,
    String modality,
    List<InstanceHeader> instances)
    implements Serializable {

  /** Copies the list. */
  public ImageSeries {
    instances = List.copyOf(instances);
  }
}
