package org.rtpipeline.segmentation.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationBackEnd;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/**
 * A back end that is any program: started for each image with a list of arguments, never through a
 * shell, and ended with all it has started. Where the system has {@code setpriv}, the program dies
 * with the task even if this JVM is killed.
 */
public final class CommandBackEnd implements SegmentationBackEnd {

  private static final long serialVersionUID = 1L;
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final String GUARD = "setpriv";

  private final CommandOptions options;

  /** The back end of a program. */
  public CommandBackEnd(CommandOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "command:" + Path.of(options.arguments().get(0)).getFileName();
  }

  @Override
  public String version() {
    return "unknown";
  }

  @Override
  public String digest() {
    MessageDigest digest = ModelDigest.sha256();
    options.arguments().forEach(argument -> ModelDigest.text(digest, argument));
    ModelDigest.text(digest, options.structures().toString());
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public Device.Kind deviceKind() {
    return options.deviceKind();
  }

  /** What is missing for it on this machine, one sentence each. */
  public static List<String> problems(CommandOptions options) {
    return WorkerChecks.program(options.arguments().get(0)).isPresent()
        ? List.of()
        : List.of("there is no program " + options.arguments().get(0) + " on the path");
  }

  @Override
  public LabelMap segment(SegmentationInput input, Device device) throws SegmentationException {
    Path image = input.scratchFolder().resolve("image.nii");
    Path labels = input.scratchFolder().resolve("labels.nii");
    try {
      ScratchNifti.write(input.volume(), image);
      try (ChildProcess child =
          ChildProcess.start(
              command(image, labels),
              environment(device),
              input.scratchFolder(),
              options.shutdown())) {
        await(child);
      }
      return WorkerLabels.of(
          input,
          List.of(new WorkerMessage.LayerFile("labels.nii", structures())),
          name(),
          List.of());
    } catch (WorkerFault fault) {
      throw SegmentationException.of(
          Finding.Level.FAILED,
          fault.kind().code(),
          input,
          fault.kind() + ": " + fault.getMessage());
    } catch (IOException e) {
      throw SegmentationException.of(
          Finding.Level.FAILED,
          Finding.Code.SEGMENTER_FAILED,
          input,
          "the command cannot be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SegmentationException.of(
          Finding.Level.FAILED, Finding.Code.SEGMENTER_FAILED, input, "the task was ended");
    }
  }

  private List<WorkerMessage.Label> structures() {
    List<WorkerMessage.Label> labels = new ArrayList<>();
    options
        .structures()
        .forEach((value, name) -> labels.add(new WorkerMessage.Label(value, name, "")));
    return labels;
  }

  private List<String> command(Path image, Path labels) {
    List<String> command = new ArrayList<>();
    if (WorkerChecks.program(GUARD).isPresent()) {
      command.addAll(List.of(GUARD, "--pdeathsig", "KILL", "--"));
    }
    for (String argument : options.arguments()) {
      command.add(
          argument
              .replace(CommandOptions.IMAGE, image.toString())
              .replace(CommandOptions.LABELS, labels.toString()));
    }
    return command;
  }

  private static Map<String, String> environment(Device device) {
    return Map.of(
        "CUDA_DEVICE_ORDER",
        "PCI_BUS_ID",
        "CUDA_VISIBLE_DEVICES",
        device.kind() == Device.Kind.GPU ? device.address() : "-1",
        "RTPIPELINE_KEY_FILE",
        "");
  }

  private void await(ChildProcess child) throws WorkerFault, InterruptedException {
    long end = System.nanoTime() + options.limit().toNanos();
    while (!child.isSilentForEver() && System.nanoTime() < end) {
      child.line(LOOK);
    }
    Optional<Integer> code = child.exitCode(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    if (code.isEmpty()) {
      throw new WorkerFault(
          WorkerFault.Kind.TIME_LIMIT,
          "the command is not done after " + options.limit().toSeconds() + " s");
    }
    if (code.get() != 0) {
      throw new WorkerFault(
          WorkerFault.Kind.CRASH,
          "the command ended with exit code " + code.get() + ": " + child.lastError());
    }
  }
}
