package org.rtpipeline.radiomics;

import java.util.Arrays;

/**
 * Grey levels of the voxels of a ROI, padded by level 0 so that neighbours may be read without
 * bound checks.
 *
 * <p>A level counts from 1. A rank numbers the levels that occur, from 1 as well: matrices are
 * indexed by rank and stay small when most levels are empty.
 */
final class RoiLevels {

  private final int nx;
  private final int ny;
  private final int nz;
  private final int pad;
  private final int strideY;
  private final int strideZ;
  private final int[] level;
  private final int[] rank;
  private final int[] where;
  private final int[] spans;
  private final int[] levelOfRank;

  /**
   * Places the levels on the grid of the box.
   *
   * @param box size of the box of the ROI
   * @param mask of the box, not 0 inside the ROI
   * @param levels level of each ROI voxel, from 1, in the order of the mask
   * @param pad empty voxels round the box, at least 1
   */
  RoiLevels(IndexBox box, byte[] mask, int[] levels, int pad) {
    this.nx = box.nx();
    this.ny = box.ny();
    this.nz = box.nz();
    this.pad = pad;
    strideY = nx + 2 * pad;
    strideZ = strideY * (ny + 2 * pad);
    level = new int[strideZ * (nz + 2 * pad)];
    where = new int[levels.length];
    int[] ends = new int[2 * ny * nz];
    int rows = 0;
    int n = 0;
    int index = 0;
    int highest = 0;
    for (int z = 0; z < nz; z++) {
      for (int y = 0; y < ny; y++) {
        int at = (z + pad) * strideZ + (y + pad) * strideY + pad;
        int before = n;
        for (int x = 0; x < nx; x++, at++) {
          if (mask[index++] != 0) {
            level[at] = levels[n];
            highest = Math.max(highest, levels[n]);
            where[n++] = at;
          }
        }
        if (n > before) {
          ends[rows++] = where[before];
          ends[rows++] = where[n - 1] + 1;
        }
      }
    }
    spans = Arrays.copyOf(ends, rows);
    int[] rankOfLevel = new int[highest + 1];
    for (int l : levels) {
      rankOfLevel[l] = 1;
    }
    int ranks = 0;
    for (int l = 1; l <= highest; l++) {
      if (rankOfLevel[l] != 0) {
        rankOfLevel[l] = ++ranks;
      }
    }
    levelOfRank = new int[ranks + 1];
    for (int l = 1; l <= highest; l++) {
      if (rankOfLevel[l] != 0) {
        levelOfRank[rankOfLevel[l]] = l;
      }
    }
    if (ranks == highest) {
      rank = level;
    } else {
      rank = new int[level.length];
      for (int at : where) {
        rank[at] = rankOfLevel[level[at]];
      }
    }
  }

  /** Levels by padded position, 0 outside the ROI; the array itself. */
  int[] level() {
    return level;
  }

  /** Ranks by padded position, 0 outside the ROI; the array itself. */
  int[] rank() {
    return rank;
  }

  /** Padded positions of the ROI voxels, ascending; the array itself. */
  int[] where() {
    return where;
  }

  /**
   * Rows that hold a voxel of the ROI, ascending, two entries each: the padded position of its
   * first voxel of the ROI, and one more than that of its last; the array itself.
   */
  int[] spans() {
    return spans;
  }

  /** Most positions between the ends of a span. */
  int longestSpan() {
    return nx;
  }

  /** Level of each rank; entry 0 is 0. The array itself. */
  int[] levelOfRank() {
    return levelOfRank;
  }

  /** Number of levels that occur. */
  int ranks() {
    return levelOfRank.length - 1;
  }

  /** Highest level. */
  int highest() {
    return levelOfRank[ranks()];
  }

  /** Voxels of the ROI. */
  int voxels() {
    return where.length;
  }

  /** Longest side of the box, voxels. */
  int longestSide() {
    return Math.max(nx, Math.max(ny, nz));
  }

  /** Difference of padded positions for a step. */
  int offset(Direction step) {
    return step.dx() + step.dy() * strideY + step.dz() * strideZ;
  }

  /** True when a step from a padded position stays inside the box. */
  boolean staysInside(int at, Direction step) {
    int z = at / strideZ - pad + step.dz();
    int y = at % strideZ / strideY - pad + step.dy();
    int x = at % strideY - pad + step.dx();
    return x >= 0 && x < nx && y >= 0 && y < ny && z >= 0 && z < nz;
  }
}
