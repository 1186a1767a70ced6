package org.rtpipeline.model;

import java.io.Serializable;

/**
 * Pseudonymous name of a course: the only name of it in paths, logs, job names and the Spark UI.
 *
 * @param key 26 lower-case base32 characters, HMAC-SHA-256 of patient and course rule under the
 *     site key
 */
public record CourseId(String key) implements Serializable, Comparable<CourseId> {

  /** Refuses an empty key. */
  public CourseId {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a course key is never blank");
    }
  }

  @Override
  public int compareTo(CourseId other) {
    return key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return key;
  }
}
