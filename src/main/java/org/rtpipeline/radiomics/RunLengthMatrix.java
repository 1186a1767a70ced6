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
  private final int[] here;
  private final int[] before;
  private final int[] run;
  private final int[] runBefore;

  RunLengthMatrix(RoiLevels roi) {
    this.roi = roi;
    columns = roi.longestSide() + 1;
    long cells = (long) columns * (roi.ranks() + 1);
    dense = new int[cells <= CooccurrenceMatrix.DENSE_CELLS ? (int) cells : 0];
    length = new int[roi.rank().length];
    here = new int[roi.longestSpan()];
    before = new int[roi.longestSpan()];
    run = new int[roi.longestSpan()];
    runBefore = new int[roi.longestSpan()];
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

  /**
   * Counts every voxel under the length its run has so far; runs of a length are then what that
   * length has more than the next.
   */
  private Cells countDense(int offset) {
    Arrays.fill(dense, 0);
    int[] spans = roi.spans();
    for (int s = 0; s < spans.length; s += 2) {
      int n = spans[s + 1] - spans[s];
      System.arraycopy(roi.rank(), spans[s], here, 0, n);
      if (offset == 1) {
        runsAlongRow(here, run, n);
      } else {
        System.arraycopy(roi.rank(), spans[s] - offset, before, 0, n);
        System.arraycopy(length, spans[s] - offset, runBefore, 0, n);
        runsAcross(here, before, runBefore, run, n);
        System.arraycopy(run, 0, length, spans[s], n);
      }
      for (int i = 0; i < n; i++) {
        dense[here[i] * columns + run[i]]++;
      }
    }
    Cells out = new Cells(1024);
    for (int i = 1; i <= roi.ranks(); i++) {
      int row = i * columns;
      for (int j = 1; j < columns; j++) {
        int count = dense[row + j] - (j + 1 < columns ? dense[row + j + 1] : 0);
        if (count > 0) {
          out.add(i, j, count);
        }
      }
    }
    return out;
  }

  private static void runsAlongRow(int[] here, int[] run, int n) {
    run[0] = 1;
    for (int i = 1; i < n; i++) {
      run[i] = here[i] == here[i - 1] ? run[i - 1] + 1 : 1;
    }
  }

  /** One more than the run before where ranks are equal, else 1; without branches. */
  private static void runsAcross(int[] here, int[] before, int[] runBefore, int[] run, int n) {
    for (int i = 0; i < n; i++) {
      int differs = here[i] ^ before[i];
      int mask = (differs | -differs) >> 31;
      run[i] = (runBefore[i] & ~mask) + 1;
    }
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
