package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.config.EngineOptions;
import org.rtpipeline.config.Workers;
import org.rtpipeline.fixture.SharedSpark;

@ExtendWith(SharedSpark.class)
final class ParallelismEdgesTest {

  private static final Duration SHORT = Duration.ofMillis(2);

  private final JavaSparkContext context;

  ParallelismEdgesTest(JavaSparkContext context) {
    this.context = context;
  }

  /** The running context with the settings of some other place. */
  private static final class Elsewhere extends JavaSparkContext {
    private final SparkConf claimed;

    Elsewhere(JavaSparkContext running, SparkConf claimed) {
      super(running.sc());
      this.claimed = claimed;
    }

    @Override
    public SparkConf getConf() {
      return claimed.clone();
    }
  }

  @Test
  void theDriverIsTheOnlyExecutorOfALocalRun() {
    Parallelism rule = Parallelism.of(context, OptionalInt.empty(), SHORT);

    assertThat(rule.executors())
        .containsExactly(new Parallelism.Executor(context.defaultParallelism(), 0));
    assertThat(rule.summary()).endsWith("workers = auto");
  }

  @Test
  void theGpusOfALocalRunAreThoseOfTheMachine() {
    assertThat(of("local", "spark.rtpipeline.gpus=GPU-a,GPU-b").partitions(StageName.Width.GPU))
        .isEqualTo(2);
    assertThat(of("local", "spark.rtpipeline.gpus=none").gpuSlots()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.app.name=settled",
        "spark.executor.instances=3",
        "spark.cores.max=8 spark.executor.cores=4",
        "spark.cores.max=2 spark.executor.cores=4",
        "spark.cores.max=8",
        "spark.executor.cores=4",
        "spark.dynamicAllocation.enabled=true",
        "spark.dynamicAllocation.enabled=true spark.dynamicAllocation.maxExecutors=5"
      })
  void aClusterThatStaysSilentCountsAsOneExecutor(String settings) {
    Parallelism rule = of("spark://127.0.0.1:7077", settings.split(" ", -1));

    assertThat(rule.executors())
        .containsExactly(new Parallelism.Executor(context.defaultParallelism(), 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local-cluster[2,3,1024]", "local-cluster[ 0 ,1,1024]"})
  void aLocalClusterSaysHowManyExecutorsItHas(String master) {
    assertThat(of(master, "spark.executor.resource.gpu.amount=4").gpuSlots()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "spark.default.parallelism=200, 1",
    "spark.default.parallelism=200 spark.executor.cores=6, 6"
  })
  void aParallelismOfTheUserSaysNothingOfCores(String settings, int cores) {
    assertThat(of("yarn", settings.split(" ", -1)).cores()).isEqualTo(cores);
  }

  @ParameterizedTest
  @CsvSource({
    "local, true",
    "local[*], true",
    "'local[4,3]', true",
    "'local-cluster[1,1,512]', false",
    "yarn, false",
    "localhost, false"
  })
  void onlyPlainLocalMastersAreLocal(String master, boolean local) {
    assertThat(Parallelism.isLocal(master)).isEqualTo(local);
  }

  @Test
  void anExecutorWithLessThanNoGpuIsRefused() {
    assertThatThrownBy(() -> new Parallelism.Executor(1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1 and -1");
  }

  @Test
  void onlyAClusterShutsExecutorsOut() throws Exception {
    assertThat(settings("local[2]").contains("spark.excludeOnFailure.enabled")).isFalse();
    assertThat(settings("yarn").get("spark.excludeOnFailure.enabled")).isEqualTo("true");
    assertThat(settings("yarn").contains("spark.driver.bindAddress")).isFalse();
  }

  @Test
  void poolsOfTheUserAreKept() throws Exception {
    SparkConf given = new SparkConf(false).set("spark.scheduler.allocation.file", "mine.xml");

    assertThat(
            SparkEngine.settings(options(EngineOptions.Ui.ON), given)
                .get("spark.scheduler.allocation.file"))
        .isEqualTo("mine.xml");
  }

  @Test
  void gpusForEveryTaskAreRefused() {
    SparkConf given = new SparkConf(false).set("spark.task.resource.gpu.amount", "1");

    assertThatThrownBy(() -> SparkEngine.settings(options(EngineOptions.Ui.OFF), given))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("spark.task.resource.gpu.amount");
  }

  @Test
  void workersBecomeACap() {
    assertThat(SparkEngine.cap(Workers.auto())).isEmpty();
    assertThat(SparkEngine.cap(Workers.atMost(3))).hasValue(3);
  }

  @Test
  void anEngineOnARunningContextLeavesItRunning() {
    Parallelism rule = Parallelism.of(1, 2, OptionalInt.empty());
    try (SparkEngine engine = SparkEngine.on(context, rule)) {
      assertThat(engine.parallelism()).isEqualTo(rule);
    }

    assertThat(context.parallelize(List.of(1), 1).count()).isEqualTo(1);
  }

  // The context goes on: it belongs to all tests.
  private Parallelism of(String master, String... settings) {
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      conf.set(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return Parallelism.of(new Elsewhere(context, conf), OptionalInt.empty(), SHORT);
  }

  private static SparkConf settings(String master) throws InputException {
    return SparkEngine.settings(
        options(EngineOptions.Ui.ON), new SparkConf(false).set("spark.master", master));
  }

  private static EngineOptions options(EngineOptions.Ui ui) {
    return new EngineOptions(Workers.auto(), EngineOptions.OnBug.STOP, 30, ui);
  }
}
