package org.rtpipeline.segmentation;

import java.util.List;
import org.rtpipeline.geometry.VoxelGrid;

/** The rectangle around the part of a mask that lies in one plane. */
final class PlaneCut {

  private final byte[] mask;
  private final int firstColumn;
  private final int firstRow;
  private final int columns;
  private final int rows;

  private PlaneCut(byte[] mask, int firstColumn, int firstRow, int columns, int rows) {
    this.mask = mask;
    this.firstColumn = firstColumn;
    this.firstRow = firstRow;
    this.columns = columns;
    this.rows = rows;
  }

  /** Cuts a plane; without a voxel in it the rectangle is empty. */
  static PlaneCut of(byte[] mask, VoxelGrid grid, int plane) {
    int lowI = grid.columns();
    int highI = -1;
    int lowJ = grid.rows();
    int highJ = -1;
    int at = grid.index(0, 0, plane);
    for (int j = 0; j < grid.rows(); j++) {
      for (int i = 0; i < grid.columns(); i++, at++) {
        if (mask[at] != 0) {
          lowI = Math.min(lowI, i);
          highI = Math.max(highI, i);
          lowJ = Math.min(lowJ, j);
          highJ = j;
        }
      }
    }
    if (highJ < 0) {
      return new PlaneCut(new byte[0], 0, 0, 0, 0);
    }
    int columns = highI - lowI + 1;
    int rows = highJ - lowJ + 1;
    byte[] part = new byte[columns * rows];
    for (int j = 0; j < rows; j++) {
      System.arraycopy(mask, grid.index(lowI, lowJ + j, plane), part, j * columns, columns);
    }
    return new PlaneCut(part, lowI, lowJ, columns, rows);
  }

  /** Outlines of the part, as x, y of every point in turn, in pixels of the whole plane. */
  List<double[]> loops(ContourOptions options) {
    if (mask.length == 0) {
      return List.of();
    }
    List<double[]> loops =
        options.outline() == ContourOptions.Outline.EDGE
            ? EdgeOutlines.of(mask, columns, rows, options.holes())
            : HalfwayOutlines.of(mask, columns, rows, options.holes());
    for (double[] loop : loops) {
      for (int p = 0; p < loop.length; p += 2) {
        loop[p] += firstColumn;
        loop[p + 1] += firstRow;
      }
    }
    return loops;
  }
}
