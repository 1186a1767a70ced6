package org.rtpipeline.radiomics;

import java.util.Arrays;
import java.util.List;

/**
 * Counts zones of connected voxels of equal level by their distance from the border (IBSI 1, VMDZ;
 * Thibault 2014). Rows are ranks, columns the least distance of a voxel of the zone.
 */
final class DistanceZoneMatrix {

  private DistanceZoneMatrix() {}

  /**
   * Counts of the whole ROI.
   *
   * @param neighbours one step of each opposite pair
   * @param distance from the border of each voxel of the ROI, in its order
   */
  static Cells count(RoiLevels roi, List<Direction> neighbours, int[] distance) {
    int[] parent = SizeZoneMatrix.zones(roi, neighbours);
    int[] least = new int[parent.length];
    Arrays.fill(least, Integer.MAX_VALUE);
    int[] where = roi.where();
    for (int i = 0; i < where.length; i++) {
      int root = SizeZoneMatrix.root(parent, where[i]);
      least[root] = Math.min(least[root], distance[i]);
    }
    CellTable table = new CellTable();
    int[] rank = roi.rank();
    for (int at : where) {
      if (least[at] != Integer.MAX_VALUE) {
        table.add(rank[at], least[at], 1);
      }
    }
    return table.cells();
  }
}
