package org.rtpipeline.segmentation.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.segmentation.Device;

/** Whether ONNX Runtime is here, and networks from it. */
final class OrtRuntime {

  private static final String ENTRY = "ai.onnxruntime.OrtEnvironment";

  /** 1.29, as 10,000 times the first number and the second. */
  private static final int FIRST_WITH_TELEMETRY = 10_029;

  private OrtRuntime() {}

  /**
   * Ends with a clear message when the optional jar is not on the class path.
   *
   * @param loader that would find it; null for the one of the virtual machine alone
   */
  static void require(@Nullable ClassLoader loader) throws NetworkException {
    try {
      Package runtime = Class.forName(ENTRY, false, loader).getPackage();
      String version = runtime == null ? null : runtime.getImplementationVersion();
      requireSilent(
          version == null ? "" : version,
          System.getenv().getOrDefault("ORT_DISABLE_TELEMETRY", ""));
    } catch (ClassNotFoundException e) {
      throw new NetworkException(
          "ONNX Runtime is not on the class path: add onnxruntime.jar, which the build puts beside"
              + " rtpipeline.jar, with spark-submit --jars or in the class path",
          e);
    }
  }

  /**
   * Refuses a runtime that reports its use over the network and was not told to stop.
   *
   * <p>From 1.29 on, the Linux builds of ONNX Runtime do so unless the process was started with
   * ORT_DISABLE_TELEMETRY=1, and end the process when its command line is longer than 4 KiB.
   *
   * @param version of the runtime; empty when its jar names none
   * @param disabled value of that variable, empty when it is not set
   */
  static void requireSilent(String version, String disabled) throws NetworkException {
    String[] parts = (version + ".0").split("\\.", -1);
    boolean numbers = parts[0].matches("\\d{1,4}") && parts[1].matches("\\d{1,4}");
    boolean silent =
        numbers
            && Integer.parseInt(parts[0]) * 10_000 + Integer.parseInt(parts[1])
                < FIRST_WITH_TELEMETRY;
    if (!silent && !disabled.equals("1")) {
      throw new NetworkException(
          "ONNX Runtime "
              + (version.isEmpty() ? "of unknown version" : version)
              + " reports its use over the network: set ORT_DISABLE_TELEMETRY=1 for driver and"
              + " executors, or use 1.28");
    }
  }

  /** All networks of a model, asked together. */
  static Network open(List<Path> files, int threads, Device device, List<Integer> mirrorAxes)
      throws NetworkException {
    require(OrtRuntime.class.getClassLoader());
    OptionalInt card = card(device, System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", ""));
    List<Network> folds = new ArrayList<>();
    boolean whole = false;
    try {
      for (Path file : files) {
        folds.add(OrtNetwork.open(file, threads, card));
      }
      whole = true;
      return new Ensemble(folds, mirrorAxes);
    } catch (LinkageError e) {
      throw new NetworkException("the native part of ONNX Runtime cannot be loaded: " + e, e);
    } finally {
      if (!whole) {
        folds.forEach(Network::close);
      }
    }
  }

  /**
   * Number of a card among those that this virtual machine sees; empty for the processor.
   *
   * @param visible value of CUDA_VISIBLE_DEVICES, empty when it is not set
   */
  static OptionalInt card(Device device, String visible) throws NetworkException {
    if (device.kind() == Device.Kind.CPU) {
      return OptionalInt.empty();
    }
    if (!visible.isBlank()) {
      int at = List.of(visible.split(",", -1)).indexOf(device.address());
      if (at >= 0) {
        return OptionalInt.of(at);
      }
    } else if (device.address().matches("\\d{1,3}")) {
      return OptionalInt.of(Integer.parseInt(device.address()));
    }
    throw new NetworkException(
        "card "
            + device.address()
            + " is not among CUDA_VISIBLE_DEVICES '"
            + visible
            + "'; without that variable cards are named by number");
  }
}
