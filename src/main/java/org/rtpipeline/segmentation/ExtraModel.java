package org.rtpipeline.segmentation;

import java.io.Serializable;
import java.util.List;
import org.rtpipeline.segmentation.worker.WorkerModel;

/**
 * A further model that a worker runs on the planning CT, with a result of its own.
 *
 * @param name word for it in names of files and in tables
 * @param model what the worker runs
 * @param needs structures that the models before it must have found, as a sign that the part of the
 *     body is in the image; empty when it always runs
 */
public record ExtraModel(String name, WorkerModel model, List<String> needs)
    implements Serializable {

  /** Refuses a name that is no part of a file name. */
  public ExtraModel {
    needs = List.copyOf(needs);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
      throw new IllegalArgumentException(
          "the model '" + name + "' has a name of other than letters, digits, dots and dashes");
    }
  }
}
