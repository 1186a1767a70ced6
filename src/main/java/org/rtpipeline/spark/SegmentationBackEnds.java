package org.rtpipeline.spark;

import java.util.List;
import java.util.Objects;
import org.rtpipeline.segmentation.ClassicalBackEnd;
import org.rtpipeline.segmentation.SegmentationBackEnd;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.segmentation.onnx.OnnxBackEnd;
import org.rtpipeline.segmentation.onnx.OnnxOptions;
import org.rtpipeline.segmentation.worker.CommandBackEnd;
import org.rtpipeline.segmentation.worker.WorkerBackEnd;
import org.rtpipeline.segmentation.worker.WorkerChecks;

/** The back ends by their options. */
final class SegmentationBackEnds {

  private SegmentationBackEnds() {}

  /**
   * The back end that is asked for, after a look whether this machine has what it needs.
   *
   * @throws InputException when something is missing: a program, weights, a licence
   */
  static SegmentationBackEnd of(SegmentationOptions options) throws InputException {
    List<String> problems = problems(options);
    if (!problems.isEmpty()) {
      throw new InputException(
          "the segmentation cannot start: "
              + String.join("; ", problems)
              + "; see rtpipeline doctor");
    }
    return switch (options.method()) {
      case CLASSICAL -> new ClassicalBackEnd();
      case WORKER -> new WorkerBackEnd(Objects.requireNonNull(options.worker()));
      case COMMAND -> new CommandBackEnd(Objects.requireNonNull(options.command()));
      case ONNX -> onnx(Objects.requireNonNull(options.onnx()));
    };
  }

  /** Everything that is missing for the back end that is asked for, one sentence each. */
  static List<String> problems(SegmentationOptions options) {
    return switch (options.method()) {
      case CLASSICAL -> List.of();
      case WORKER -> WorkerChecks.problems(Objects.requireNonNull(options.worker()));
      case COMMAND -> CommandBackEnd.problems(Objects.requireNonNull(options.command()));
      case ONNX -> onnxProblems(Objects.requireNonNull(options.onnx()));
    };
  }

  private static SegmentationBackEnd onnx(OnnxOptions options) throws InputException {
    try {
      return OnnxBackEnd.open(options);
    } catch (SegmentationException e) {
      throw new InputException("the segmentation cannot start: " + e.getMessage());
    }
  }

  private static List<String> onnxProblems(OnnxOptions options) {
    try {
      OnnxBackEnd.open(options);
      return List.of();
    } catch (SegmentationException e) {
      return List.of(e.finding().subject() + ": " + e.finding().message());
    }
  }
}
