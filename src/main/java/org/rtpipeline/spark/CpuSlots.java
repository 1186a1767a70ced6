package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/**
 * What jobs that run side by side share of the width that the rule gives a CPU stage: all their
 * tasks together are never more.
 */
final class CpuSlots {

  private final Semaphore free;

  /**
   * Slots, all of them free.
   *
   * @param slots partitions of a CPU stage, at least 1
   */
  CpuSlots(int slots) {
    this.free = new Semaphore(slots, true);
  }

  /** Waits for a slot, and takes those that are free with it, up to a number. */
  int take(int most) throws InterruptedException {
    free.acquire();
    int taken = 1;
    while (taken < most && free.tryAcquire()) {
      taken++;
    }
    return taken;
  }

  /** Gives slots back. */
  void give(int slots) {
    free.release(slots);
  }

  /**
   * Computes all partitions of a kept RDD in slots that were taken for it; a slot is free again as
   * soon as the partitions left are fewer.
   */
  <T> void compute(JavaRDD<T> kept, int taken) {
    int partitions = kept.getNumPartitions();
    AtomicInteger held = new AtomicInteger(taken);
    AtomicInteger left = new AtomicInteger(partitions);
    Function2<Object, Long, BoxedUnit> done =
        (partition, rows) -> {
          if (left.decrementAndGet() < held.get()) {
            held.decrementAndGet();
            give(1);
          }
          return BoxedUnit.UNIT;
        };
    List<Object> all = new ArrayList<>(IntStream.range(0, partitions).boxed().toList());
    try {
      JavaSparkContext.fromSparkContext(kept.context())
          .sc()
          .runJob(
              kept.rdd(),
              new Rows<T>(),
              CollectionConverters.asScala(all).toSeq(),
              done,
              ClassTag.apply(Long.class));
    } finally {
      give(held.getAndSet(0));
    }
  }

  /** Counts the rows of a partition, so that each of them is made. */
  private record Rows<T>() implements Function2<TaskContext, Iterator<T>, Long>, Serializable {
    @Override
    public Long apply(TaskContext context, Iterator<T> rows) {
      long count = 0;
      for (; rows.hasNext(); rows.next()) {
        count++;
      }
      return count;
    }
  }
}
