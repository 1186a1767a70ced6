package org.rtpipeline.spark;

import java.io.Serializable;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;

/**
 * What one stage made of one course.
 *
 * @param course the course
 * @param stage the stage
 * @param stageKey digest of everything the result depends on
 * @param outcome the result, or why there is none
 * @param <T> what a finished stage hands on
 */
public record StageResult<T extends Serializable>(
    Course course, StageName stage, String stageKey, Outcome<T> outcome) implements Serializable {

  /** The leading cells of the rows about the stage and the course as a whole. */
  RowHead head() {
    return new RowHead(
        course.id(),
        course.patientId(),
        course.label(),
        stageKey,
        outcome.kind(),
        outcome.findings().stream().map(f -> f.code()).distinct().toList());
  }
}
