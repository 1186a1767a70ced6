package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;

/**
 * How the segmentation of one image of a course ended. Its rows stay in the folder of its result.
 *
 * @param course the course
 * @param target the image and the model
 * @param stageKey name of the result
 * @param kind how it ended
 * @param findings what a reader must know
 */
record Segmented(
    CourseId course,
    SegmentationTarget target,
    String stageKey,
    Outcome.Kind kind,
    List<Finding> findings)
    implements Serializable {

  /** Copies the list. */
  Segmented {
    findings = List.copyOf(findings);
  }

  /**
   * A result without its rows.
   *
   * @param notes what else a reader must know
   */
  static Segmented of(
      SegmentationTarget target, StageResult<StageRows> result, List<Finding> notes) {
    return new Segmented(
        result.course().id(),
        target,
        result.stageKey(),
        result.outcome().kind(),
        Stream.concat(result.outcome().findings().stream(), notes.stream()).toList());
  }
}
