package org.rtpipeline.structures;

import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;

/** Grids whose pixels divide those of an image: same planes, same borders, finer in the plane. */
public final class FineGrid {

  private FineGrid() {}

  /** The grid of an image, each pixel divided until none is larger than asked, mm. */
  public static VoxelGrid of(VoxelGrid image, double largestPixelMm) {
    double largest = Math.max(image.columnSpacingMm(), image.rowSpacingMm());
    int parts = Math.max(1, (int) Math.ceil(largest / largestPixelMm - 1e-6));
    double columnMm = image.columnSpacingMm() / parts;
    double rowMm = image.rowSpacingMm() / parts;
    Point origin =
        image
            .originMm()
            .plus(image.rowDirection().times((columnMm - image.columnSpacingMm()) / 2))
            .plus(image.columnDirection().times((rowMm - image.rowSpacingMm()) / 2));
    return new VoxelGrid(
        parts * image.columns(),
        parts * image.rows(),
        origin,
        image.rowDirection(),
        image.columnDirection(),
        columnMm,
        rowMm,
        offsets(image, 0, image.planes()));
  }

  /** The part of a grid that the box of a mask fills. */
  public static VoxelGrid box(VoxelGrid grid, VoxelMask mask) {
    return new VoxelGrid(
        mask.count(0),
        mask.count(1),
        grid.toPatientMm(mask.first(0), mask.first(1), 0),
        grid.rowDirection(),
        grid.columnDirection(),
        grid.columnSpacingMm(),
        grid.rowSpacingMm(),
        offsets(grid, mask.first(2), mask.count(2)));
  }

  /** Volume of one voxel of a plane, mm³; half the way to each neighbouring plane is its own. */
  static double voxelMm3(VoxelGrid grid, int plane) {
    int last = grid.planes() - 1;
    double thicknessMm =
        last == 0
            ? 1
            : (grid.planeOffsetMm(Math.min(plane + 1, last))
                    - grid.planeOffsetMm(Math.max(plane - 1, 0)))
                / (plane == 0 || plane == last ? 1 : 2);
    return grid.columnSpacingMm() * grid.rowSpacingMm() * thicknessMm;
  }

  private static double[] offsets(VoxelGrid grid, int first, int count) {
    double[] offsetsMm = new double[count];
    for (int k = 0; k < count; k++) {
      offsetsMm[k] = grid.planeOffsetMm(first + k);
    }
    return offsetsMm;
  }
}
