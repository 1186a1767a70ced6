package org.rtpipeline.radiomics;

import java.util.Arrays;

/**
 * Sums by pairs of whole numbers, holding only the pairs that occur: a sparse matrix under
 * construction. Open addressing; grows.
 */
final class CellTable {

  private static final int ROW_SHIFT = 32;
  private static final long COLUMN_MASK = 0xffffffffL;
  private static final long EMPTY = -1;

  private long[] keys;
  private double[] sums;
  private int used;

  CellTable() {
    keys = new long[256];
    sums = new double[256];
    Arrays.fill(keys, EMPTY);
  }

  /** Adds to the cell of a row and a column, both at least 0. */
  void add(int row, int column, double amount) {
    long key = ((long) row << ROW_SHIFT) | column;
    int slot = slotOf(key);
    if (keys[slot] == EMPTY) {
      if (2 * (used + 1) > keys.length) {
        grow();
        slot = slotOf(key);
      }
      keys[slot] = key;
      used++;
    }
    sums[slot] += amount;
  }

  private int slotOf(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    int mask = keys.length - 1;
    int slot = (int) (mixed >>> 40) & mask;
    while (keys[slot] != EMPTY && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    double[] oldSums = sums;
    keys = new long[2 * oldKeys.length];
    sums = new double[keys.length];
    Arrays.fill(keys, EMPTY);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY) {
        int slot = slotOf(oldKeys[i]);
        keys[slot] = oldKeys[i];
        sums[slot] = oldSums[i];
      }
    }
  }

  /** The cells that were added to, by row, then by column. */
  Cells cells() {
    long[] sorted = new long[used];
    int n = 0;
    for (long key : keys) {
      if (key != EMPTY) {
        sorted[n++] = key;
      }
    }
    Arrays.sort(sorted);
    Cells out = new Cells(used);
    for (long key : sorted) {
      out.add((int) (key >> ROW_SHIFT), (int) (key & COLUMN_MASK), sums[slotOf(key)]);
    }
    return out;
  }
}
