package org.rtpipeline.segmentation.onnx;

/**
 * A part of an array.
 *
 * @param first0 first index along axis 0
 * @param first1 first index along axis 1
 * @param first2 first index along axis 2
 * @param extent of the part
 */
record Box(int first0, int first1, int first2, Extent extent) {

  static Box whole(Extent extent) {
    return new Box(0, 0, 0, extent);
  }

  int first(int axis) {
    return axis == 0 ? first0 : axis == 1 ? first1 : first2;
  }

  int count(int axis) {
    return extent.count(axis);
  }

  /** The values of the part; the array itself when the part is the whole. */
  float[] cut(float[] values, Extent whole) {
    if (extent.equals(whole)) {
      return values;
    }
    float[] out = new float[extent.voxels()];
    for (int a = 0; a < extent.n0(); a++) {
      for (int b = 0; b < extent.n1(); b++) {
        int at = ((first0 + a) * whole.n1() + first1 + b) * whole.n2() + first2;
        System.arraycopy(values, at, out, (a * extent.n1() + b) * extent.n2(), extent.n2());
      }
    }
    return out;
  }

  /** The values of the part, with 0 round them where the part reaches out of the whole. */
  float[] cutPadded(float[] values, Extent whole) {
    if (first0 == 0 && first1 == 0 && first2 == 0 && extent.equals(whole)) {
      return values;
    }
    float[] out = new float[extent.voxels()];
    int from = Math.max(0, -first2);
    int to = Math.min(extent.n2(), whole.n2() - first2);
    for (int a = Math.max(0, -first0); a < Math.min(extent.n0(), whole.n0() - first0); a++) {
      for (int b = Math.max(0, -first1); b < Math.min(extent.n1(), whole.n1() - first1); b++) {
        int at = ((first0 + a) * whole.n1() + first1 + b) * whole.n2() + first2;
        int line = (a * extent.n1() + b) * extent.n2();
        System.arraycopy(values, at + from, out, line + from, to - from);
      }
    }
    return out;
  }
}
