package org.rtpipeline.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param where file and line, or the option of the command line
 * @param message key, value seen and what was expected
 */
public record Problem(String where, String message) {
  @Override
  public String toString() {
    return where + ": " + message;
  }
}
