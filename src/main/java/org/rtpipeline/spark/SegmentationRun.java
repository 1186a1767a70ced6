package org.rtpipeline.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import scala.Function2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/**
 * Runs the segmentation of courses, one course in each task, the dearest first, and hands each
 * course on as soon as it is finished. Where Spark hands out GPUs, all courses are one job with one
 * task for each address. Elsewhere the driver has a lane for each GPU, which it leases when a
 * course first needs it, or as many lanes as the job allows on cores, and each lane runs one course
 * after the other.
 */
final class SegmentationRun {

  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";

  private final JavaSparkContext context;
  private final DealtCourses courses;
  private final Work work;
  private final Layout layout;
  private final Consumer<List<Segmented>> finished;
  private final AtomicInteger next = new AtomicInteger();

  private SegmentationRun(
      DealtCourses courses, Work work, Layout layout, Consumer<List<Segmented>> finished) {
    this.context = JavaSparkContext.fromSparkContext(courses.all().context());
    this.courses = courses;
    this.work = work;
    this.layout = layout;
    this.finished = finished;
  }

  /**
   * What a task does with a course.
   *
   * @param stages the segmentations, in their order
   * @param streams opens files
   * @param onBug what an error of our own does
   */
  record Work(List<SegmentationStage> stages, StreamOpener streams, OnBug onBug)
      implements Serializable {
    /** Copies the list. */
    Work {
      stages = List.copyOf(stages);
    }
  }

  /**
   * How wide the stage is and where its devices come from.
   *
   * @param devices where tasks have their devices from
   * @param width tasks at once
   * @param executors where else a task may go whose device does not work
   */
  record Layout(TaskDevices devices, int width, int executors) {}

  /**
   * Segments all courses; ends with the last of them.
   *
   * @param finished gets each course once, from Spark's own threads; it must not wait
   */
  static void run(
      DealtCourses courses, Work work, Layout layout, Consumer<List<Segmented>> finished)
      throws InterruptedException {
    if (courses.count() > 0) {
      new SegmentationRun(courses, work, layout, finished).run();
    }
  }

  private void run() throws InterruptedException {
    if (layout.devices().source() == TaskDevices.Source.SPARK) {
      submit(
          courses.all().map(course -> course).withResources(profile(context.getConf())),
          TaskDevice.ofSpark(),
          IntStream.range(0, courses.count()).boxed().toList());
    } else {
      lanes();
    }
  }

  private void lanes() throws InterruptedException {
    int width = Math.min(layout.width(), courses.count());
    ExecutorService threads = Executors.newFixedThreadPool(width);
    try {
      List<Future<?>> lanes = new ArrayList<>();
      for (int lane = 0; lane < width; lane++) {
        lanes.add(threads.submit(this::lane));
      }
      for (Future<?> lane : lanes) {
        lane.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a lane of the segmentation failed", e.getCause());
    } finally {
      next.set(courses.count());
      threads.shutdownNow();
      threads.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private @Nullable Void lane() throws IOException, InterruptedException {
    boolean onProcessor = layout.devices().source() == TaskDevices.Source.PROCESSOR;
    try (LaneDevice device = new LaneDevice(layout.devices())) {
      for (int place = next.getAndIncrement();
          place < courses.count();
          place = next.getAndIncrement()) {
        List<Integer> one = List.of(place);
        if (onProcessor) {
          submit(courses.all(), TaskDevice.processor(), one);
        } else if (device.isTaken() || !submit(courses.all(), TaskDevice.notTaken(), one)) {
          submit(courses.all(), device.taken(), one);
        }
      }
    }
    return null;
  }

  /** Whether every course could be finished on the device. */
  private boolean submit(JavaRDD<Course> placed, TaskDevice device, List<Integer> partitions) {
    AtomicInteger left = new AtomicInteger(partitions.size());
    Function2<Object, ArrayList<Segmented>, BoxedUnit> handOn =
        (place, course) -> {
          if (!course.isEmpty()) {
            left.decrementAndGet();
            finished.accept(course);
          }
          return BoxedUnit.UNIT;
        };
    List<Object> places = new ArrayList<>(partitions);
    context
        .sc()
        .runJob(
            placed.rdd(),
            new Task(work, device, tries(context, layout)),
            CollectionConverters.asScala(places).toSeq(),
            handOn,
            ClassTag.apply(ArrayList.class));
    return left.get() == 0;
  }

  /** One GPU for a task. With executors that come and go, Spark must also know what to ask for. */
  private static ResourceProfile profile(SparkConf conf) {
    ResourceProfileBuilder builder =
        new ResourceProfileBuilder()
            .require(new TaskResourceRequests().cpus(1).resource(TaskDevice.GPU, 1));
    if (conf.getBoolean(DYNAMIC, false)) {
      builder.require(
          new ExecutorResourceRequests()
              .cores(conf.getInt("spark.executor.cores", 1))
              .memory(conf.get("spark.executor.memory", "1g"))
              .resource(
                  TaskDevice.GPU,
                  conf.getInt(EXECUTOR_GPUS, 1),
                  conf.get("spark.executor.resource.gpu.discoveryScript", ""),
                  conf.get("spark.executor.resource.gpu.vendor", "")));
    }
    return builder.build();
  }

  /** A task fails at most once on an executor, so the last executor must answer. */
  private static int tries(JavaSparkContext context, Layout layout) {
    return Math.min(layout.executors(), context.getConf().getInt("spark.task.maxFailures", 4));
  }

  /**
   * One task: the courses of its partition on its device.
   *
   * <p>A device that does not work is an error of the task as long as it may go elsewhere: Spark
   * tries the course on another executor, and leaves out this one. Without a device, a course that
   * needs one has no result.
   */
  private record Task(Work work, TaskDevice device, int tries)
      implements Function2<TaskContext, scala.collection.Iterator<Course>, ArrayList<Segmented>>,
          Serializable {

    @Override
    public ArrayList<Segmented> apply(
        TaskContext context, scala.collection.Iterator<Course> courses) {
      boolean mayGoElsewhere = context.attemptNumber() + 1 < tries;
      ArrayList<Segmented> all = new ArrayList<>();
      while (courses.hasNext()) {
        List<Segmented> course = new CourseSegmentation(courses.next(), work).all(device);
        if (!device.isTaken() && course.stream().anyMatch(Task::lacksDevice)) {
          return new ArrayList<>();
        }
        if (mayGoElsewhere) {
          course.forEach(Task::requireDevice);
        }
        all.addAll(course);
      }
      return all;
    }

    private static boolean lacksDevice(Segmented one) {
      return one.findings().stream().anyMatch(f -> f.code() == Finding.Code.GPU_UNAVAILABLE);
    }

    private static void requireDevice(Segmented one) {
      for (Finding finding : one.findings()) {
        if (finding.code() == Finding.Code.GPU_UNAVAILABLE) {
          throw new IllegalStateException(
              "the GPU of the task does not work: " + finding.message());
        }
      }
    }
  }
}
