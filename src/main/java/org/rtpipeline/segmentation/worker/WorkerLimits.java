package org.rtpipeline.segmentation.worker;

import java.io.Serializable;
import java.time.Duration;

/**
 * The limits of a worker.
 *
 * @param start from its start to its hello
 * @param silence between two messages of any kind
 * @param stall in the same phase without a step done
 * @param course for one image in all
 * @param idle without an image, after which it ends itself
 * @param shutdown from the request to end to the kill
 * @param coursesPerProcess images after which a fresh process takes over, at least 1
 * @param loadedModels models that it keeps loaded, at least 1; the one unused the longest goes
 *     first, and all others when memory does not suffice for one
 */
public record WorkerLimits(
    Duration start,
    Duration silence,
    Duration stall,
    Duration course,
    Duration idle,
    Duration shutdown,
    int coursesPerProcess,
    int loadedModels)
    implements Serializable {

  /** Limits for models of the size of TotalSegmentator's. */
  public static final WorkerLimits DEFAULT =
      new WorkerLimits(
          Duration.ofSeconds(120),
          Duration.ofSeconds(30),
          Duration.ofSeconds(600),
          Duration.ofSeconds(3600),
          Duration.ofSeconds(120),
          Duration.ofSeconds(5),
          200,
          4);

  /** Refuses limits that nothing can hold. */
  public WorkerLimits {
    if (start.isNegative()
        || start.isZero()
        || silence.isNegative()
        || silence.isZero()
        || stall.isNegative()
        || stall.isZero()
        || course.isNegative()
        || course.isZero()
        || coursesPerProcess < 1
        || loadedModels < 1) {
      throw new IllegalArgumentException(
          "limits are positive, got start "
              + start
              + ", silence "
              + silence
              + ", stall "
              + stall
              + ", course "
              + course
              + ", courses per process "
              + coursesPerProcess
              + ", loaded models "
              + loadedModels);
    }
  }
}
