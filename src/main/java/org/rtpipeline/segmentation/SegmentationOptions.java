package org.rtpipeline.segmentation;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.segmentation.onnx.OnnxOptions;
import org.rtpipeline.segmentation.worker.CommandOptions;
import org.rtpipeline.segmentation.worker.WorkerModel;
import org.rtpipeline.segmentation.worker.WorkerOptions;

/**
 * How structures are found and what is written of them.
 *
 * @param method which back end finds them
 * @param cpuSlots most courses at once without GPU, at least 1
 * @param worker the worker; null unless the method is one
 * @param command the program; null unless the method is one
 * @param onnx the model; null unless the method is one
 * @param output what is written
 * @param images which images, one kind at least
 * @param extras further models of the worker for the planning CT, in their order
 * @param mrModel what the worker runs on MR; null for the model of the planning CT
 */
public record SegmentationOptions(
    Method method,
    int cpuSlots,
    @Nullable WorkerOptions worker,
    @Nullable CommandOptions command,
    @Nullable OnnxOptions onnx,
    OutputOptions output,
    List<ImageKind> images,
    List<ExtraModel> extras,
    @Nullable WorkerModel mrModel)
    implements Serializable {

  /** Back ends. */
  public enum Method {
    /** Density and shape alone, in this process. */
    CLASSICAL,
    /** A program that keeps its models loaded. */
    WORKER,
    /** Any program, started for each image. */
    COMMAND,
    /** A network in this process, by ONNX Runtime. */
    ONNX
  }

  /** The classical back end, one course at a time. */
  public static final SegmentationOptions CLASSICAL =
      new SegmentationOptions(Method.CLASSICAL, 1, null, null, null, OutputOptions.STANDARD);

  /** Refuses a method without its options. */
  public SegmentationOptions {
    images = List.copyOf(images);
    extras = List.copyOf(extras);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("images is empty, expected ct, mr or both");
    }
    if (extras.stream().map(ExtraModel::name).distinct().count() != extras.size()) {
      throw new IllegalArgumentException("extra-models names a model twice");
    }
    if (cpuSlots < 1) {
      throw new IllegalArgumentException("cpu-slots is " + cpuSlots + ", expected 1 or more");
    }
    if ((method == Method.WORKER && worker == null)
        || (method == Method.COMMAND && command == null)
        || (method == Method.ONNX && onnx == null)) {
      throw new IllegalArgumentException("the back end " + method + " has no options");
    }
  }

  /** One model on the planning CT. */
  public SegmentationOptions(
      Method method,
      int cpuSlots,
      @Nullable WorkerOptions worker,
      @Nullable CommandOptions command,
      @Nullable OnnxOptions onnx,
      OutputOptions output) {
    this(method, cpuSlots, worker, command, onnx, output, List.of(ImageKind.CT), List.of(), null);
  }

  /** The worker with another model. */
  public WorkerOptions workerWith(WorkerModel model) {
    WorkerOptions all = Objects.requireNonNull(worker);
    return new WorkerOptions(
        all.command(),
        all.deviceKind(),
        model,
        all.limits(),
        all.threads(),
        all.ladder(),
        all.weightsFolder(),
        all.licenceFile());
  }

  /** Every worker that a run asks, by its model: that of the planning CT first. */
  public List<WorkerOptions> workers() {
    if (worker == null) {
      return List.of();
    }
    return Stream.of(
            images.contains(ImageKind.CT)
                ? Stream.concat(Stream.of(worker.model()), extras.stream().map(ExtraModel::model))
                : Stream.<WorkerModel>of(),
            images.contains(ImageKind.MR) ? Stream.of(mr()) : Stream.<WorkerModel>of())
        .flatMap(models -> models)
        .map(this::workerWith)
        .toList();
  }

  /** What the worker runs on MR. */
  public WorkerModel mr() {
    return mrModel == null ? Objects.requireNonNull(worker).model() : mrModel;
  }

  /** What the back end computes on. */
  public Device.Kind deviceKind() {
    return switch (method) {
      case CLASSICAL -> Device.Kind.CPU;
      case WORKER -> Objects.requireNonNull(worker).deviceKind();
      case COMMAND -> Objects.requireNonNull(command).deviceKind();
      case ONNX -> Objects.requireNonNull(onnx).device();
    };
  }
}
