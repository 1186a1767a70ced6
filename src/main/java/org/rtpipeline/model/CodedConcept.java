package org.rtpipeline.model;

import java.io.Serializable;

/**
 * A term of a code list (PS3.3 8.8).
 *
 * @param value code value (0008,0100), at most 16 characters
 * @param scheme coding scheme designator (0008,0102): SCT, DCM, …
 * @param meaning code meaning (0008,0104), at most 64 characters
 */
public record CodedConcept(String value, String scheme, String meaning) implements Serializable {

  /** A concept of SNOMED CT, as PS3.16 lists it. */
  public static CodedConcept snomed(String value, String meaning) {
    return new CodedConcept(value, "SCT", meaning);
  }
}
