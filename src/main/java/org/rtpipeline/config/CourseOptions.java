package org.rtpipeline.config;

import java.io.Serializable;

/**
 * How courses are formed.
 *
 * @param mergeRule what plans must share to be one course
 * @param maxDays most days between two plans of one course, at least 1
 */
public record CourseOptions(MergeRule mergeRule, int maxDays) implements Serializable {
  /** What plans must share to be one course. */
  public enum MergeRule {
    /** The study of their planning image. */
    SAME_CT_STUDY,
    /** Their frame of reference. */
    FRAME_OF_REFERENCE
  }
}
