package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rtpipeline.radiomics.RadiomicsOptions.Pairs;

/**
 * Counts how often two levels are neighbours in a direction (IBSI 1, LFYI; Haralick 1973). Rows and
 * columns are ranks.
 */
final class CooccurrenceMatrix {

  /** Most cells of a matrix that is held whole; above that only occupied cells are. */
  static final int DENSE_CELLS = 4_000_000;

  private final RoiLevels roi;
  private final Pairs pairs;
  private final int columns;
  private final int[] dense;

  CooccurrenceMatrix(RoiLevels roi, Pairs pairs) {
    this.roi = roi;
    this.pairs = pairs;
    columns = roi.ranks() + 1;
    long cells = (long) columns * columns;
    dense = new int[cells <= DENSE_CELLS ? (int) cells : 0];
  }

  /** One matrix per direction that has pairs. */
  List<Cells> perDirection(List<Direction> directions) {
    List<Cells> out = new ArrayList<>();
    for (Direction direction : directions) {
      Cells cells = count(direction);
      if (cells.size() > 0) {
        out.add(cells);
      }
    }
    return out;
  }

  /** One matrix of all directions, each weighted by exp(-d²), d in mm. */
  Cells merged(List<Direction> directions, WeightingNorm norm, GridSize size) {
    CellTable sum = new CellTable();
    for (Direction direction : directions) {
      count(direction).addTo(sum, weight(direction, norm, size));
    }
    return sum.cells();
  }

  private static double weight(Direction direction, WeightingNorm norm, GridSize size) {
    if (norm == WeightingNorm.NO_WEIGHTING) {
      return 1;
    }
    double lengthMm = direction.lengthMm(norm, size);
    return Math.exp(-lengthMm * lengthMm);
  }

  /** Counts of one direction. */
  Cells count(Direction direction) {
    return dense.length > 0 ? countDense(direction) : countSparse(direction);
  }

  private Cells countDense(Direction direction) {
    Arrays.fill(dense, 0);
    int offset = roi.offset(direction);
    int[] rank = roi.rank();
    for (int at : roi.where()) {
      dense[rank[at] * columns + rank[at + offset]]++;
    }
    Cells out = new Cells(1024);
    for (int i = 1; i < columns; i++) {
      if (pairs == Pairs.ONE_ORDER) {
        for (int j = 1; j < columns; j++) {
          addOccupied(out, i, j, dense[i * columns + j]);
        }
      } else {
        addOccupied(out, i, i, 2 * dense[i * columns + i]);
        for (int j = i + 1; j < columns; j++) {
          int both = dense[i * columns + j] + dense[j * columns + i];
          if (both > 0) {
            out.add(i, j, both);
            out.add(j, i, both);
          }
        }
      }
    }
    return out;
  }

  private static void addOccupied(Cells out, int i, int j, int count) {
    if (count > 0) {
      out.add(i, j, count);
    }
  }

  private Cells countSparse(Direction direction) {
    CellTable table = new CellTable();
    int offset = roi.offset(direction);
    int[] rank = roi.rank();
    for (int at : roi.where()) {
      int other = rank[at + offset];
      if (other != 0) {
        table.add(rank[at], other, 1);
        if (pairs == Pairs.BOTH_ORDERS) {
          table.add(other, rank[at], 1);
        }
      }
    }
    return table.cells();
  }
}
