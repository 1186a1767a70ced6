package org.rtpipeline.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.rtpipeline.config.EngineOptions;
import org.rtpipeline.config.Workers;
import org.rtpipeline.store.DeltaSettings;

/**
 * Spark as this product runs it. What spark-submit or a settings file says comes first; the rest is
 * set here, in one place.
 */
public final class SparkEngine implements AutoCloseable {

  /** Where tasks run when nothing says so: all cores, three tries of a task. */
  public static final String LOCAL_MASTER = "local[*,3]";

  /** Pool of jobs on cores. */
  public static final String CPU_POOL = "cpu";

  /** Pool of jobs on GPUs; it gets its slots before the other. */
  public static final String GPU_POOL = "gpu";

  private static final Duration EXECUTOR_WAIT = Duration.ofSeconds(60);
  private static final String FORBIDDEN = "spark.task.resource.gpu.amount";
  private static final int GPU_WEIGHT = 1000;

  private final JavaSparkContext context;
  private final Parallelism parallelism;

  private final Runnable atClose;

  private SparkEngine(JavaSparkContext context, Parallelism parallelism, Runnable atClose) {
    this.context = context;
    this.parallelism = parallelism;
    this.atClose = atClose;
  }

  /**
   * Starts Spark and waits for its executors.
   *
   * @throws InputException when the settings would break the rule of parallelism
   */
  public static SparkEngine start(EngineOptions options) throws InputException {
    return start(options, new SparkConf());
  }

  /** Starts Spark with these settings under its own. */
  static SparkEngine start(EngineOptions options, SparkConf given) throws InputException {
    SparkConf conf = settings(options, given);
    JavaSparkContext context = new JavaSparkContext(conf);
    Parallelism parallelism = Parallelism.of(context, cap(options.workers()), EXECUTOR_WAIT);
    DeltaSettings.map(parallelism.partitions()).forEach(context.sc().conf()::set);
    context.setLocalProperty("spark.scheduler.pool", CPU_POOL);
    return new SparkEngine(context, parallelism, context::close);
  }

  /** An engine on a context that runs already, and goes on when the engine is closed. */
  public static SparkEngine on(JavaSparkContext context, Parallelism parallelism) {
    return new SparkEngine(context, parallelism, () -> {});
  }

  /**
   * The settings of a run: what is given, and what this product needs beside it.
   *
   * @throws InputException when the settings would break the rule of parallelism
   */
  public static SparkConf settings(EngineOptions options, SparkConf given) throws InputException {
    SparkConf conf = given.clone();
    if (conf.contains(FORBIDDEN)) {
      throw new InputException(
          FORBIDDEN
              + " is set, and would give every CPU task a GPU; remove it: GPU stages ask for theirs");
    }
    defaults().forEach(conf::setIfMissing);
    if (Parallelism.isLocal(conf.get("spark.master"))) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    } else {
      // Only where there is another executor: on one machine it would shut out the only one.
      conf.setIfMissing("spark.excludeOnFailure.enabled", "true");
      conf.setIfMissing("spark.excludeOnFailure.task.maxTaskAttemptsPerExecutor", "1");
    }
    conf.setIfMissing(Parallelism.LOCAL_GPUS, options.gpus());
    conf.setIfMissing("spark.ui.enabled", Boolean.toString(options.ui() == EngineOptions.Ui.ON));
    if (!conf.contains("spark.scheduler.allocation.file")) {
      conf.set("spark.scheduler.allocation.file", poolFile(gpus(conf)).toUri().toString());
    }
    DeltaSettings.map(1).forEach(conf::setIfMissing);
    return conf;
  }

  /** Most tasks at once as a number; empty for {@code auto}. */
  public static OptionalInt cap(Workers workers) {
    return workers.fold(OptionalInt::empty, cap -> OptionalInt.of(cap.tasks()));
  }

  /** The running context. */
  public JavaSparkContext context() {
    return context;
  }

  /** How wide stages run on it. */
  public Parallelism parallelism() {
    return parallelism;
  }

  @Override
  public void close() {
    atClose.run();
  }

  private static Map<String, String> defaults() {
    return Map.ofEntries(
        Map.entry("spark.master", LOCAL_MASTER),
        Map.entry("spark.app.name", "rtpipeline"),
        Map.entry("spark.scheduler.mode", "FAIR"),
        Map.entry("spark.speculation", "false"),
        Map.entry("spark.task.maxFailures", "4"),
        Map.entry("spark.executor.heartbeatInterval", "2s"),
        Map.entry("spark.dynamicAllocation.enabled", "false"),
        Map.entry("spark.serializer", "org.apache.spark.serializer.JavaSerializer"),
        Map.entry("spark.ui.showConsoleProgress", "false"),
        Map.entry("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false"));
  }

  private static int gpus(SparkConf conf) {
    return Parallelism.isLocal(conf.get("spark.master"))
        ? Parallelism.gpusOfThisMachine(conf).size()
        : Math.max(1, conf.getInt("spark.executor.instances", 1))
            * conf.getInt("spark.executor.resource.gpu.amount", 0);
  }

  /** The pools: GPU jobs get a slot per GPU before CPU jobs get any. */
  private static Path poolFile(int gpus) throws InputException {
    String text =
        "<?xml version=\"1.0\"?>\n<allocations>\n"
            + pool(GPU_POOL, GPU_WEIGHT, gpus)
            + pool(CPU_POOL, 1, 0)
            + "</allocations>\n";
    try {
      Path file = Files.createTempFile("rtpipeline-pools", ".xml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputException("the temporary folder cannot be written: " + e.getMessage());
    }
  }

  private static String pool(String name, int weight, int minShare) {
    return "  <pool name=\""
        + name
        + "\"><schedulingMode>FIFO</schedulingMode><weight>"
        + weight
        + "</weight><minShare>"
        + minShare
        + "</minShare></pool>\n";
  }
}
