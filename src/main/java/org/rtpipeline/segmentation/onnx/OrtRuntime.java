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

  private OrtRuntime() {}

  /**
   * Ends with a clear message when the optional jar is not on the class path.
   *
   * @param loader that would find it; null for the one of the virtual machine alone
   */
  static void require(@Nullable ClassLoader loader) throws NetworkException {
    try {
      Class.forName(ENTRY, false, loader);
    } catch (ClassNotFoundException e) {
      throw new NetworkException(
          "ONNX Runtime is not on the class path: add onnxruntime.jar, which the build puts beside"
              + " rtpipeline.jar, with spark-submit --jars or in the class path",
          e);
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
