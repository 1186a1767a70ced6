package org.rtpipeline.report;

import java.io.Serializable;
import java.util.Comparator;

/**
 * How often something was found, with the first example in order of its text.
 *
 * @param count how often
 * @param message message of the example
 * @param subject what the example is about
 */
record FindingTally(long count, String message, String subject) implements Serializable {

  private static final Comparator<FindingTally> BY_TEXT =
      Comparator.comparing(FindingTally::message).thenComparing(FindingTally::subject);

  FindingTally and(FindingTally other) {
    FindingTally first = BY_TEXT.compare(this, other) <= 0 ? this : other;
    return new FindingTally(count + other.count, first.message, first.subject);
  }

  /** The last part of a path: folders above it may bear names of people. */
  String shownSubject() {
    return subject.substring(subject.lastIndexOf('/') + 1);
  }
}
