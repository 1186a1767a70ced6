package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts runs of equal level along a direction (IBSI 1, TP0I; Galloway 1975). Rows are ranks,
 * columns run lengths in voxels.
 *
 * <p>Voxels are visited in memory order for every direction: the length of the run that ends at a
 * voxel follows from the voxel before it.
 */
final class RunLengthMatrix {

  private final RoiLevels roi;
  private final int columns;
  private final int[] dense;
  private final int[] length;

  RunLengthMatrix(RoiLevels roi) {
    this.roi = roi;
    columns = roi.longestSide() + 1;
    long cells = (long) columns * (roi.ranks() + 1);
    dense = new int[cells <= CooccurrenceMatrix.DENSE_CELLS ? (int) cells : 0];
    length = new int[roi.rank().length];
  }

  /**
   * One matrix per direction; a direction in which no line holds two voxels of the ROI is left out.
   */
  List<Cells> perDirection(List<Direction> directions) {
    List<Cells> out = new ArrayList<>();
    for (Direction direction : directions) {
      if (someLineHoldsTwo(direction)) {
        out.add(count(direction));
      }
    }
    return out;
  }

  /** One matrix of all directions, each weighted by the length of its step in mm. */
  Cells merged(List<Direction> directions, WeightingNorm norm, GridSize size) {
    CellTable sum = new CellTable();
    for (Direction direction : directions) {
      if (someLineHoldsTwo(direction)) {
        double weight = norm == WeightingNorm.NO_WEIGHTING ? 1 : direction.lengthMm(norm, size);
        count(direction).addTo(sum, weight);
      }
    }
    return sum.cells();
  }

  private boolean someLineHoldsTwo(Direction direction) {
    int[] rank = roi.rank();
    int offset = roi.offset(direction);
    for (int at : roi.where()) {
      if (rank[at + offset] != 0) {
        return true;
      }
    }
    for (int at : roi.where()) {
      int next = at;
      while (roi.staysInside(next, direction)) {
        next += offset;
        if (rank[next] != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Counts of one direction. */
  Cells count(Direction direction) {
    int offset = roi.offset(direction);
    return dense.length > 0 ? countDense(offset) : countSparse(offset);
  }

  private Cells countDense(int offset) {
    Arrays.fill(dense, 0);
    int[] rank = roi.rank();
    for (int at : roi.where()) {
      int here = rank[at];
      int run = rank[at - offset] == here ? length[at - offset] + 1 : 1;
      length[at] = run;
      if (rank[at + offset] != here) {
        dense[here * columns + run]++;
      }
    }
    Cells out = new Cells(1024);
    for (int i = 1; i <= roi.ranks(); i++) {
      for (int j = 1; j < columns; j++) {
        int count = dense[i * columns + j];
        if (count > 0) {
          out.add(i, j, count);
        }
      }
    }
    return out;
  }

  private Cells countSparse(int offset) {
    CellTable table = new CellTable();
    int[] rank = roi.rank();
    for (int at : roi.where()) {
      int here = rank[at];
      int run = rank[at - offset] == here ? length[at - offset] + 1 : 1;
      length[at] = run;
      if (rank[at + offset] != here) {
        table.add(here, run, 1);
      }
    }
    return table.cells();
  }
}
