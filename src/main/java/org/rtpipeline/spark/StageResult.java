package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.organize.OutcomeRow;

/**
 * What one stage made of one course.
 *
 * @param course the course
 * @param stage the stage
 * @param structures what structures it worked on
 * @param stageKey digest of everything the result depends on
 * @param outcome the result, or why there is none
 * @param <T> what a finished stage hands on
 */
public record StageResult<T extends Serializable>(
    Course course,
    StageName stage,
    OutcomeRow.Structures structures,
    String stageKey,
    Outcome<T> outcome)
    implements Serializable {

  /**
   * How the stage ended. One that hands on rows, but says in a finding that it is left out for the
   * course or that something of ours broke, ended so: its rows say what became of every region.
   */
  Outcome.Kind kind() {
    return outcome.kind() == Outcome.Kind.DONE ? kindOf(outcome.findings()) : outcome.kind();
  }

  /** How a stage that hands on rows ended, by what it found. */
  static Outcome.Kind kindOf(List<Finding> findings) {
    if (found(findings, Finding.Level.FAILED)) {
      return Outcome.Kind.FAILED;
    }
    return found(findings, Finding.Level.SKIP_STAGE) ? Outcome.Kind.SKIPPED : Outcome.Kind.DONE;
  }

  private static boolean found(List<Finding> findings, Finding.Level level) {
    return findings.stream().anyMatch(finding -> finding.level() == level);
  }

  /** What was found, worst first. */
  List<Finding> findings() {
    return worstFirst(outcome.findings());
  }

  /** Findings, worst first. */
  static List<Finding> worstFirst(List<Finding> findings) {
    return findings.stream().sorted(Comparator.comparing(Finding::level).reversed()).toList();
  }

  /** Why the stage is not done: its worst finding; empty when it is done. */
  Optional<Finding> reason() {
    return kind() == Outcome.Kind.DONE ? Optional.empty() : findings().stream().findFirst();
  }

  /** The leading cells of the rows about the stage and the course as a whole. */
  RowHead head() {
    return RowHead.of(course, stageKey, kind(), findings());
  }
}
