package org.rtpipeline.segmentation.onnx;

/** Takes the planes of a volume one after the other. */
@FunctionalInterface
interface PlaneSink {

  /**
   * The next plane.
   *
   * @param index from 0, without gaps
   * @param channels the plane of every channel; the sink may keep the arrays
   */
  void plane(int index, float[][] channels);
}
