package org.rtpipeline.radiomics;

import java.util.List;

/** Five numbers of a neighbourhood grey tone difference matrix (Amadasun and King 1989). */
final class ToneDifferenceFeatures {

  /** Names, in the order of the values. */
  static final List<String> NAMES =
      List.of("Busyness", "Coarseness", "Complexity", "Contrast", "Strength");

  /** Coarseness of a ROI without differences. */
  static final double LARGEST_COARSENESS = 1e6;

  private ToneDifferenceFeatures() {}

  /**
   * The numbers.
   *
   * @param counted voxels of each rank that take part; entry 0 is not read
   * @param difference summed differences of each rank
   * @param levelOfRank level of each rank
   */
  static double[] of(double[] counted, double[] difference, int[] levelOfRank) {
    int ranks = levelOfRank.length - 1;
    double voxels = 0;
    double differences = 0;
    int occupied = 0;
    for (int r = 1; r <= ranks; r++) {
      voxels += counted[r];
      differences += difference[r];
      occupied += counted[r] > 0 ? 1 : 0;
    }
    double ps = 0;
    double spread = 0;
    double busy = 0;
    double complexity = 0;
    double strength = 0;
    for (int a = 1; a <= ranks; a++) {
      double pa = counted[a] / voxels;
      if (pa == 0) {
        continue;
      }
      ps += pa * difference[a];
      for (int b = 1; b <= ranks; b++) {
        double pb = counted[b] / voxels;
        if (pb == 0) {
          continue;
        }
        double apart = (double) levelOfRank[a] - levelOfRank[b];
        spread += pa * pb * apart * apart;
        busy += Math.abs(levelOfRank[a] * pa - levelOfRank[b] * pb);
        complexity += Math.abs(apart) * (pa * difference[a] + pb * difference[b]) / (pa + pb);
        strength += (pa + pb) * apart * apart;
      }
    }
    double pairs = (double) occupied * (occupied - 1);
    return new double[] {
      busy == 0 ? 0 : ps / busy,
      ps == 0 ? LARGEST_COARSENESS : 1 / ps,
      complexity / voxels,
      pairs == 0 ? 0 : spread * differences / voxels / pairs,
      differences == 0 ? 0 : strength / differences
    };
  }
}
