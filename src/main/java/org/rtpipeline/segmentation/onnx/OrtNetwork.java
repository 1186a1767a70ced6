package org.rtpipeline.segmentation.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;

/** A network in an ONNX file, run by ONNX Runtime; the only class that names it. */
final class OrtNetwork implements Network {

  private static final int RANK_OF_VOLUMES = 5;
  private static final int RANK_OF_PLANES = 4;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;
  private final long[] shape;

  private OrtNetwork(OrtEnvironment environment, OrtSession session, String input, long[] shape) {
    this.environment = environment;
    this.session = session;
    this.input = input;
    this.shape = shape;
  }

  /**
   * Loads a network.
   *
   * @param threads of the runtime; with 1 it computes on the calling thread
   * @param card number of the graphics card, or empty to compute on the processor
   */
  static OrtNetwork open(Path file, int threads, OptionalInt card) throws NetworkException {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment("rtpipeline");
      environment.setTelemetry(false);
      if (card.isPresent() && !OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
        throw new NetworkException(
            "this ONNX Runtime cannot compute "
                + file.getFileName()
                + " on a graphics card: put the onnxruntime.jar of the build with -Ponnx-gpu in its"
                + " place, or set the device to CPU");
      }
      OrtSession session = session(environment, file, threads, card);
      return checked(environment, session, file.getFileName().toString());
    } catch (OrtException e) {
      throw new NetworkException(
          "ONNX Runtime cannot load " + file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static OrtSession session(
      OrtEnvironment environment, Path file, int threads, OptionalInt card) throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (card.isPresent()) {
        options.setMemoryPatternOptimization(false);
        options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(card.getAsInt())) {
          cuda.add("use_tf32", "0"); // ten bits of a number would decide between two classes
          options.addCUDA(cuda);
        }
      }
      return environment.createSession(file.toString(), options);
    }
  }

  private static OrtNetwork checked(OrtEnvironment environment, OrtSession session, String file)
      throws OrtException, NetworkException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    NodeInfo only = inputs.values().iterator().next();
    String complaint = complaint(inputs.size(), session.getNumOutputs(), only);
    if (!complaint.isEmpty()) {
      session.close();
      throw new NetworkException(file + " " + complaint);
    }
    long[] shape = ((TensorInfo) only.getInfo()).getShape();
    return new OrtNetwork(environment, session, only.getName(), shape);
  }

  private static String complaint(long inputs, long outputs, NodeInfo input) {
    if (inputs != 1) {
      return "has " + inputs + " inputs, expected 1";
    }
    if (outputs != 1) {
      return "has " + outputs + " outputs, expected 1: export it without deep supervision";
    }
    if (!(input.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      return "takes " + input.getInfo() + ", expected a tensor of single precision";
    }
    int rank = tensor.getShape().length;
    boolean batch = rank >= 2 && Math.abs(tensor.getShape()[0]) == 1;
    boolean channel = rank >= 2 && Math.abs(tensor.getShape()[1]) == 1;
    if ((rank != RANK_OF_VOLUMES && rank != RANK_OF_PLANES) || !batch || !channel) {
      return "takes "
          + Arrays.toString(tensor.getShape())
          + ", expected 1 x 1 x planes x rows x columns, or 1 x 1 x rows x columns";
    }
    return "";
  }

  @Override
  public float[] run(float[] values, Extent extent) throws NetworkException {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    buffer.put(values).rewind();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, buffer, shapeOf(extent));
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      if (!(result.get(0) instanceof OnnxTensor out) || out.getInfo().type != OnnxJavaType.FLOAT) {
        throw new NetworkException("the network gives no tensor of single precision");
      }
      FloatBuffer classes = out.getFloatBuffer();
      float[] copy = new float[classes.remaining()];
      classes.get(copy);
      return copy;
    } catch (OrtException e) {
      throw new NetworkException(
          "ONNX Runtime fails on an input of " + extent + " voxels: " + e.getMessage(), e);
    }
  }

  private long[] shapeOf(Extent extent) throws NetworkException {
    long[] asked =
        shape.length == RANK_OF_VOLUMES
            ? new long[] {1, 1, extent.n0(), extent.n1(), extent.n2()}
            : new long[] {1, 1, extent.n1(), extent.n2()};
    boolean fits = shape.length == RANK_OF_VOLUMES || extent.n0() == 1;
    for (int axis = 0; axis < shape.length; axis++) {
      fits &= shape[axis] < 0 || shape[axis] == asked[axis];
    }
    if (!fits) {
      throw new NetworkException(
          "the network takes " + Arrays.toString(shape) + ", the model asks for " + extent);
    }
    return asked;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close a session", e);
    }
  }
}
