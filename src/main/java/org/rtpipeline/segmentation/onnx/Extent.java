package org.rtpipeline.segmentation.onnx;

/**
 * Voxels along the three axes of an array, the last axis fastest.
 *
 * @param n0 along the slowest axis
 * @param n1 along the middle axis
 * @param n2 along the fastest axis
 */
record Extent(int n0, int n1, int n2) {

  /** Refuses an empty array, and one that no Java array holds. */
  Extent {
    if (n0 < 1 || n1 < 1 || n2 < 1 || (long) n0 * n1 * n2 > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "an array has 1 to 2^31 voxels, got " + n0 + " x " + n1 + " x " + n2);
    }
  }

  static Extent of(int[] counts) {
    return new Extent(counts[0], counts[1], counts[2]);
  }

  int count(int axis) {
    return axis == 0 ? n0 : axis == 1 ? n1 : n2;
  }

  int[] counts() {
    return new int[] {n0, n1, n2};
  }

  int voxels() {
    return n0 * n1 * n2;
  }

  /** Distance in the array between neighbours along an axis. */
  int stride(int axis) {
    return axis == 0 ? n1 * n2 : axis == 1 ? n2 : 1;
  }

  /** Voxels of a plane across an axis. */
  int planeVoxels(int axis) {
    return voxels() / count(axis);
  }

  /** The slower one of the two axes of a plane across an axis. */
  static int planeRows(int axis) {
    return axis == 0 ? 1 : 0;
  }

  /** The faster one of the two axes of a plane across an axis. */
  static int planeColumns(int axis) {
    return axis == 2 ? 1 : 2;
  }

  @Override
  public String toString() {
    return n0 + " x " + n1 + " x " + n2;
  }
}
