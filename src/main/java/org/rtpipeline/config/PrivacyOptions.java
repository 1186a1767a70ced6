package org.rtpipeline.config;

import java.io.Serializable;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.store.PatientIds;

/**
 * What may be known of a patient outside the input.
 *
 * @param keyFile path of the site key under which course keys are made; it is made at first use
 * @param identifiers what the result tables say in {@code patient_id}
 * @param personalData what the result tables say of names, birth dates, other ids and staff
 */
public record PrivacyOptions(String keyFile, PatientIds.Rule identifiers, PersonalData personalData)
    implements Serializable {

  /** Refuses a blank path. */
  public PrivacyOptions {
    if (keyFile.isBlank()) {
      throw new IllegalArgumentException("key-file is blank, expected a path outside the output");
    }
  }
}
