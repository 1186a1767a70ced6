package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Courses on their way from the segmentation to the pass over what it found. */
final class FinishedCourses {

  private final BlockingQueue<List<Segmented>> queue = new LinkedBlockingQueue<>();

  /** Hands on a course; never waits, since Spark's scheduler calls it. */
  void add(List<Segmented> course) {
    if (!course.isEmpty()) {
      queue.add(List.copyOf(course));
    }
  }

  /** Says that no course follows. */
  void end() {
    queue.add(List.of());
  }

  /** All that wait, one at least; empty at the end. */
  List<Segmented> take() throws InterruptedException {
    List<Segmented> batch = new ArrayList<>();
    List<Segmented> next = queue.take();
    while (next != null && !next.isEmpty()) {
      batch.addAll(next);
      next = queue.poll();
    }
    if (next != null && !batch.isEmpty()) {
      end();
    }
    return batch;
  }
}
