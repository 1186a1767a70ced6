package org.rtpipeline.cli;

/** What a command tells the shell. */
public enum ExitCode {
  /** All is done. */
  DONE(0),
  /** The product broke. */
  INTERNAL(1),
  /** Arguments, configuration or input cannot be used. */
  USAGE(2),
  /** Finished, and some courses were skipped or failed, or a folder could not be listed. */
  PARTIAL(3),
  /** Another run holds the output. */
  HELD(75);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number of the shell. */
  public int number() {
    return number;
  }
}
