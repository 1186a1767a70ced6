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
 * @param standardName the name by which it is compared with others; null when no map knows it
 */
public record Roi(
    int number,
    String name,
    @Nullable String interpretedType,
    @Nullable String generationAlgorithm,
    @Nullable String frameOfReferenceUid,
    List<Contour> contours,
    @Nullable StandardName standardName)
    implements Serializable {

  /** Copies the list of contours. */
  public Roi {
    contours = List.copyOf(contours);
  }

  /** A region as its object has it, under no standard name. */
  public Roi(
      int number,
      String name,
      @Nullable String interpretedType,
      @Nullable String generationAlgorithm,
      @Nullable String frameOfReferenceUid,
      List<Contour> contours) {
    this(number, name, interpretedType, generationAlgorithm, frameOfReferenceUid, contours, null);
  }

  /** The same region under a standard name. */
  public Roi named(StandardName standard) {
    return new Roi(
        number,
        name,
        interpretedType,
        generationAlgorithm,
        frameOfReferenceUid,
        contours,
        standard);
  }

  /** The standard name when it has one, else the name as it stands. */
  public String comparedName() {
    return standardName == null ? name : standardName.name();
  }
}
