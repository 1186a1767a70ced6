package org.rtpipeline.radiomics;

import java.util.List;

/**
 * Counts zones of connected voxels of equal level (IBSI 1, 9SAK; Thibault 2014). Rows are ranks,
 * columns zone sizes in voxels. Union of each voxel with its neighbours of the same level.
 */
final class SizeZoneMatrix {

  private SizeZoneMatrix() {}

  /**
   * Counts of the whole ROI.
   *
   * @param neighbours one step of each opposite pair; 13 make zones of 26 neighbours
   */
  static Cells count(RoiLevels roi, List<Direction> neighbours) {
    int[] parent = zones(roi, neighbours);
    int[] size = new int[parent.length];
    for (int at : roi.where()) {
      size[root(parent, at)]++;
    }
    CellTable table = new CellTable();
    int[] rank = roi.rank();
    for (int at : roi.where()) {
      if (size[at] > 0) {
        table.add(rank[at], size[at], 1);
      }
    }
    return table.cells();
  }

  /**
   * For each padded position of the ROI, a position of the same zone; roots point at themselves.
   */
  static int[] zones(RoiLevels roi, List<Direction> neighbours) {
    int[] rank = roi.rank();
    int[] parent = new int[rank.length];
    int[] offsets = neighbours.stream().mapToInt(roi::offset).toArray();
    for (int at : roi.where()) {
      int here = rank[at];
      int mine = at;
      parent[at] = at;
      for (int offset : offsets) {
        if (rank[at - offset] == here) {
          int other = root(parent, at - offset);
          if (other < mine) {
            parent[mine] = other;
            mine = other;
          } else if (other > mine) {
            parent[other] = mine;
          }
        }
      }
    }
    return parent;
  }

  /** Root of a position; halves the path on the way. */
  static int root(int[] parent, int position) {
    int at = position;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
