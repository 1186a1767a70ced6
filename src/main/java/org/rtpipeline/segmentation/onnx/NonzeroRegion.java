package org.rtpipeline.segmentation.onnx;

import java.util.Arrays;
import java.util.Optional;

/** Where an image is not exactly 0: what nnU-Net cuts images to. */
final class NonzeroRegion {

  private NonzeroRegion() {}

  /** The smallest box round all values that are not 0; empty when there are none. */
  static Optional<Box> box(float[] values, Extent extent) {
    int[] least = extent.counts();
    int[] most = {-1, -1, -1};
    int at = 0;
    for (int a = 0; a < extent.n0(); a++) {
      for (int b = 0; b < extent.n1(); b++) {
        for (int c = 0; c < extent.n2(); c++) {
          if (values[at++] != 0) {
            widen(least, most, 0, a);
            widen(least, most, 1, b);
            widen(least, most, 2, c);
          }
        }
      }
    }
    if (most[0] < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Box(
            least[0],
            least[1],
            least[2],
            new Extent(most[0] - least[0] + 1, most[1] - least[1] + 1, most[2] - least[2] + 1)));
  }

  private static void widen(int[] least, int[] most, int axis, int index) {
    least[axis] = Math.min(least[axis], index);
    most[axis] = Math.max(most[axis], index);
  }

  /**
   * True where a value is not 0 or a hole: no path over faces of voxels leads from there out of the
   * image through zeros.
   */
  static boolean[] filled(float[] values, Extent extent) {
    boolean[] inside = new boolean[values.length];
    Arrays.fill(inside, true);
    int[] stack = new int[1024];
    int depth = 0;
    int[] counts = extent.counts();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 0 && isOnBorder(i, extent) && inside[i]) {
        inside[i] = false;
        stack = pushed(stack, depth++, i);
        while (depth > 0) {
          int at = stack[--depth];
          for (int axis = 0; axis < 3; axis++) {
            int stride = extent.stride(axis);
            int index = at / stride % counts[axis];
            for (int step = -1; step <= 1; step += 2) {
              int neighbour = at + step * stride;
              if (index + step >= 0
                  && index + step < counts[axis]
                  && inside[neighbour]
                  && values[neighbour] == 0) {
                inside[neighbour] = false;
                stack = pushed(stack, depth++, neighbour);
              }
            }
          }
        }
      }
    }
    return inside;
  }

  private static int[] pushed(int[] stack, int depth, int value) {
    int[] room = depth < stack.length ? stack : Arrays.copyOf(stack, 2 * depth);
    room[depth] = value;
    return room;
  }

  private static boolean isOnBorder(int at, Extent extent) {
    for (int axis = 0; axis < 3; axis++) {
      int index = at / extent.stride(axis) % extent.count(axis);
      if (index == 0 || index == extent.count(axis) - 1) {
        return true;
      }
    }
    return false;
  }
}
