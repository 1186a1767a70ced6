package org.rtpipeline.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.segmentation.Device;

/**
 * How wide every stage runs: the only place that reads cores, executors or GPUs.
 *
 * <p>An executor of c cores has {@code max(1, c - 1)} usable ones: one core stays free for the JVM,
 * the operating system and I/O. A CPU stage has as many partitions as there are usable cores in
 * all. A stage that waits for I/O has {@value #IO_FACTOR} times as many. A GPU stage has one task
 * per GPU, of one thread. {@code workers = N} caps them all.
 *
 * @param executors what has registered, in no order
 * @param workers most tasks at once in any stage; null for what the rule gives
 */
public record Parallelism(List<Executor> executors, @Nullable Integer workers)
    implements Serializable {

  /** Partitions of an I/O stage per partition of a CPU stage. */
  public static final int IO_FACTOR = 2;

  /** Threads inside a task of any stage, GPU stages included. */
  public static final int THREADS_PER_TASK = 1;

  /** Setting with the GPUs of this machine: {@code auto}, {@code none}, or their addresses. */
  static final String LOCAL_GPUS = "spark.rtpipeline.gpus";

  private static final Duration SETTLED = Duration.ofSeconds(3);

  /**
   * One executor.
   *
   * @param cores tasks that Spark would run on it at once, at least 1
   * @param gpus GPU addresses it holds
   */
  public record Executor(int cores, int gpus) implements Serializable {

    /** Refuses an executor without cores. */
    public Executor {
      if (cores < 1 || gpus < 0) {
        throw new IllegalArgumentException(
            "an executor has 1 core or more and 0 GPUs or more, got " + cores + " and " + gpus);
      }
    }

    /** Cores for tasks: one stays free where there are two or more. */
    public int usableCores() {
      return Math.max(1, cores - 1);
    }
  }

  /** Refuses a cluster without executors, and less than one worker. */
  public Parallelism {
    executors = List.copyOf(executors);
    if (executors.isEmpty()) {
      throw new IllegalArgumentException("the rule needs one executor or more, got none");
    }
    if (workers != null && workers < 1) {
      throw new IllegalArgumentException(
          "workers is " + workers + ", expected auto or a whole number of 1 or more");
    }
  }

  /** The rule for equal executors without GPUs. */
  public static Parallelism of(int executors, int coresPerExecutor, OptionalInt workers) {
    return of(Collections.nCopies(executors, new Executor(coresPerExecutor, 0)), workers);
  }

  /** The rule for these executors. */
  public static Parallelism of(List<Executor> executors, OptionalInt workers) {
    return new Parallelism(executors, workers.isPresent() ? workers.getAsInt() : null);
  }

  /**
   * The rule for what a running context has, after its executors have registered.
   *
   * <p>Right after the start of a cluster application no executor is there and Spark says two
   * cores; so this waits for the number that the settings ask for, or, when they do not say, until
   * no executor has come for three seconds.
   *
   * @param workers cap; empty for {@code auto}
   * @param longestWait when to go on with the executors that are there
   */
  public static Parallelism of(
      JavaSparkContext context, OptionalInt workers, Duration longestWait) {
    SparkConf conf = context.getConf();
    String master = conf.get("spark.master");
    if (isLocal(master)) {
      return of(List.of(new Executor(context.defaultParallelism(), localGpus(conf))), workers);
    }
    OptionalInt expected = expectedExecutors(master, conf);
    ExecutorArrivals arrivals = new ExecutorArrivals(() -> context.sc().getExecutorIds().size());
    context.sc().addSparkListener(arrivals);
    int executors =
        expected.isPresent()
            ? arrivals.await(expected.getAsInt(), longestWait)
            : arrivals.awaitSettled(SETTLED, longestWait);
    context.sc().removeSparkListener(arrivals);
    return of(registered(context, Math.max(1, executors)), workers);
  }

  /** Whether tasks run in the JVM of the driver. */
  static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /** Cores of all executors together. */
  public int cores() {
    return executors.stream().mapToInt(Executor::cores).sum();
  }

  /** Cores for tasks in all executors together, before any cap. */
  public int usableCores() {
    return executors.stream().mapToInt(Executor::usableCores).sum();
  }

  /** Partitions, and so the most tasks at once, of a CPU stage. */
  public int partitions() {
    return capped(usableCores());
  }

  /** Partitions of a stage that waits for I/O. */
  public int ioPartitions() {
    return capped(IO_FACTOR * usableCores());
  }

  /** GPU addresses in all: the only width of a GPU stage. */
  public int gpuSlots() {
    return executors.stream().mapToInt(Executor::gpus).sum();
  }

  /** Partitions of a stage of that width, at least 1. */
  public int partitions(StageName.Width width) {
    return switch (width) {
      case CPU -> partitions();
      case IO -> ioPartitions();
      case GPU -> Math.max(1, gpuSlots());
    };
  }

  /** One line: executors, cores, partitions, GPUs. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%d executor(s), %d core(s), %d usable; %d partition(s) for CPU stages, %d for I/O stages,"
            + " %d GPU slot(s); workers = %s",
        executors.size(),
        cores(),
        usableCores(),
        partitions(),
        ioPartitions(),
        gpuSlots(),
        workers == null ? "auto" : workers.toString());
  }

  private int capped(int tasks) {
    return workers == null ? tasks : Math.min(tasks, workers);
  }

  private static int localGpus(SparkConf conf) {
    return gpusOfThisMachine(conf).size();
  }

  /**
   * Addresses of the GPUs of this machine, where tasks run in the JVM of the driver and Spark hands
   * out none.
   */
  static List<String> gpusOfThisMachine(SparkConf conf) {
    return LocalGpus.of(conf.get(LOCAL_GPUS, LocalGpus.AUTO));
  }

  /**
   * Where the tasks of a segmentation have their devices from, and how many run at once.
   *
   * @param needed what the back end computes on
   * @param cpuSlots most tasks at once on cores
   * @throws InputException when a GPU is needed and there is none: nothing computes on cores
   *     instead
   */
  SegmentationRun.Layout segmentation(SparkConf conf, Device.Kind needed, int cpuSlots)
      throws InputException {
    int slots = segmentationSlots(needed, cpuSlots);
    if (needed == Device.Kind.CPU) {
      return new SegmentationRun.Layout(TaskDevices.processor(), slots, executors.size());
    }
    if (slots == 0) {
      throw new InputException(
          "the segmentation needs a GPU and there is none here; see rtpipeline doctor, or say"
              + " device = cpu in its section");
    }
    return new SegmentationRun.Layout(
        isLocal(conf.get("spark.master"))
            ? TaskDevices.leased(gpusOfThisMachine(conf))
            : TaskDevices.ofSpark(),
        slots,
        executors.size());
  }

  /**
   * Courses that are segmented at once: one for each GPU where the back end needs one, else as many
   * as the job allows, and never more than there are usable cores. 0 when a GPU is needed and there
   * is none.
   *
   * @param needed what the back end computes on
   * @param cpuSlots most tasks at once on cores
   */
  int segmentationSlots(Device.Kind needed, int cpuSlots) {
    return needed == Device.Kind.GPU ? gpuSlots() : Math.min(cpuSlots, usableCores());
  }

  private static OptionalInt expectedExecutors(String master, SparkConf conf) {
    if (master.startsWith("local-cluster[")) {
      String[] numbers = master.substring("local-cluster[".length()).split(",", -1);
      return OptionalInt.of(Integer.parseInt(numbers[0].trim()));
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      int most = conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE);
      return most == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(most);
    }
    if (conf.contains("spark.executor.instances")) {
      return OptionalInt.of(conf.getInt("spark.executor.instances", 1));
    }
    if (conf.contains("spark.cores.max") && conf.contains("spark.executor.cores")) {
      int most = conf.getInt("spark.cores.max", 1) / conf.getInt("spark.executor.cores", 1);
      return OptionalInt.of(Math.max(1, most));
    }
    return OptionalInt.empty();
  }

  /**
   * Executors with their cores: the sum of registered cores, spread as evenly as it goes. Unequal
   * executors have the same sum of usable cores as long as each has two or more.
   */
  private static List<Executor> registered(JavaSparkContext context, int executors) {
    SparkConf conf = context.getConf();
    int gpus = conf.getInt("spark.executor.resource.gpu.amount", 0);
    int fixed = conf.getInt("spark.executor.cores", 0);
    int cores = Math.max(executors, coresOf(context, conf, executors * Math.max(1, fixed)));
    List<Executor> all = new ArrayList<>();
    for (int i = 0; i < executors; i++) {
      int share = cores / executors + (i < cores % executors ? 1 : 0);
      all.add(new Executor(share, gpus));
    }
    return all;
  }

  private static int coresOf(JavaSparkContext context, SparkConf conf, int otherwise) {
    return conf.contains("spark.default.parallelism") ? otherwise : context.defaultParallelism();
  }
}
