package org.rtpipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputLockTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final Configuration hadoop = new Configuration();
  @TempDir Path folder;
  private String output = "";
  private Path file = Path.of("");

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("out put").toString();
    file = folder.resolve("out put/.lock");
  }

  @Test
  void theFileIsThereWhileTheOutputIsHeldAndNoLonger() throws Exception {
    try (OutputLock lock = OutputLock.acquire(hadoop, output, here("r1"))) {
      assertThat(Files.readString(file)).contains("\"runId\" : \"r1\"");
      assertThat(lock.notice()).isEmpty();
    }
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("out put")).isEmptyDirectory();
  }

  @Test
  void theSecondRunIsToldWhoHoldsTheOutput() throws Exception {
    try (OutputLock first = OutputLock.acquire(hadoop, output, here("r1"))) {
      assertThat(first.notice()).isEmpty();
      assertThatThrownBy(() -> OutputLock.acquire(hadoop, output, here("r2")))
          .isInstanceOf(OutputHeldException.class)
          .hasMessageStartingWith("another run holds " + output + ": run r1 on host ")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("started " + START)
          .hasMessageEndingWith("delete " + file);
      assertThat(file).exists();
    }
  }

  @Test
  void aRunWhoseProcessHasEndedIsReplacedWithANotice() throws Exception {
    OutputLock.Holder here = here("r1");
    write(new OutputLock.Holder("r0", here.host(), endedProcess(), "", START.toString()));
    try (OutputLock lock = OutputLock.acquire(hadoop, output, here)) {
      assertThat(lock.notice().orElseThrow()).contains("run r0").contains("taken it over");
      assertThat(Files.readString(file)).isEqualTo(here.text());
    }
    assertThat(folder.resolve("out put")).isEmptyDirectory();
  }

  @Test
  void aNumberThatAnotherProcessHasNowIsNotTheHolder() throws Exception {
    OutputLock.Holder here = here("r1");
    write(
        new OutputLock.Holder(
            "r0", here.host(), here.processId(), "1999-01-01T00:00:00Z", START.toString()));
    try (OutputLock lock = OutputLock.acquire(hadoop, output, here)) {
      assertThat(lock.notice()).isPresent();
    }
  }

  @Test
  void aRunOfAnotherHostIsNeverReplaced() throws Exception {
    write(new OutputLock.Holder("r0", "elsewhere.invalid", endedProcess(), "", "then"));
    assertThatThrownBy(() -> OutputLock.acquire(hadoop, output, here("r1")))
        .isInstanceOf(OutputHeldException.class)
        .hasMessageContaining("host elsewhere.invalid")
        .hasMessageContaining("If it has ended, delete " + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[1]", "{\"processId\": \"x\"}"})
  void aFileThatIsBeingWrittenIsHeld(String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThatThrownBy(() -> OutputLock.acquire(hadoop, output, here("r1")))
        .isInstanceOf(OutputHeldException.class)
        .hasMessageContaining("at this moment");
  }

  @Test
  void theLockOfAnotherRunIsNotRemoved() throws Exception {
    OutputLock lock = OutputLock.acquire(hadoop, output, here("r1"));
    Files.delete(file);
    write(here("r2"));
    lock.close();
    assertThat(file).exists();
  }

  @Test
  void ofManyRunsAtOnceOneGetsTheOutput() throws Exception {
    write(new OutputLock.Holder("r0", here("r").host(), endedProcess(), "", START.toString()));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      var locks =
          threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> attempt("r" + (i + 1))).toList());
      int held = 0;
      for (var lock : locks) {
        held += lock.get();
      }
      assertThat(held).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anOutputThatCannotBeMadeSaysSo() throws Exception {
    Files.writeString(folder.resolve("out put"), "a file");
    assertThatThrownBy(() -> OutputLock.acquire(hadoop, output, here("r1")))
        .isInstanceOf(IOException.class);
  }

  private Callable<Integer> attempt(String runId) {
    return () -> {
      try {
        OutputLock.acquire(hadoop, output, here(runId)).notice();
        return 1;
      } catch (OutputHeldException held) {
        return 0;
      }
    };
  }

  private static OutputLock.Holder here(String runId) {
    return OutputLock.Holder.here(runId, START);
  }

  private void write(OutputLock.Holder holder) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, holder.text());
  }

  private static long endedProcess() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor();
    return process.pid();
  }
}
