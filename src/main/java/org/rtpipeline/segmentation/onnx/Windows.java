package org.rtpipeline.segmentation.onnx;

import java.io.Serializable;

/** How a volume is shown to a network, part by part. */
sealed interface Windows extends Serializable permits GaussianTiles, Slabs {

  /**
   * What the network is run on: the volume and, where it is smaller than a window, zeros round it.
   */
  Box padded(Extent extent);

  /**
   * Runs a network over a volume.
   *
   * @param values of the padded box, in its order
   * @param extent of the volume itself; planes come out in it
   * @param axis across which planes come out
   * @param classes the network gives
   * @param sink takes planes of all classes, in order
   */
  void run(Network network, float[] values, Extent extent, int axis, int classes, PlaneSink sink)
      throws NetworkException, InterruptedException;

  /** Ends the work of a thread that was interrupted. */
  static void stopWhenInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted between two runs of the network");
    }
  }

  /** What came out has as many classes as the labels. */
  static void check(float[] out, int classes, Extent window) throws NetworkException {
    if (out.length != classes * window.voxels()) {
      throw new NetworkException(
          "the network gives "
              + (double) out.length / window.voxels()
              + " values per voxel, expected "
              + classes
              + ", one for each class");
    }
  }
}
