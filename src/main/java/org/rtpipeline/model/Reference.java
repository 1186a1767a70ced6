package org.rtpipeline.model;

import java.io.Serializable;

/**
 * A pointer from one object to another.
 *
 * @param role what is pointed to
 * @param uid its SOP instance, series, study or frame of reference UID
 */
public record Reference(Role role, String uid) implements Serializable {

  /** What a reference points to. */
  public enum Role {
    PLAN,
    STRUCTURE_SET,
    DOSE,
    IMAGE,
    SERIES,
    STUDY,
    FRAME_OF_REFERENCE
  }
}
