package org.rtpipeline.config;

import java.io.Serializable;
import java.util.List;

/**
 * What part of the work is asked for.
 *
 * @param stages in the order they run, never empty
 * @param courseGlob courses by key, label or patient id: {@code *} stands for any text, {@code ?}
 *     for one character
 * @param which all courses, or those that did not finish last time
 */
public record Selection(List<RequestedStage> stages, String courseGlob, Which which)
    implements Serializable {

  /** All courses, or those that did not finish last time. */
  public enum Which {
    /** Every course. */
    ALL,
    /** Courses without a finished result in the output. */
    ONLY_FAILED
  }

  /** Puts the stages in order, each once. */
  public Selection {
    stages = stages.stream().sorted().distinct().toList();
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("stages is empty, expected at least one");
    }
    if (courseGlob.isBlank()) {
      throw new IllegalArgumentException("course is blank, expected a glob as *");
    }
  }

  /** Whether the stage is asked for. */
  public boolean asksFor(RequestedStage stage) {
    return stages.contains(stage);
  }
}
