package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParallelismTest {

  private static final Path PAGE = Path.of("docs", "parallelization.md");

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 2",
    "1, 2, 1, 2",
    "1, 4, 3, 6",
    "1, 8, 7, 14",
    "1, 16, 15, 30",
    "1, 32, 31, 62",
    "2, 1, 2, 4",
    "2, 4, 6, 12",
    "4, 8, 28, 56",
    "10, 16, 150, 300"
  })
  void oneCoreOfEveryExecutorStaysFree(int executors, int cores, int partitions, int io) {
    Parallelism rule = Parallelism.of(executors, cores, OptionalInt.empty());

    assertThat(rule.partitions()).isEqualTo(partitions);
    assertThat(rule.ioPartitions()).isEqualTo(io);
    assertThat(rule.partitions(StageName.Width.CPU)).isEqualTo(partitions);
    assertThat(rule.partitions(StageName.Width.IO)).isEqualTo(io);
  }

  @Test
  void unequalExecutorsAddUp() {
    Parallelism rule =
        Parallelism.of(
            List.of(
                new Parallelism.Executor(1, 0),
                new Parallelism.Executor(4, 1),
                new Parallelism.Executor(16, 2)),
            OptionalInt.empty());

    assertThat(rule.partitions()).isEqualTo(1 + 3 + 15);
    assertThat(rule.gpuSlots()).isEqualTo(3);
    assertThat(rule.partitions(StageName.Width.GPU)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 3, 3", "7, 7, 7", "10, 7, 10", "100, 7, 14"})
  void workersCapEveryWidth(int workers, int partitions, int io) {
    Parallelism rule = Parallelism.of(1, 8, OptionalInt.of(workers));

    assertThat(rule.partitions()).isEqualTo(partitions);
    assertThat(rule.ioPartitions()).isEqualTo(io);
  }

  @Test
  void aStageWithoutGpuStillHasOnePartition() {
    Parallelism rule = Parallelism.of(1, 4, OptionalInt.empty());

    assertThat(rule.gpuSlots()).isZero();
    assertThat(rule.partitions(StageName.Width.GPU)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, -100})
  void lessThanOneWorkerIsRefused(int workers) {
    assertThatThrownBy(() -> Parallelism.of(1, 4, OptionalInt.of(workers)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("workers is " + workers + ", expected auto or a whole number of 1 or more");
  }

  @Test
  void aClusterWithoutExecutorsIsRefused() {
    assertThatThrownBy(() -> Parallelism.of(List.of(), OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got none");
    assertThatThrownBy(() -> new Parallelism.Executor(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 and 0");
  }

  @Test
  void theSummaryNamesEveryNumber() {
    assertThat(Parallelism.of(2, 4, OptionalInt.of(5)).summary())
        .isEqualTo(
            "2 executor(s), 8 core(s), 6 usable; 5 partition(s) for CPU stages, 5 for I/O stages,"
                + " 0 GPU slot(s); workers = 5");
  }

  @Test
  void thePageHoldsTheTableOfTheRule() throws Exception {
    assertThat(Files.readString(PAGE)).contains(table());
  }

  private static String table() {
    Stream<String> head =
        Stream.of(
            "| executors | cores each | usable cores | CPU partitions | I/O partitions | with"
                + " workers = 4: CPU | I/O |",
            "|---|---|---|---|---|---|---|");
    Stream<String> rows =
        Stream.of(
                IntStream.of(1, 2, 4, 8, 16, 32).mapToObj(cores -> row(1, cores)),
                Stream.of(row(2, 4), row(4, 8), row(10, 16)))
            .flatMap(s -> s);
    return Stream.concat(head, rows).collect(Collectors.joining("\n"));
  }

  private static String row(int executors, int cores) {
    Parallelism auto = Parallelism.of(executors, cores, OptionalInt.empty());
    Parallelism four = Parallelism.of(executors, cores, OptionalInt.of(4));
    return Stream.of(
            executors,
            cores,
            auto.usableCores(),
            auto.partitions(),
            auto.ioPartitions(),
            four.partitions(),
            four.ioPartitions())
        .map(String::valueOf)
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
