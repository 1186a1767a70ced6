package org.rtpipeline.segmentation;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;

/**
 * Size and density of one structure.
 *
 * @param voxels number of its voxels
 * @param volumeCm3 their volume, cm³; planes that lie unevenly count with their own thickness
 * @param meanHu mean of the image over them, HU for CT; null without voxel
 * @param touchesBorder whether one of them lies at the border of the image, in or across planes
 */
public record StructureMeasure(
    long voxels, double volumeCm3, @Nullable Double meanHu, boolean touchesBorder)
    implements Serializable {

  private static final double MM3_PER_CM3 = 1000;

  /**
   * Measures a structure.
   *
   * @param imageValues on the grid of the labels
   */
  public static StructureMeasure of(
      LabelMap labels, LabelledStructure structure, float[] imageValues) {
    VoxelGrid grid = labels.grid();
    if (imageValues.length != grid.voxels()) {
      throw new IllegalArgumentException(
          "grid has " + grid.voxels() + " voxels, image " + imageValues.length);
    }
    byte[] mask = labels.mask(structure);
    long voxels = 0;
    double volumeMm3 = 0;
    double sum = 0;
    boolean border = false;
    int at = 0;
    for (int k = 0; k < grid.planes(); k++) {
      long inPlane = 0;
      for (int j = 0; j < grid.rows(); j++) {
        for (int i = 0; i < grid.columns(); i++, at++) {
          if (mask[at] != 0) {
            inPlane++;
            sum += imageValues[at];
            border |= i == 0 || i == grid.columns() - 1 || j == 0 || j == grid.rows() - 1;
          }
        }
      }
      voxels += inPlane;
      volumeMm3 += inPlane * grid.columnSpacingMm() * grid.rowSpacingMm() * thicknessMm(grid, k);
      border |= inPlane > 0 && (k == 0 || k == grid.planes() - 1);
    }
    Double meanHu = voxels == 0 ? null : sum / voxels;
    return new StructureMeasure(voxels, volumeMm3 / MM3_PER_CM3, meanHu, border);
  }

  /** Half the way to the plane below and half the way to the plane above, mm; 1 for one plane. */
  private static double thicknessMm(VoxelGrid grid, int k) {
    if (grid.planes() == 1) {
      return 1;
    }
    double belowMm = grid.planeOffsetMm(Math.max(1, k)) - grid.planeOffsetMm(Math.max(1, k) - 1);
    int above = Math.min(grid.planes() - 2, k);
    double aboveMm = grid.planeOffsetMm(above + 1) - grid.planeOffsetMm(above);
    return (belowMm + aboveMm) / 2;
  }
}
