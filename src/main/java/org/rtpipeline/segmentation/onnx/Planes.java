package org.rtpipeline.segmentation.onnx;

/** Planes across any axis of a volume. */
final class Planes {

  private Planes() {}

  /** A copy of plane {@code index} across an axis, its faster axis fastest. */
  static float[] cut(float[] volume, Extent extent, int axis, int index) {
    int height = extent.count(Extent.planeRows(axis));
    int width = extent.count(Extent.planeColumns(axis));
    int rowStride = extent.stride(Extent.planeRows(axis));
    int columnStride = extent.stride(Extent.planeColumns(axis));
    float[] plane = new float[height * width];
    int start = index * extent.stride(axis);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        plane[y * width + x] = volume[start + y * rowStride + x * columnStride];
      }
    }
    return plane;
  }

  /** The values in single precision. */
  static float[][] single(double[][] channels) {
    float[][] out = new float[channels.length][];
    for (int c = 0; c < channels.length; c++) {
      out[c] = new float[channels[c].length];
      for (int i = 0; i < out[c].length; i++) {
        out[c][i] = (float) channels[c][i];
      }
    }
    return out;
  }

  /** Writes a plane to its place in a volume. */
  static void put(float[] plane, float[] volume, Extent extent, int axis, int index) {
    int height = extent.count(Extent.planeRows(axis));
    int width = extent.count(Extent.planeColumns(axis));
    int rowStride = extent.stride(Extent.planeRows(axis));
    int columnStride = extent.stride(Extent.planeColumns(axis));
    int start = index * extent.stride(axis);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        volume[start + y * rowStride + x * columnStride] = plane[y * width + x];
      }
    }
  }

  /**
   * Writes the labels of a plane of a part to their place in the whole.
   *
   * @param box the part
   */
  static void put(short[] plane, short[] volume, Extent extent, Box box, int axis, int index) {
    int row = Extent.planeRows(axis);
    int column = Extent.planeColumns(axis);
    int height = box.count(row);
    int width = box.count(column);
    int start = (box.first(axis) + index) * extent.stride(axis);
    for (int y = 0; y < height; y++) {
      int line = start + (box.first(row) + y) * extent.stride(row);
      for (int x = 0; x < width; x++) {
        volume[line + (box.first(column) + x) * extent.stride(column)] = plane[y * width + x];
      }
    }
  }
}
