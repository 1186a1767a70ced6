package org.rtpipeline.model;

import java.io.Serializable;

/**
 * One structure that a segmentation found, or looked for in vain.
 *
 * @param number from 1, unique in its label map; the ROI number and the segment number as well
 * @param name unique in its label map, such as {@code lung_left}
 * @param description what made it and what it is good for, one sentence
 * @param interpretedType RT ROI interpreted type (3006,00A4): ORGAN, EXTERNAL, … or empty
 * @param code what it is; {@link StructureCode#TISSUE} when not known
 */
public record LabelledStructure(
    int number, String name, String description, String interpretedType, StructureCode code)
    implements Serializable {

  /** Refuses numbers that a label cannot hold and blank names. */
  public LabelledStructure {
    if (number < 1 || number > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "structures are numbered 1 to " + Short.MAX_VALUE + ", got " + number);
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("structure " + number + " has no name");
    }
  }
}
