package org.rtpipeline.segmentation.onnx;

import java.util.List;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;

/**
 * Which axis of an image of ours each axis of a model is, and which way it runs. Axes of an image
 * are plane, row, column.
 */
final class AxisOrder {

  private static final String DIRECTIONS = "LRPASI";

  /** Distances of planes are taken to the nearest nanometre. */
  private static final double PER_MM = 1e6;

  private static final int[][] PERMUTATIONS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  private final int[] source;
  private final boolean[] turned;

  private AxisOrder(int[] source, boolean[] turned) {
    this.source = source;
    this.turned = turned;
  }

  /**
   * The order for a model.
   *
   * @param directions way each axis of the model's images runs in the patient, one of L R P A S I
   *     each, such as {@code SAR}; empty for images as they are stored
   * @param transpose axis of such an image that each axis of the network is
   */
  static AxisOrder of(VoxelGrid grid, String directions, List<Integer> transpose) {
    int[] source = {0, 1, 2};
    boolean[] turned = new boolean[3];
    if (!directions.isEmpty()) {
      orient(grid, directions, source, turned);
    }
    int[] from = new int[3];
    boolean[] back = new boolean[3];
    for (int axis = 0; axis < 3; axis++) {
      from[axis] = source[transpose.get(axis)];
      back[axis] = turned[transpose.get(axis)];
    }
    return new AxisOrder(from, back);
  }

  private static void orient(VoxelGrid grid, String directions, int[] source, boolean[] turned) {
    Point[] axes = {grid.normal(), grid.columnDirection(), grid.rowDirection()};
    double best = -1;
    for (int[] permutation : PERMUTATIONS) {
      double sum = 0;
      for (int axis = 0; axis < 3; axis++) {
        sum += Math.abs(axes[permutation[axis]].dot(direction(directions.charAt(axis))));
      }
      if (sum > best + 1e-9) {
        best = sum;
        System.arraycopy(permutation, 0, source, 0, 3);
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      turned[axis] = axes[source[axis]].dot(direction(directions.charAt(axis))) < 0;
    }
  }

  /** True for three letters that name three different axes of the patient. */
  static boolean isOrientation(String directions) {
    int seen = 0;
    for (int i = 0; i < directions.length(); i++) {
      int at = DIRECTIONS.indexOf(directions.charAt(i));
      seen |= at < 0 ? 0 : 1 << (at / 2);
    }
    return directions.length() == 3 && seen == 7;
  }

  private static Point direction(char letter) {
    int at = DIRECTIONS.indexOf(letter);
    double sign = at % 2 == 0 ? 1 : -1;
    return new Point(at / 2 == 0 ? sign : 0, at / 2 == 1 ? sign : 0, at / 2 == 2 ? sign : 0);
  }

  /** Voxels of an image along the axes of the model. */
  Extent extent(VoxelGrid grid) {
    int[] counts = {grid.planes(), grid.rows(), grid.columns()};
    return new Extent(counts[source[0]], counts[source[1]], counts[source[2]]);
  }

  /**
   * Spacing of an image along the axes of the model, mm, without what differences of plane
   * positions add to the last digits.
   */
  double[] spacingMm(VoxelGrid grid) {
    double planesMm = Math.rint(grid.meanPlaneSpacingMm() * PER_MM) / PER_MM;
    double[] spacingMm = {planesMm, grid.rowSpacingMm(), grid.columnSpacingMm()};
    return new double[] {spacingMm[source[0]], spacingMm[source[1]], spacingMm[source[2]]};
  }

  /** A copy of an image in the axes of the model. */
  float[] forward(float[] values, VoxelGrid grid) {
    Extent extent = extent(grid);
    float[] out = new float[values.length];
    Walk walk = new Walk(grid);
    int to = 0;
    for (int a = 0; a < extent.n0(); a++) {
      for (int b = 0; b < extent.n1(); b++) {
        int at = walk.start + a * walk.step[0] + b * walk.step[1];
        for (int c = 0; c < extent.n2(); c++) {
          out[to++] = values[at + c * walk.step[2]];
        }
      }
    }
    return out;
  }

  /** A copy of labels in the axes of the model, in those of the image. */
  short[] backward(short[] labels, VoxelGrid grid) {
    Extent extent = extent(grid);
    short[] out = new short[labels.length];
    Walk walk = new Walk(grid);
    int from = 0;
    for (int a = 0; a < extent.n0(); a++) {
      for (int b = 0; b < extent.n1(); b++) {
        int at = walk.start + a * walk.step[0] + b * walk.step[1];
        for (int c = 0; c < extent.n2(); c++) {
          out[at + c * walk.step[2]] = labels[from++];
        }
      }
    }
    return out;
  }

  /** Places in an array of the image, walked along the axes of the model. */
  private final class Walk {
    private final int[] step = new int[3];
    private final int start;

    Walk(VoxelGrid grid) {
      Extent image = new Extent(grid.planes(), grid.rows(), grid.columns());
      int first = 0;
      for (int axis = 0; axis < 3; axis++) {
        int stride = image.stride(source[axis]);
        step[axis] = turned[axis] ? -stride : stride;
        first += turned[axis] ? (image.count(source[axis]) - 1) * stride : 0;
      }
      start = first;
    }
  }
}
