package org.rtpipeline.radiomics;

/**
 * Laplacian of Gaussian of a box of an image by recursive filters along the axes, times the square
 * of sigma.
 *
 * <p>For each axis the second derivative along it comes first and smoothing along the others
 * follows in axis order; every pass is rounded to single precision. A pass keeps only what later
 * passes need: the box along the axes that are done, everything along those to come.
 */
final class LaplacianOfGaussian {

  private static final int LINES = 64;

  private LaplacianOfGaussian() {}

  /** True when the image is long enough along every axis. */
  static boolean fits(GridSize size, double sigmaMm) {
    for (int axis = 0; axis < 3; axis++) {
      int n = size.count(axis);
      if (n < RecursiveGaussian.SHORTEST_LINE
          || n < Math.ceil(sigmaMm / size.spacingMm(axis)) + 1) {
        return false;
      }
    }
    return true;
  }

  /** The filtered box. */
  static double[] of(Raster image, IndexBox box, double sigmaMm) {
    GridSize size = image.size();
    float[] sum = new float[box.voxels()];
    for (int axis = 0; axis < 3; axis++) {
      int second = axis == 0 ? 1 : 0;
      int third = axis == 2 ? 1 : 2;
      Stage stage = new Stage(image);
      stage.pass(axis, box, RecursiveGaussian.secondDerivative(sigmaMm, size.spacingMm(axis)));
      stage.pass(second, box, RecursiveGaussian.smoothing(sigmaMm, size.spacingMm(second)));
      stage.pass(third, box, RecursiveGaussian.smoothing(sigmaMm, size.spacingMm(third)));
      double square = size.spacingMm(axis) * size.spacingMm(axis);
      for (int i = 0; i < sum.length; i++) {
        sum[i] = (float) (sum[i] + stage.values[i] * (1.0 / square));
      }
    }
    double[] out = new double[sum.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = sum[i];
    }
    return out;
  }

  /** An image that shrinks to the box axis by axis. */
  private static final class Stage {
    private final Raster image;
    private final int[] n;
    private float[] values;

    Stage(Raster image) {
      this.image = image;
      GridSize size = image.size();
      n = new int[] {size.nx(), size.ny(), size.nz()};
      values = new float[0];
    }

    private double at(int index) {
      return values.length == 0 ? image.at(index) : values[index];
    }

    void pass(int axis, IndexBox box, RecursiveGaussian filter) {
      int length = n[axis];
      int kept = box.count(axis);
      int first = box.first(axis);
      int inner = axis == 0 ? 1 : axis == 1 ? n[0] : n[0] * n[1];
      int outer = n[0] * n[1] * n[2] / (inner * length);
      float[] out = new float[inner * outer * kept];
      double[] data = new double[length * LINES];
      double[] filtered = new double[length * LINES];
      double[] scratch = new double[length * LINES];
      int lines = inner * outer;
      for (int from = 0; from < lines; from += LINES) {
        int wide = Math.min(LINES, lines - from);
        for (int w = 0; w < wide; w++) {
          int line = from + w;
          int start = line / inner * inner * length + line % inner;
          for (int i = 0; i < length; i++) {
            data[i * wide + w] = at(start + i * inner);
          }
        }
        filter.apply(data, filtered, scratch, length, wide);
        for (int w = 0; w < wide; w++) {
          int line = from + w;
          int start = line / inner * inner * kept + line % inner;
          for (int i = 0; i < kept; i++) {
            out[start + i * inner] = (float) filtered[(first + i) * wide + w];
          }
        }
      }
      values = out;
      n[axis] = kept;
    }
  }
}
