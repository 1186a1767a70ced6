package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;

/**
 * Local and global intensity peak (IBSI 1, VJGA and 0F91): means over a sphere of 1 cm3, voxels
 * outside the region included, round the voxel of greatest intensity (of several, the one with the
 * greatest mean) and round every voxel of the region.
 */
final class LocalIntensity {

  /** Radius of a sphere of 1 cm3, mm. */
  static final double RADIUS_MM = 10 * Math.cbrt(3 / (4 * Math.PI));

  private final GridSize size;
  private final double[] prefix;
  private final int[][] rows;

  private LocalIntensity(Raster image) {
    size = image.size();
    prefix = new double[(size.nx() + 1) * size.ny() * size.nz()];
    for (int row = 0; row < size.ny() * size.nz(); row++) {
      int to = row * (size.nx() + 1);
      for (int x = 0; x < size.nx(); x++) {
        prefix[to + x + 1] = prefix[to + x] + image.at(row * size.nx() + x);
      }
    }
    rows = rows(size);
  }

  /** Rows of the sphere: dy, dz and how far it reaches along x. */
  private static int[][] rows(GridSize size) {
    int reachY = (int) Math.floor(RADIUS_MM / size.dyMm());
    int reachZ = (int) Math.floor(RADIUS_MM / size.dzMm());
    List<int[]> out = new ArrayList<>();
    for (int dz = -reachZ; dz <= reachZ; dz++) {
      for (int dy = -reachY; dy <= reachY; dy++) {
        double yMm = dy * size.dyMm();
        double zMm = dz * size.dzMm();
        double left = RADIUS_MM * RADIUS_MM - yMm * yMm - zMm * zMm;
        if (left >= 0) {
          out.add(new int[] {dy, dz, (int) Math.floor(Math.sqrt(left) / size.dxMm())});
        }
      }
    }
    return out.toArray(new int[0][]);
  }

  /**
   * Local peak, then global peak.
   *
   * @param image reaches a radius beyond the mask, or ends where the whole image ends
   * @param mask on the grid of the image, at least one voxel not 0
   */
  static double[] of(Raster image, byte[] mask) {
    LocalIntensity sums = new LocalIntensity(image);
    double greatest = Double.NEGATIVE_INFINITY;
    double local = Double.NEGATIVE_INFINITY;
    double global = Double.NEGATIVE_INFINITY;
    GridSize size = image.size();
    int at = 0;
    for (int z = 0; z < size.nz(); z++) {
      for (int y = 0; y < size.ny(); y++) {
        for (int x = 0; x < size.nx(); x++, at++) {
          if (mask[at] == 0) {
            continue;
          }
          double mean = sums.mean(x, y, z);
          double value = image.at(at);
          global = Math.max(global, mean);
          if (value > greatest) {
            greatest = value;
            local = mean;
          } else if (value == greatest) {
            local = Math.max(local, mean);
          }
        }
      }
    }
    return new double[] {local, global};
  }

  private double mean(int x, int y, int z) {
    double sum = 0;
    int n = 0;
    for (int[] row : rows) {
      int ry = y + row[0];
      int rz = z + row[1];
      if (ry < 0 || ry >= size.ny() || rz < 0 || rz >= size.nz()) {
        continue;
      }
      int from = Math.max(0, x - row[2]);
      int to = Math.min(size.nx(), x + row[2] + 1);
      int at = (rz * size.ny() + ry) * (size.nx() + 1);
      sum += prefix[at + to] - prefix[at + from];
      n += to - from;
    }
    return sum / n;
  }
}
