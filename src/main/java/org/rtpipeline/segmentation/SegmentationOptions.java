package org.rtpipeline.segmentation;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.segmentation.onnx.OnnxOptions;
import org.rtpipeline.segmentation.worker.CommandOptions;
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
 */
public record SegmentationOptions(
    Method method,
    int cpuSlots,
    @Nullable WorkerOptions worker,
    @Nullable CommandOptions command,
    @Nullable OnnxOptions onnx,
    OutputOptions output)
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
    if (cpuSlots < 1) {
      throw new IllegalArgumentException("cpu-slots is " + cpuSlots + ", expected 1 or more");
    }
    if ((method == Method.WORKER && worker == null)
        || (method == Method.COMMAND && command == null)
        || (method == Method.ONNX && onnx == null)) {
      throw new IllegalArgumentException("the back end " + method + " has no options");
    }
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
