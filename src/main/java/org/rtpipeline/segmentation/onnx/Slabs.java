package org.rtpipeline.segmentation.onnx;

/**
 * Whole planes, some at a time, with a margin of planes on both sides that is thrown away: for
 * networks without pooling, whose values no voxel beyond the margin changes.
 *
 * @param planes kept of each run
 * @param margin planes on either side; at least half the reach of the network
 */
record Slabs(int planes, int margin) implements Windows {

  private static final long serialVersionUID = 1L;

  /** The whole volume in one run. */
  static final Slabs WHOLE = new Slabs(Integer.MAX_VALUE, 0);

  /** Refuses slabs of nothing. */
  Slabs {
    if (planes < 1 || margin < 0) {
      throw new IllegalArgumentException(
          "a slab keeps 1 plane or more, got " + planes + " with a margin of " + margin);
    }
  }

  @Override
  public Box padded(Extent extent) {
    return Box.whole(extent);
  }

  @Override
  public void run(
      Network network, float[] values, Extent extent, int axis, int classes, PlaneSink sink)
      throws NetworkException, InterruptedException {
    int count = extent.count(axis);
    for (int first = 0; first < count; first += Math.min(planes, count - first)) {
      Windows.stopWhenInterrupted();
      int end = first + Math.min(planes, count - first);
      int low = Math.max(0, first - margin);
      int high = count - end < margin ? count : end + margin;
      Box window = window(extent, axis, low, high - low);
      float[] out = network.run(window.cut(values, extent), window.extent());
      Windows.check(out, classes, window.extent());
      for (int index = first; index < end; index++) {
        sink.plane(index, cut(out, window.extent(), axis, index - low, classes));
      }
    }
  }

  private static Box window(Extent extent, int axis, int low, int count) {
    int[] first = new int[3];
    int[] counts = extent.counts();
    first[axis] = low;
    counts[axis] = count;
    return new Box(first[0], first[1], first[2], Extent.of(counts));
  }

  private static float[][] cut(float[] out, Extent window, int axis, int index, int classes) {
    float[][] planes = new float[classes][window.planeVoxels(axis)];
    int rowAxis = Extent.planeRows(axis);
    int columnAxis = Extent.planeColumns(axis);
    for (int c = 0; c < classes; c++) {
      int start = c * window.voxels() + index * window.stride(axis);
      int at = 0;
      for (int y = 0; y < window.count(rowAxis); y++) {
        for (int x = 0; x < window.count(columnAxis); x++) {
          planes[c][at++] = out[start + y * window.stride(rowAxis) + x * window.stride(columnAxis)];
        }
      }
    }
    return planes;
  }
}
