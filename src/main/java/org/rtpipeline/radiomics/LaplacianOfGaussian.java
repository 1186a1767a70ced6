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

  /** The filtered box as an image of its own. */
  static Raster of(Raster image, IndexBox box, double sigmaMm) {
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
    return Raster.of(size.withCounts(box.nx(), box.ny(), box.nz()), Raster.Numbers.SINGLE, sum);
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

    void pass(int axis, IndexBox box, RecursiveGaussian filter) {
      int length = n[axis];
      int inner = axis == 0 ? 1 : axis == 1 ? n[0] : n[0] * n[1];
      int outer = n[0] * n[1] * n[2] / (inner * length);
      Lines lines = new Lines(length, box.first(axis), box.count(axis), filter);
      float[] out = new float[inner * outer * box.count(axis)];
      if (axis == 0) {
        for (int line = 0; line < outer; line += LINES) {
          int wide = Math.min(LINES, outer - line);
          for (int w = 0; w < wide; w++) {
            lines.read(this, (line + w) * length, w);
          }
          lines.filter(wide);
          for (int w = 0; w < wide; w++) {
            lines.write(out, (line + w) * box.count(axis), w);
          }
        }
      } else {
        for (int o = 0; o < outer; o++) {
          for (int line = 0; line < inner; line += LINES) {
            int wide = Math.min(LINES, inner - line);
            lines.readAbreast(this, o * length * inner + line, inner, wide);
            lines.filter(wide);
            lines.writeAbreast(out, o * box.count(axis) * inner + line, inner, wide);
          }
        }
      }
      values = out;
      n[axis] = box.count(axis);
    }

    /** Copies neighbours in memory. */
    private void copy(int from, double[] to, int count) {
      if (values.length == 0) {
        image.copy(from, to, count);
      } else {
        for (int i = 0; i < count; i++) {
          to[i] = values[from + i];
        }
      }
    }
  }

  /** Lines under the filter: entry i of line w at {@code [i][w]}. */
  private static final class Lines {
    private final int length;
    private final int first;
    private final int kept;
    private final RecursiveGaussian filter;
    private final double[][] data;
    private final double[][] filtered;
    private final double[][] scratch;
    private final double[] line;

    Lines(int length, int first, int kept, RecursiveGaussian filter) {
      this.length = length;
      this.first = first;
      this.kept = kept;
      this.filter = filter;
      data = new double[length][LINES];
      filtered = new double[length][LINES];
      scratch = new double[length][LINES];
      line = new double[length];
    }

    void filter(int lines) {
      filter.apply(data, filtered, scratch, length, lines);
    }

    void read(Stage from, int start, int w) {
      from.copy(start, line, length);
      for (int i = 0; i < length; i++) {
        data[i][w] = line[i];
      }
    }

    void write(float[] to, int start, int w) {
      for (int i = 0; i < kept; i++) {
        to[start + i] = (float) filtered[first + i][w];
      }
    }

    void readAbreast(Stage from, int start, int stride, int lines) {
      for (int i = 0; i < length; i++) {
        from.copy(start + i * stride, data[i], lines);
      }
    }

    void writeAbreast(float[] to, int start, int stride, int lines) {
      for (int i = 0; i < kept; i++) {
        double[] row = filtered[first + i];
        int at = start + i * stride;
        for (int w = 0; w < lines; w++) {
          to[at + w] = (float) row[w];
        }
      }
    }
  }
}
