package org.rtpipeline.segmentation;

import java.util.Arrays;

/**
 * Exact Euclidean distances between voxel centres, axis by axis: along each line the squared
 * distances of the axes before are the heights of parabolas, and their lower envelope is the answer
 * (Felzenszwalb and Huttenlocher, Theory of Computing 8:415, 2012).
 *
 * <p>Voxels outside the box belong to no set: a mask that reaches the border has no surface there.
 */
final class EuclideanDistance {

  /** Lines that are worked on together, so that memory is read in order. */
  private static final int BLOCK = 16;

  private final float[] square;
  private final float limit;
  private final double[] heights;
  private final int[] sites;
  private final double[] starts;

  private EuclideanDistance(float[] square, float limit, int longest) {
    this.square = square;
    this.limit = limit;
    this.heights = new double[longest];
    this.sites = new int[longest];
    this.starts = new double[longest + 1];
  }

  /**
   * Squared distance of every voxel from the nearest one of a kind, mm².
   *
   * @param mask 0 or 1 per voxel
   * @param kind 1 for the distance from the mask, 0 for the depth inside it
   * @param limitMm distances over it may come out as infinite
   * @return infinite where no such voxel is near enough
   */
  static float[] squareMm2(byte[] mask, int kind, Lattice lattice, double limitMm) {
    if (mask.length != lattice.voxels()) {
      throw new IllegalArgumentException(
          "lattice has " + lattice.voxels() + " voxels, mask " + mask.length);
    }
    float[] square = new float[mask.length];
    float limit = (float) (limitMm * limitMm * (1 + 1e-6));
    alongX(mask, kind, lattice, limit, square);
    int longest = Math.max(lattice.rows(), lattice.planes());
    EuclideanDistance pass = new EuclideanDistance(square, limit, longest);
    for (int k = 0; k < lattice.planes(); k++) {
      pass.lines(k * lattice.planeVoxels(), lattice.columns(), lattice.columns(), lattice.yMm());
    }
    pass.lines(0, lattice.planeVoxels(), lattice.planeVoxels(), lattice.zMm());
    return square;
  }

  private static void alongX(byte[] mask, int kind, Lattice lattice, float limit, float[] square) {
    int columns = lattice.columns();
    double[] xMm = lattice.xMm();
    for (int line = 0; line < mask.length; line += columns) {
      double lastMm = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < columns; i++) {
        if (mask[line + i] == kind) {
          lastMm = xMm[i];
        }
        double awayMm = xMm[i] - lastMm;
        square[line + i] = (float) (awayMm * awayMm);
      }
      double nextMm = Double.POSITIVE_INFINITY;
      for (int i = columns - 1; i >= 0; i--) {
        if (mask[line + i] == kind) {
          nextMm = xMm[i];
        }
        double awayMm = nextMm - xMm[i];
        float nearer = Math.min(square[line + i], (float) (awayMm * awayMm));
        square[line + i] = nearer > limit ? Float.POSITIVE_INFINITY : nearer;
      }
    }
  }

  /** All lines along one axis that start side by side. */
  private void lines(int first, int lines, int stride, double[] atMm) {
    int n = atMm.length;
    float[] block = new float[BLOCK * n];
    for (int start = first; start < first + lines; start += BLOCK) {
      int width = Math.min(BLOCK, first + lines - start);
      for (int p = 0; p < n; p++) {
        int at = start + p * stride;
        for (int b = 0; b < width; b++) {
          block[b * n + p] = square[at + b];
        }
      }
      boolean changed = false;
      for (int b = 0; b < width; b++) {
        changed |= line(block, b * n, atMm);
      }
      if (changed) {
        for (int p = 0; p < n; p++) {
          int at = start + p * stride;
          for (int b = 0; b < width; b++) {
            square[at + b] = block[b * n + p];
          }
        }
      }
    }
  }

  /**
   * Replaces the heights of a line by their lower envelope; false when nothing can change. Nothing
   * beats height 0 at its own place, and a place between two of height 0 beats neither elsewhere.
   */
  private boolean line(float[] block, int from, double[] atMm) {
    int n = atMm.length;
    boolean allZero = true;
    int count = 0;
    for (int p = 0; p < n; p++) {
      float height = block[from + p];
      allZero &= height == 0;
      if (height != Float.POSITIVE_INFINITY && !isAmongZeros(block, from, p, n)) {
        count = envelope(p, height, atMm, count);
      }
    }
    if (allZero || count == 0) {
      return false;
    }
    int site = 0;
    for (int p = 0; p < n; p++) {
      if (block[from + p] == 0) {
        continue;
      }
      while (site + 1 < count && starts[site + 1] < atMm[p]) {
        site++;
      }
      double awayMm = atMm[p] - atMm[sites[site]];
      float value = (float) (heights[site] + awayMm * awayMm);
      block[from + p] = value > limit ? Float.POSITIVE_INFINITY : value;
    }
    return true;
  }

  private static boolean isAmongZeros(float[] block, int from, int p, int n) {
    return p > 0
        && p < n - 1
        && block[from + p] == 0
        && block[from + p - 1] == 0
        && block[from + p + 1] == 0;
  }

  /** Adds the parabola of one place to the envelope of those before it. */
  private int envelope(int place, double height, double[] atMm, int count) {
    int last = count - 1;
    double x = atMm[place];
    double start = Double.NEGATIVE_INFINITY;
    while (last >= 0) {
      double other = atMm[sites[last]];
      start = ((height + x * x) - (heights[last] + other * other)) / (2 * (x - other));
      if (start > starts[last]) {
        break;
      }
      last--;
    }
    last++;
    sites[last] = place;
    heights[last] = height;
    starts[last] = last == 0 ? Double.NEGATIVE_INFINITY : start;
    return last + 1;
  }

  /** Voxels whose centre is at most a radius from the centre of one of the mask. */
  static byte[] dilated(byte[] mask, Lattice lattice, double radiusMm) {
    float[] square = squareMm2(mask, 1, lattice, radiusMm);
    byte[] out = new byte[mask.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (square[i] != Float.POSITIVE_INFINITY ? 1 : 0);
    }
    return out;
  }

  /** Voxels of the mask whose centre is more than a radius from every centre outside it. */
  static byte[] eroded(byte[] mask, Lattice lattice, double radiusMm) {
    float[] square = squareMm2(mask, 0, lattice, radiusMm);
    byte[] out = new byte[mask.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (square[i] == Float.POSITIVE_INFINITY ? 1 : 0);
    }
    return out;
  }

  /** Dilated, then eroded: gaps narrower than twice the radius are closed. */
  static byte[] closed(byte[] mask, Lattice lattice, double radiusMm) {
    byte[] out = eroded(dilated(mask, lattice, radiusMm), lattice, radiusMm);
    for (int i = 0; i < out.length; i++) {
      out[i] |= mask[i];
    }
    return out;
  }

  /** A limit that no distance between two voxels of the box reaches, mm. */
  static double everywhere(Lattice lattice) {
    double[] spans = {span(lattice.xMm()), span(lattice.yMm()), span(lattice.zMm())};
    return 1 + Arrays.stream(spans).sum();
  }

  private static double span(double[] mm) {
    return mm[mm.length - 1] - mm[0];
  }
}
