package org.rtpipeline.segmentation.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.LeasingProgram;
import org.rtpipeline.fixture.ScriptedWorker;

final class GpuLeaseTest {

  @TempDir Path folder;

  @Test
  void twoJvmsNeverHaveOneDeviceAtOnce() throws Exception {
    Path record = folder.resolve("record.txt");
    List<Process> programs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      programs.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LeasingProgram.class.getName(),
                  folder.resolve("leases").toString(),
                  record.toString(),
                  "3",
                  "10",
                  "GPU-0",
                  "GPU-1")
              .inheritIO()
              .start());
    }
    for (Process program : programs) {
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isZero();
    }

    List<ScriptedWorker.Seen> seen = ScriptedWorker.seen(record);
    assertThat(seen).hasSize(60);
    assertThat(seen).extracting(s -> s.pid()).containsAll(pids(programs));
    assertThat(seen).extracting(s -> s.address()).contains("GPU-0", "GPU-1");
    for (ScriptedWorker.Seen one : seen) {
      assertThat(seen)
          .filteredOn(other -> !other.equals(one) && other.address().equals(one.address()))
          .noneMatch(one::overlaps);
    }
  }

  private static List<Long> pids(List<Process> programs) {
    return programs.stream().map(Process::pid).toList();
  }

  @Test
  void aDeviceIsFreeAgainOnceItsLeaseIsClosedAndNoSooner() throws Exception {
    List<String> one = List.of("GPU-0");
    GpuLease first = GpuLease.take(folder, one);
    Thread waiting =
        new Thread(
            () -> {
              try (GpuLease second = GpuLease.take(folder, one)) {
                assertThat(second.device().address()).isEqualTo("GPU-0");
              } catch (java.io.IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    waiting.start();
    waiting.join(300);
    assertThat(waiting.isAlive()).isTrue();

    first.close();
    first.close();

    waiting.join(10_000);
    assertThat(waiting.isAlive()).isFalse();
  }

  @Test
  void withoutDevicesThereIsNothingToWaitFor() {
    assertThatThrownBy(() -> GpuLease.take(folder, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (GpuLease lease = GpuLease.take(folder, List.of("GPU-0"))) {
      assertThat(lease.device().address()).isEqualTo("GPU-0");
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> GpuLease.take(folder, List.of("GPU-0")))
          .isInstanceOf(InterruptedException.class);
    }
  }
}
