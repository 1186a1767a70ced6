package org.rtpipeline.segmentation.worker;

import java.io.Serializable;
import java.util.List;

/**
 * The model that a worker runs.
 *
 * @param kind what the worker must know to load it
 * @param task task of TotalSegmentator; empty for other kinds
 * @param resolution grid of the model
 * @param roiSubset structures to keep; empty for all
 * @param path model folder, {@code custom_model.yaml} or plug-in; empty for TotalSegmentator
 * @param orientation axes of the array that the model was trained on, as NIfTI letters: LAS, RAS, …
 */
public record WorkerModel(
    Kind kind,
    String task,
    Resolution resolution,
    List<String> roiSubset,
    String path,
    String orientation)
    implements Serializable {

  /** Kinds of models. */
  public enum Kind {
    /** A task of TotalSegmentator. */
    TOTALSEGMENTATOR,
    /** A folder of nnU-Net v2 with plans.json, dataset.json and folds. */
    NNUNET,
    /** Networks that a custom_model.yaml of the Python rtpipeline names. */
    CUSTOM,
    /** A Python file with {@code load(device, options)}. */
    PLUGIN
  }

  /** Grid that a model computes on. */
  public enum Resolution {
    /** The finest that the task has, 1.5 mm. */
    FULL,
    /** 3 mm. */
    FAST,
    /** 6 mm. */
    FASTEST
  }

  /** Refuses a model without a name. */
  public WorkerModel {
    roiSubset = List.copyOf(roiSubset);
    if (kind == Kind.TOTALSEGMENTATOR && task.isBlank()) {
      throw new IllegalArgumentException("task is blank, expected one of TotalSegmentator");
    }
    if (kind != Kind.TOTALSEGMENTATOR && path.isBlank()) {
      throw new IllegalArgumentException("path is blank, expected that of the model");
    }
    if (!orientation.matches("[LR][AP][IS]")) {
      throw new IllegalArgumentException(
          "orientation is " + orientation + ", expected three letters as LAS");
    }
  }

  /** A task of TotalSegmentator with all its structures. */
  public static WorkerModel totalSegmentator(String task, Resolution resolution) {
    return new WorkerModel(Kind.TOTALSEGMENTATOR, task, resolution, List.of(), "", "RAS");
  }

  /** A Python file of the site. */
  public static WorkerModel plugin(String path) {
    return new WorkerModel(Kind.PLUGIN, "", Resolution.FULL, List.of(), path, "LPS");
  }
}
