package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.Optional;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;

/**
 * How one stage ended for one course, without its rows.
 *
 * @param course the course
 * @param kind done, skipped or failed
 * @param code first finding when not done, else empty
 * @param message what that finding says
 */
record CourseEnd(CourseId course, Outcome.Kind kind, String code, String message)
    implements Serializable {

  static CourseEnd of(StageResult<?> result) {
    Optional<Finding> reason = result.reason();
    return new CourseEnd(
        result.course().id(),
        result.kind(),
        reason.map(finding -> finding.code().name()).orElse(""),
        reason.map(Finding::message).orElse(""));
  }

  /** The end of the course as a whole: failed if a stage failed, done if one is done. */
  CourseEnd and(CourseEnd other) {
    return rank(other.kind) > rank(kind) ? other : this;
  }

  private static int rank(Outcome.Kind kind) {
    return switch (kind) {
      case SKIPPED -> 0;
      case DONE -> 1;
      case FAILED -> 2;
    };
  }
}
