package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.rtpipeline.segmentation.ClassicalBackEnd;
import org.rtpipeline.segmentation.ExtraModel;
import org.rtpipeline.segmentation.ImageKind;
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

  /**
   * The models that are asked for, in their order, after the same look.
   *
   * @throws InputException when something is missing
   */
  static List<SegmentationModel> models(SegmentationOptions options) throws InputException {
    SegmentationBackEnd first = of(options);
    List<SegmentationModel> models = new ArrayList<>();
    if (options.images().contains(ImageKind.CT)) {
      models.add(SegmentationModel.first(ImageKind.CT, first));
      for (ExtraModel extra : options.extras()) {
        SegmentationBackEnd backEnd = new WorkerBackEnd(options.workerWith(extra.model()));
        models.add(
            new SegmentationModel(
                extra.name(), ImageKind.CT, backEnd, backEnd.digest(), extra.needs()));
      }
    }
    if (options.images().contains(ImageKind.MR)) {
      models.add(
          SegmentationModel.first(
              ImageKind.MR,
              options.method() == SegmentationOptions.Method.WORKER
                  ? new WorkerBackEnd(options.workerWith(options.mr()))
                  : first));
    }
    return models;
  }

  /** Everything that is missing for the back end that is asked for, one sentence each. */
  static List<String> problems(SegmentationOptions options) {
    return switch (options.method()) {
      case CLASSICAL -> List.of();
      case WORKER ->
          options.workers().stream()
              .flatMap(worker -> WorkerChecks.problems(worker).stream())
              .distinct()
              .toList();
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
