package org.rtpipeline.structures;

import java.util.Arrays;
import java.util.Optional;
import org.rtpipeline.geometry.VoxelMask;

/** The voxels of a box of a grid, each inside or outside: masks while they are worked on. */
final class MaskBox {

  private final int[] first;
  private final int[] counts;
  private final byte[] values;

  private MaskBox(int[] first, int[] counts, byte[] values) {
    this.first = first;
    this.counts = counts;
    this.values = values;
  }

  /** The box of a mask. */
  static MaskBox of(VoxelMask mask) {
    return new MaskBox(
        new int[] {mask.first(0), mask.first(1), mask.first(2)},
        new int[] {mask.count(0), mask.count(1), mask.count(2)},
        mask.inside());
  }

  /** A box with nothing inside. */
  static MaskBox empty(int x, int y, int z, int columns, int rows, int planes) {
    return new MaskBox(
        new int[] {x, y, z}, new int[] {columns, rows, planes}, new byte[columns * rows * planes]);
  }

  /** The smallest box with nothing inside that holds all masks. */
  static MaskBox round(Iterable<VoxelMask> masks) {
    int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    int[] high = new int[3];
    for (VoxelMask mask : masks) {
      for (int axis = 0; axis < 3; axis++) {
        low[axis] = Math.min(low[axis], mask.first(axis));
        high[axis] = Math.max(high[axis], mask.first(axis) + mask.count(axis));
      }
    }
    return empty(low[0], low[1], low[2], high[0] - low[0], high[1] - low[1], high[2] - low[2]);
  }

  int firstX() {
    return first[0];
  }

  int firstY() {
    return first[1];
  }

  int firstZ() {
    return first[2];
  }

  int columns() {
    return counts[0];
  }

  int rows() {
    return counts[1];
  }

  int planes() {
    return counts[2];
  }

  /** Whether a voxel of the box is inside; indices from the first voxel of the box. */
  boolean is(int i, int j, int k) {
    return values[i + counts[0] * (j + counts[1] * k)] != 0;
  }

  /** Puts a voxel of the box inside. */
  void set(int i, int j, int k) {
    values[i + counts[0] * (j + counts[1] * k)] = 1;
  }

  /** What of this box lies outside another one that it holds. */
  MaskBox complement(MaskBox inner) {
    byte[] outside = new byte[values.length];
    Arrays.fill(outside, (byte) 1);
    MaskBox all = new MaskBox(first, counts, outside);
    all.combine(inner, SetRule.SUBTRACT);
    return all;
  }

  /** Changes this box by the voxels of another one, within this box. */
  void combine(MaskBox other, SetRule rule) {
    for (int k = 0; k < counts[2]; k++) {
      for (int j = 0; j < counts[1]; j++) {
        int row = counts[0] * (j + counts[1] * k);
        for (int i = 0; i < counts[0]; i++) {
          boolean theirs = other.holds(i + first[0], j + first[1], k + first[2]);
          values[row + i] = (byte) (rule.of(values[row + i] != 0, theirs) ? 1 : 0);
        }
      }
    }
  }

  private boolean holds(int x, int y, int z) {
    int i = x - first[0];
    int j = y - first[1];
    int k = z - first[2];
    return i >= 0
        && i < counts[0]
        && j >= 0
        && j < counts[1]
        && k >= 0
        && k < counts[2]
        && is(i, j, k);
  }

  /** The voxels inside as a mask; empty when there are none. */
  Optional<VoxelMask> mask() {
    return VoxelMask.of(first, counts, values);
  }
}
