package org.rtpipeline.segmentation.onnx;

import java.io.Serializable;
import java.util.List;
import org.rtpipeline.segmentation.Device;

/**
 * What the back end {@code onnx} is asked to do.
 *
 * @param modelFolder folder of the model, the same on every machine
 * @param device processor, or a graphics card, which needs the runtime for it
 * @param threads of the runtime; 1 computes on the thread of the task
 * @param mirroring whether mirrored images are asked as well
 * @param tileStep from tile to tile, share of the tile; 0 for what the model says
 * @param folds networks to ask, by their place in the model from 0; none for all
 */
public record OnnxOptions(
    String modelFolder,
    Device.Kind device,
    int threads,
    Mirroring mirroring,
    double tileStep,
    List<Integer> folds)
    implements Serializable {

  /** Whether a network is also asked for mirrored images, and the answers averaged. */
  public enum Mirroring {
    /** Along the axes that the model allows. */
    AS_TRAINED,
    /** Not at all: up to eight times faster. */
    NONE
  }

  /** Refuses what cannot be asked. */
  public OnnxOptions {
    folds = List.copyOf(folds);
    if (modelFolder.isBlank()) {
      throw new IllegalArgumentException("the back end onnx needs the folder of a model");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads are 1 or more, got " + threads);
    }
    if (!(tileStep >= 0 && tileStep <= 1)) {
      throw new IllegalArgumentException("tile step is over 0 and at most 1, got " + tileStep);
    }
    if (folds.stream().anyMatch(fold -> fold < 0)) {
      throw new IllegalArgumentException("folds are counted from 0, got " + folds);
    }
  }

  /** A model as it was trained, on the processor, with one thread. */
  public static OnnxOptions of(String modelFolder) {
    return new OnnxOptions(modelFolder, Device.Kind.CPU, 1, Mirroring.AS_TRAINED, 0, List.of());
  }
}
