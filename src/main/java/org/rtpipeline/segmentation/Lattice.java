package org.rtpipeline.segmentation;

import org.rtpipeline.geometry.VoxelGrid;

/** Sizes and voxel positions of a box of voxels along its own axes, mm; x fastest, then y, z. */
final class Lattice {

  private final double[] xMm;
  private final double[] yMm;
  private final double[] zMm;

  /**
   * A box of voxels.
   *
   * @param xMm position of every column, strictly increasing; kept
   * @param yMm position of every row, strictly increasing; kept
   * @param zMm position of every plane, strictly increasing; kept
   */
  Lattice(double[] xMm, double[] yMm, double[] zMm) {
    this.xMm = xMm;
    this.yMm = yMm;
    this.zMm = zMm;
  }

  /** The voxels of a grid. */
  static Lattice of(VoxelGrid grid) {
    double[] xMm = new double[grid.columns()];
    double[] yMm = new double[grid.rows()];
    double[] zMm = new double[grid.planes()];
    for (int i = 0; i < xMm.length; i++) {
      xMm[i] = i * grid.columnSpacingMm();
    }
    for (int j = 0; j < yMm.length; j++) {
      yMm[j] = j * grid.rowSpacingMm();
    }
    for (int k = 0; k < zMm.length; k++) {
      zMm[k] = grid.planeOffsetMm(k);
    }
    return new Lattice(xMm, yMm, zMm);
  }

  int columns() {
    return xMm.length;
  }

  int rows() {
    return yMm.length;
  }

  int planes() {
    return zMm.length;
  }

  int voxels() {
    return xMm.length * yMm.length * zMm.length;
  }

  /** Voxels of one plane. */
  int planeVoxels() {
    return xMm.length * yMm.length;
  }

  /** Positions of the columns, mm; the array itself. */
  double[] xMm() {
    return xMm;
  }

  /** Positions of the rows, mm; the array itself. */
  double[] yMm() {
    return yMm;
  }

  /** Positions of the planes, mm; the array itself. */
  double[] zMm() {
    return zMm;
  }

  /** Distance between columns, mm; 1 for a single one. */
  double columnMm() {
    return spacingMm(xMm);
  }

  /** Distance between rows, mm; 1 for a single one. */
  double rowMm() {
    return spacingMm(yMm);
  }

  /** Mean distance between planes, mm; 1 for a single one. */
  double planeMm() {
    return spacingMm(zMm);
  }

  /** Volume of a voxel, cm³. */
  double voxelCm3() {
    return columnMm() * rowMm() * planeMm() / 1000;
  }

  private static double spacingMm(double[] mm) {
    return mm.length == 1 ? 1 : (mm[mm.length - 1] - mm[0]) / (mm.length - 1);
  }
}
