package org.rtpipeline.config;

import java.util.List;
import java.util.stream.Collectors;

/** All problems of a configuration, in the order of their places. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Names every problem in its message, one a line.
   *
   * @param problems at least one
   */
  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().sorted().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted().toList();
  }

  /** Every problem found. */
  public List<Problem> problems() {
    return problems;
  }
}
