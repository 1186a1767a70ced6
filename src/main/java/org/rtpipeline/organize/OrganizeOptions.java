package org.rtpipeline.organize;

import java.io.Serializable;

/**
 * How courses are formed.
 *
 * @param mergeRule when linked groups of a patient are one course
 */
public record OrganizeOptions(MergeRule mergeRule) implements Serializable {

  /** What {@code reference.conf} says: one course per study of the planning CT. */
  public static OrganizeOptions standard() {
    return new OrganizeOptions(MergeRule.CT_STUDY);
  }
}
