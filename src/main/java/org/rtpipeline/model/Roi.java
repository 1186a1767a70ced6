package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A region of interest of a structure set.
 *
 * @param number ROI number (3006,0022), unique in its structure set
 * @param name ROI name (3006,0026) as it stands, empty when the object has none
 * @param interpretedType RT ROI interpreted type (3006,00A4), such as PTV or ORGAN; null when
 *     absent
 * @param generationAlgorithm ROI generation algorithm (3006,0036); null when absent
 * @param frameOfReferenceUid referenced frame of reference (3006,0024); null when absent
 * @param contours in the order of the object
 */
public record Roi(
    int number,
    String name,
    @Nullable String interpretedType,
    @Nullable String generationAlgorithm,
    @Nullable String frameOfReferenceUid,
    List<Contour> contours)
    implements Serializable {

  /** Copies the list of contours. */
  public Roi {
    contours = List.copyOf(contours);
  }
}
