package org.rtpipeline.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a segmented structure is, in coded terms (PS3.3 C.8.20.4).
 *
 * @param category segmented property category (0062,0003)
 * @param type segmented property type (0062,000F)
 * @param laterality segmented property type modifier (0062,0011): left or right; null for neither
 */
public record StructureCode(
    CodedConcept category, CodedConcept type, @Nullable CodedConcept laterality)
    implements Serializable {

  /** Category of organs, bones and parts of the body (PS3.16 CID 7150). */
  public static final CodedConcept ANATOMICAL_STRUCTURE =
      CodedConcept.snomed("91723000", "Anatomical Structure");

  /** Left (PS3.16 CID 244). */
  public static final CodedConcept LEFT = CodedConcept.snomed("7771000", "Left");

  /** Right (PS3.16 CID 244). */
  public static final CodedConcept RIGHT = CodedConcept.snomed("24028007", "Right");

  /** For a structure that no code is known of. */
  public static final StructureCode TISSUE =
      new StructureCode(
          CodedConcept.snomed("85756007", "Tissue"),
          CodedConcept.snomed("85756007", "Tissue"),
          null);

  /** A part of the body that has no side. */
  public static StructureCode anatomy(String value, String meaning) {
    return new StructureCode(ANATOMICAL_STRUCTURE, CodedConcept.snomed(value, meaning), null);
  }

  /** The same part on one side, {@link #LEFT} or {@link #RIGHT}. */
  public StructureCode on(CodedConcept side) {
    return new StructureCode(category, type, side);
  }
}
