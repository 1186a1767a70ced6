package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.fixture.SparkTasks;

/** Passes that run side by side in the slots of one CPU stage. */
@ExtendWith(SharedSpark.class)
final class CpuSlotsTest {

  private static final int SLOTS = 3;

  /** Keeps the tasks of the manual pass from ending; task 0 ends by itself. */
  private static CountDownLatch hold = new CountDownLatch(1);

  @BeforeEach
  void holdTasks() {
    hold = new CountDownLatch(1);
  }

  private static JavaRDD<Integer> kept(JavaSparkContext context, boolean held) {
    return context
        .parallelize(List.of(0, 1, 2), SLOTS)
        .map(number -> held && number > 0 ? waited(number) : number)
        .persist(StorageLevel.MEMORY_ONLY());
  }

  private static int waited(int number) throws InterruptedException {
    assertThat(hold.await(1, TimeUnit.MINUTES)).isTrue();
    return number;
  }

  @Test
  void aBatchRunsInTheSlotThatAFinishedTaskLeft(JavaSparkContext context) throws Exception {
    CpuSlots slots = new CpuSlots(SLOTS);
    int taken = slots.take(SLOTS);
    assertThat(taken).isEqualTo(SLOTS);
    try (SparkTasks tasks = new SparkTasks(context);
        SideJob<Integer> manual =
            SideJob.start(
                context,
                "manual",
                SparkEngine.CPU_POOL,
                () -> {
                  slots.compute(kept(context, true), taken);
                  return 0;
                })) {
      int free = slots.take(SLOTS);
      JavaRDD<Integer> batch = kept(context, false).coalesce(free);
      slots.compute(batch, free);
      assertThat(free).isEqualTo(1);
      hold.countDown();
      manual.await();
      assertThat(tasks.atOnce(job -> true)).isLessThanOrEqualTo(SLOTS);
    }
    assertThat(slots.take(SLOTS)).isEqualTo(SLOTS);
  }

  @Test
  void slotsComeBackFromAJobThatFails(JavaSparkContext context) throws Exception {
    CpuSlots slots = new CpuSlots(SLOTS);
    int taken = slots.take(SLOTS);
    JavaRDD<Integer> broken =
        context.parallelize(List.of(0, 0, 0), SLOTS).map(number -> 1 / number);
    assertThatThrownBy(() -> slots.compute(broken, taken)).hasMessageContaining("by zero");
    assertThat(slots.take(SLOTS)).isEqualTo(SLOTS);
  }
}
