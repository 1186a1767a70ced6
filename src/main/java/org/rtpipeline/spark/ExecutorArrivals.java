package org.rtpipeline.spark;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;

/** Waits for executors, woken by every one that registers. */
final class ExecutorArrivals extends SparkListener {

  private final IntSupplier registered;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private long arrivals;

  /** Waits on what a supplier counts: executors that have registered so far. */
  ExecutorArrivals(IntSupplier registered) {
    this.registered = registered;
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    lock.lock();
    try {
      arrivals++;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Executors that are there as soon as there are enough, or else after the longest wait. */
  int await(int enough, Duration longestWait) {
    long end = System.nanoTime() + longestWait.toNanos();
    long seen = arrivals();
    while (registered.getAsInt() < enough && another(seen, end - System.nanoTime())) {
      seen = arrivals();
    }
    return registered.getAsInt();
  }

  /** Executors that are there when none has come for a while, or after the longest wait. */
  int awaitSettled(Duration quiet, Duration longestWait) {
    long end = System.nanoTime() + longestWait.toNanos();
    long seen = arrivals();
    long left = longestWait.toNanos();
    while (left > 0
        && (another(seen, Math.min(left, quiet.toNanos())) || registered.getAsInt() == 0)) {
      seen = arrivals();
      left = end - System.nanoTime();
    }
    return registered.getAsInt();
  }

  private long arrivals() {
    lock.lock();
    try {
      return arrivals;
    } finally {
      lock.unlock();
    }
  }

  /** Whether an executor came after those seen, within that time. */
  private boolean another(long seen, long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (arrivals == seen && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return arrivals != seen;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait for executors was interrupted", e);
    } finally {
      lock.unlock();
    }
  }
}
