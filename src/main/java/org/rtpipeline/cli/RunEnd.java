package org.rtpipeline.cli;

import java.util.List;

/**
 * What a person wants to know when a run has ended.
 *
 * @param results paths and URIs of what people open
 * @param done courses with a result
 * @param skipped courses that a stage does not apply to, or whose data cannot be used
 * @param failed courses that broke
 * @param reasons why courses and files were left out
 * @param stages use of the machine, in the order they ran
 * @param wallSeconds time of the whole run, s
 */
public record RunEnd(
    List<String> results,
    long done,
    long skipped,
    long failed,
    List<Reason> reasons,
    List<StageUse> stages,
    double wallSeconds) {

  /**
   * Why something was left out.
   *
   * @param code stable name of the fact
   * @param count how many courses or files
   * @param example one of them: a course key or a file
   * @param message what was seen there, and what was expected
   */
  public record Reason(String code, long count, String example, String message) {}

  /**
   * What one stage used.
   *
   * @param name of the stage
   * @param partitions of its work
   * @param tasksAtOnce most tasks that ran at the same time
   * @param utilisation task time over wall time and slots, 0 to 1
   * @param wallSeconds time of the stage, s
   */
  public record StageUse(
      String name, int partitions, int tasksAtOnce, double utilisation, double wallSeconds) {}

  /** Copies the lists. */
  public RunEnd {
    results = List.copyOf(results);
    reasons = List.copyOf(reasons);
    stages = List.copyOf(stages);
  }

  /** What the shell is told. */
  ExitCode exitCode() {
    return skipped + failed == 0 ? ExitCode.DONE : ExitCode.PARTIAL;
  }
}
