package org.rtpipeline.segmentation.onnx;

/** A network that gives one value per class for every voxel of its input. */
interface Network extends AutoCloseable {

  /**
   * Runs the network.
   *
   * @param values channel by channel, each in the order of the extent
   * @param extent of a channel
   * @return class by class, each in the same order
   * @throws NetworkException when the network cannot be run on this input
   */
  float[] run(float[] values, Extent extent) throws NetworkException;

  @Override
  void close();
}
