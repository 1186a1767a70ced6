package org.rtpipeline.radiomics;

import java.util.Arrays;
import java.util.List;

/** Numbers of texture matrices in the order of the features of the IBSI's families. */
final class TextureNumbers {

  /** Names of PyRadiomics whose values make the features of the family GLCM, in its order. */
  private static final List<String> COOCCURRENCE =
      List.of(
          "MaximumProbability",
          "JointAverage",
          "SumSquares",
          "JointEntropy",
          "DifferenceAverage",
          "DifferenceVariance",
          "DifferenceEntropy",
          "SumAverage",
          "ClusterTendency",
          "SumEntropy",
          "JointEnergy",
          "Contrast",
          "DifferenceAverage",
          "Id",
          "Idn",
          "Idm",
          "Idmn",
          "InverseVariance",
          "Correlation",
          "Autocorrelation",
          "ClusterTendency",
          "ClusterShade",
          "ClusterProminence",
          "Imc1",
          "Imc2");

  private static final int[] SOURCE =
      COOCCURRENCE.stream().mapToInt(CooccurrenceFeatures.NAMES::indexOf).toArray();

  private static final int SECOND_CORRELATION = COOCCURRENCE.indexOf("Imc2");

  private TextureNumbers() {}

  /**
   * Co-occurrence (LFYI). Cluster tendency and sum variance are the same number, as are difference
   * average and dissimilarity; a second information correlation that rounding takes below 0 is 0.
   *
   * @param highest number of grey levels
   */
  static double[] cooccurrence(Cells cells, RoiLevels roi, int highest) {
    double[] all = CooccurrenceFeatures.of(cells, roi, highest);
    double[] out = new double[SOURCE.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = all[SOURCE[i]];
    }
    if (Double.isNaN(out[SECOND_CORRELATION])) {
      out[SECOND_CORRELATION] = 0;
    }
    return out;
  }

  /**
   * Run lengths (TP0I), zone sizes (9SAK) and zone distances (VMDZ).
   *
   * @param voxels that the share of runs or zones is of
   */
  static double[] sizes(Cells cells, RoiLevels roi, double voxels) {
    SizeFeatures f = SizeFeatures.of(cells, roi.levelOfRank());
    return new double[] {
      f.smallEmphasis(),
      f.largeEmphasis(),
      f.lowLevel(),
      f.highLevel(),
      f.smallLow(),
      f.smallHigh(),
      f.largeLow(),
      f.largeHigh(),
      f.levelNonUniformity(),
      f.levelNonUniformityNormalized(),
      f.sizeNonUniformity(),
      f.sizeNonUniformityNormalized(),
      cells.total() / voxels,
      f.levelVariance(),
      f.sizeVariance(),
      f.entropy()
    };
  }

  /** Dependence counts (REK0): those of sizes, then the energy. */
  static double[] dependence(Cells cells, RoiLevels roi) {
    double[] sizes = sizes(cells, roi, roi.voxels());
    double[] out = Arrays.copyOf(sizes, sizes.length + 1);
    double total = cells.total();
    for (int c = 0; c < cells.size(); c++) {
      double p = cells.count(c) / total;
      out[sizes.length] += p * p;
    }
    return out;
  }

  /** Grey tone differences (IPET) of voxels with a neighbour; all NaN when there are none. */
  static double[] toneDifference(NeighbourhoodMatrices matrices, RoiLevels roi) {
    double[] counted = matrices.voxels().clone();
    double sum = 0;
    for (int r = 1; r < counted.length; r++) {
      counted[r] -= matrices.lonely()[r];
      sum += counted[r];
    }
    if (sum == 0) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    }
    double[] all = ToneDifferenceFeatures.of(counted, matrices.difference(), roi.levelOfRank());
    return new double[] {all[1], all[3], all[0], all[2], all[4]};
  }
}
