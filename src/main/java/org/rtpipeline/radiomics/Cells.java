package org.rtpipeline.radiomics;

import java.util.Arrays;

/** The occupied cells of a matrix of counts: row, column and count of each. */
final class Cells {

  private int[] row;
  private int[] column;
  private double[] count;
  private int size;

  Cells(int capacity) {
    row = new int[Math.max(1, capacity)];
    column = new int[row.length];
    count = new double[row.length];
  }

  void add(int rowOf, int columnOf, double countOf) {
    if (size == row.length) {
      row = Arrays.copyOf(row, 2 * size);
      column = Arrays.copyOf(column, 2 * size);
      count = Arrays.copyOf(count, 2 * size);
    }
    row[size] = rowOf;
    column[size] = columnOf;
    count[size++] = countOf;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int row(int cell) {
    return row[cell];
  }

  int column(int cell) {
    return column[cell];
  }

  double count(int cell) {
    return count[cell];
  }

  /** Sum of all counts. */
  double total() {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += count[i];
    }
    return total;
  }

  /** Adds every cell, times a weight, to a table. */
  void addTo(CellTable table, double weight) {
    for (int i = 0; i < size; i++) {
      table.add(row[i], column[i], weight * count[i]);
    }
  }
}
