package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.List;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;

/**
 * How the segmentation of one image of a course ended. Its rows stay in the folder of its result.
 *
 * @param course the course
 * @param stageKey name of the result
 * @param kind how it ended
 * @param findings why, when it is not done
 */
record Segmented(CourseId course, String stageKey, Outcome.Kind kind, List<Finding> findings)
    implements Serializable {

  /** Copies the list. */
  Segmented {
    findings = List.copyOf(findings);
  }

  /** A result without its rows. */
  static Segmented of(StageResult<StageRows> result) {
    return new Segmented(
        result.course().id(),
        result.stageKey(),
        result.outcome().kind(),
        result.outcome().findings());
  }
}
