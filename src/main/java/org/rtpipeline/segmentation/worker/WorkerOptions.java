package org.rtpipeline.segmentation.worker;

import java.io.Serializable;
import java.util.List;
import org.rtpipeline.segmentation.Device;

/**
 * A worker: the program, what it runs, and what it is given.
 *
 * @param command program and arguments; {@value #SHIPPED} stands for the worker that comes with the
 *     product
 * @param deviceKind what it computes on
 * @param model what it runs
 * @param limits how long it may take
 * @param threads threads of each step inside it: resampling, saving, preparing and exporting
 * @param ladder what is tried when memory runs out, in this order
 * @param weightsFolder folder with the weights of TotalSegmentator; empty for none
 * @param licenceFile file with the licence number of TotalSegmentator; empty for none
 */
public record WorkerOptions(
    List<String> command,
    Device.Kind deviceKind,
    WorkerModel model,
    WorkerLimits limits,
    int threads,
    List<Rung> ladder,
    String weightsFolder,
    String licenceFile)
    implements Serializable {

  /** Stands in a command for the path of the worker that comes with the product. */
  public static final String SHIPPED = "{worker}";

  /** Copies the lists. */
  public WorkerOptions {
    command = List.copyOf(command);
    ladder = List.copyOf(ladder);
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", expected 1 or more");
    }
    if (command.isEmpty() || command.get(0).isBlank()) {
      throw new IllegalArgumentException("the command is empty, expected a program");
    }
  }
}
