package org.rtpipeline.segmentation;

import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;

/** Which voxels lie to the left of the middle of the patient, plane by plane. */
final class Sides {

  private final double columnStep;
  private final double rowStep;
  private final double[] middleMm;
  private final int columns;
  private final int rows;

  private Sides(double columnStep, double rowStep, double[] middleMm, int columns, int rows) {
    this.columnStep = columnStep;
    this.rowStep = rowStep;
    this.middleMm = middleMm;
    this.columns = columns;
    this.rows = rows;
  }

  /** The middle is the mean position of the body in each plane, or in all where it has none. */
  static Sides of(VoxelGrid grid, byte[] body) {
    Point left = new Point(1, 0, 0);
    double columnStep = grid.rowDirection().dot(left) * grid.columnSpacingMm();
    double rowStep = grid.columnDirection().dot(left) * grid.rowSpacingMm();
    double[] middleMm = new double[grid.planes()];
    double[] count = new double[grid.planes()];
    double sumOfAll = 0;
    double all = 0;
    int at = 0;
    for (int k = 0; k < grid.planes(); k++) {
      for (int j = 0; j < grid.rows(); j++) {
        for (int i = 0; i < grid.columns(); i++, at++) {
          if (body[at] != 0) {
            middleMm[k] += i * columnStep + j * rowStep;
            count[k]++;
          }
        }
      }
      sumOfAll += middleMm[k];
      all += count[k];
    }
    for (int k = 0; k < middleMm.length; k++) {
      middleMm[k] = count[k] > 0 ? middleMm[k] / count[k] : sumOfAll / Math.max(1, all);
    }
    return new Sides(columnStep, rowStep, middleMm, grid.columns(), grid.rows());
  }

  /** Distance of a voxel from the middle of its plane, mm, positive towards the patient's left. */
  double leftMm(int at) {
    int i = at % columns;
    int j = at / columns % rows;
    int k = at / columns / rows;
    return i * columnStep + j * rowStep - middleMm[k];
  }

  /** Distance of a place in a plane from the middle of the plane, mm, positive towards left. */
  double leftMm(double i, double j, int k) {
    return i * columnStep + j * rowStep - middleMm[k];
  }
}
