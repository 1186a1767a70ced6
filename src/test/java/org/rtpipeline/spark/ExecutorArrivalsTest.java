package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.cluster.ExecutorInfo;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Map$;

final class ExecutorArrivalsTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(5);

  /** Executors of which one registers whenever their number is asked for. */
  private static final class OneByOne implements IntSupplier {
    private final AtomicInteger registered = new AtomicInteger();
    private final ExecutorArrivals arrivals = new ExecutorArrivals(this);
    private final int most;

    OneByOne(int most) {
      this.most = most;
    }

    @Override
    public int getAsInt() {
      int now = registered.get();
      if (now < most) {
        registered.incrementAndGet();
        arrivals.onExecutorAdded(added());
      }
      return now;
    }
  }

  @Test
  void enoughExecutorsAreNotWaitedFor() {
    assertThat(new ExecutorArrivals(() -> 3).await(2, LONG)).isEqualTo(3);
    assertThat(new ExecutorArrivals(() -> 0).await(0, LONG)).isZero();
  }

  @Test
  void everyArrivalIsCountedUntilThereAreEnough() {
    assertThat(new OneByOne(3).arrivals.await(3, LONG)).isEqualTo(3);
  }

  @Test
  void tooFewExecutorsEndWithTheLongestWait() {
    assertThat(new OneByOne(2).arrivals.await(3, SHORT)).isEqualTo(2);
    assertThat(new ExecutorArrivals(() -> 1).await(2, Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void anArrivalWakesTheWait() throws Exception {
    AtomicInteger registered = new AtomicInteger();
    AtomicBoolean asked = new AtomicBoolean();
    ExecutorArrivals arrivals =
        new ExecutorArrivals(
            () -> {
              asked.set(true);
              return registered.get();
            });
    Thread cluster =
        new Thread(
            () -> {
              while (!asked.get()) {
                Thread.onSpinWait();
              }
              registered.set(1);
              arrivals.onExecutorAdded(added());
            });
    cluster.start();

    assertThat(arrivals.await(1, LONG)).isEqualTo(1);
    cluster.join();
  }

  @Test
  void quietExecutorsHaveSettled() {
    assertThat(new ExecutorArrivals(() -> 2).awaitSettled(SHORT, LONG)).isEqualTo(2);
  }

  @Test
  void noExecutorNeverSettles() {
    OneByOne late = new OneByOne(1);

    assertThat(late.arrivals.awaitSettled(SHORT, LONG)).isEqualTo(1);
    assertThat(new ExecutorArrivals(() -> 0).awaitSettled(SHORT, Duration.ofMillis(20))).isZero();
  }

  @Test
  void withoutTimeThereIsNoWait() {
    assertThat(new ExecutorArrivals(() -> 4).awaitSettled(LONG, Duration.ZERO)).isEqualTo(4);
  }

  @Test
  void executorsThatKeepComingEndWithTheLongestWait() throws Exception {
    ExecutorArrivals arrivals = new ExecutorArrivals(() -> 7);
    AtomicBoolean over = new AtomicBoolean();
    Thread cluster =
        new Thread(
            () -> {
              while (!over.get()) {
                arrivals.onExecutorAdded(added());
                Thread.onSpinWait();
              }
            });
    cluster.start();
    try {
      assertThat(arrivals.awaitSettled(LONG, Duration.ofMillis(50))).isEqualTo(7);
    } finally {
      over.set(true);
      cluster.join();
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStays() {
    ExecutorArrivals arrivals = new ExecutorArrivals(() -> 0);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> arrivals.await(1, LONG))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the wait for executors was interrupted")
          .hasCauseInstanceOf(InterruptedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static SparkListenerExecutorAdded added() {
    return new SparkListenerExecutorAdded(
        0, "1", new ExecutorInfo("localhost", 1, Map$.MODULE$.empty()));
  }
}
