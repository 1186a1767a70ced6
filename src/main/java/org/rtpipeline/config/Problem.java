package org.rtpipeline.config;

import java.util.Comparator;

/**
 * One thing that is wrong with the configuration.
 *
 * @param where file and line, or the option of the command line
 * @param message key, value seen and what was expected
 */
public record Problem(String where, String message) implements Comparable<Problem> {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return BY_PLACE.compare(this, other);
  }

  private String file() {
    return where.replaceFirst(":[0-9]+$", "");
  }

  private int line() {
    String line = where.substring(file().length());
    return line.isEmpty() ? 0 : Integer.parseInt(line.substring(1));
  }

  @Override
  public String toString() {
    return where + ": " + message;
  }
}
