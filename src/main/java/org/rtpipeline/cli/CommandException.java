package org.rtpipeline.cli;

/** Ends a command with one message and no stack: something the caller can put right. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * Ends with a message.
   *
   * @param exitCode what the shell is told
   * @param message what is wrong, where, and what to do
   */
  public CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What the shell is told. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
