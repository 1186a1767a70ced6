package org.rtpipeline.segmentation;

import java.util.Arrays;
import java.util.Optional;
import org.rtpipeline.geometry.VoxelGrid;

/**
 * A part of a box of voxels, and the way in and out of it.
 *
 * @param whole the box
 * @param firstColumn first column of the part
 * @param firstRow first row of the part
 * @param firstPlane first plane of the part
 * @param part columns, rows and planes of the part
 */
record VoxelBox(Lattice whole, int firstColumn, int firstRow, int firstPlane, Lattice part) {

  /** The smallest part that holds all set voxels and a margin around them; empty for no voxel. */
  static Optional<VoxelBox> around(byte[] mask, Lattice lattice, double marginMm) {
    int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    int[] high = {-1, -1, -1};
    int at = 0;
    for (int k = 0; k < lattice.planes(); k++) {
      for (int j = 0; j < lattice.rows(); j++) {
        for (int i = 0; i < lattice.columns(); i++, at++) {
          if (mask[at] != 0) {
            low[0] = Math.min(low[0], i);
            high[0] = Math.max(high[0], i);
            low[1] = Math.min(low[1], j);
            high[1] = Math.max(high[1], j);
            low[2] = Math.min(low[2], k);
            high[2] = k;
          }
        }
      }
    }
    if (high[2] < 0) {
      return Optional.empty();
    }
    int[] margin = {
      (int) Math.ceil(marginMm / lattice.columnMm()) + 1,
      (int) Math.ceil(marginMm / lattice.rowMm()) + 1,
      (int) Math.ceil(marginMm / lattice.planeMm()) + 1
    };
    int[] size = {lattice.columns(), lattice.rows(), lattice.planes()};
    for (int axis = 0; axis < 3; axis++) {
      low[axis] = Math.max(0, low[axis] - margin[axis]);
      high[axis] = Math.min(size[axis] - 1, high[axis] + margin[axis]);
    }
    Lattice part =
        new Lattice(
            Arrays.copyOfRange(lattice.xMm(), low[0], high[0] + 1),
            Arrays.copyOfRange(lattice.yMm(), low[1], high[1] + 1),
            Arrays.copyOfRange(lattice.zMm(), low[2], high[2] + 1));
    return Optional.of(new VoxelBox(lattice, low[0], low[1], low[2], part));
  }

  /** The part of a mask of the whole. */
  byte[] cut(byte[] values) {
    byte[] out = new byte[part.voxels()];
    rows((from, to) -> System.arraycopy(values, from, out, to, part.columns()));
    return out;
  }

  /** The part of an image of the whole. */
  float[] cut(float[] values) {
    float[] out = new float[part.voxels()];
    rows((from, to) -> System.arraycopy(values, from, out, to, part.columns()));
    return out;
  }

  /** A grid of the part, where that of the whole is given. */
  VoxelGrid grid(VoxelGrid ofWhole) {
    double[] offsetsMm = new double[part.planes()];
    for (int k = 0; k < offsetsMm.length; k++) {
      offsetsMm[k] = ofWhole.planeOffsetMm(firstPlane + k);
    }
    return new VoxelGrid(
        part.columns(),
        part.rows(),
        ofWhole.toPatientMm(firstColumn, firstRow, 0),
        ofWhole.rowDirection(),
        ofWhole.columnDirection(),
        ofWhole.columnSpacingMm(),
        ofWhole.rowSpacingMm(),
        offsetsMm);
  }

  /** Labels of the whole that are the given ones in the part, and 0 elsewhere. */
  short[] paste(short[] values) {
    short[] out = new short[whole.voxels()];
    rows((to, from) -> System.arraycopy(values, from, out, to, part.columns()));
    return out;
  }

  /** A mask of the whole that is the given one in the part, and 0 elsewhere. */
  byte[] paste(byte[] values) {
    byte[] out = new byte[whole.voxels()];
    rows((to, from) -> System.arraycopy(values, from, out, to, part.columns()));
    return out;
  }

  private interface RowUse {
    void row(int inWhole, int inPart);
  }

  private void rows(RowUse use) {
    int inPart = 0;
    for (int k = 0; k < part.planes(); k++) {
      for (int j = 0; j < part.rows(); j++) {
        int line = (firstPlane + k) * whole.rows() + firstRow + j;
        use.row(line * whole.columns() + firstColumn, inPart);
        inPart += part.columns();
      }
    }
  }
}
