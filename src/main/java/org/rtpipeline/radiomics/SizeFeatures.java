package org.rtpipeline.radiomics;

import java.util.List;

/**
 * Sixteen numbers of a matrix of levels by sizes: run lengths, zone sizes, distances or dependence
 * counts, which all share their formulas.
 *
 * @param smallEmphasis mean of 1/j²
 * @param largeEmphasis mean of j²
 * @param levelNonUniformity sum over levels of squared counts, by the total
 * @param levelNonUniformityNormalized the same by the squared total
 * @param sizeNonUniformity sum over sizes of squared counts, by the total
 * @param sizeNonUniformityNormalized the same by the squared total
 * @param percentage total by the voxels that the entries cover
 * @param levelVariance variance of the level
 * @param sizeVariance variance of the size
 * @param entropy of the joint distribution, bits
 * @param lowLevel mean of 1/i²
 * @param highLevel mean of i²
 * @param smallLow mean of 1/(i² j²)
 * @param smallHigh mean of i²/j²
 * @param largeLow mean of j²/i²
 * @param largeHigh mean of i² j²
 */
record SizeFeatures(
    double smallEmphasis,
    double largeEmphasis,
    double levelNonUniformity,
    double levelNonUniformityNormalized,
    double sizeNonUniformity,
    double sizeNonUniformityNormalized,
    double percentage,
    double levelVariance,
    double sizeVariance,
    double entropy,
    double lowLevel,
    double highLevel,
    double smallLow,
    double smallHigh,
    double largeLow,
    double largeHigh) {

  private static final int COUNT = 16;

  /** The numbers of a matrix with at least one entry; rows are ranks, columns sizes. */
  static SizeFeatures of(Cells cells, int[] levelOfRank) {
    double[] v = new double[COUNT];
    double total = cells.total();
    double covered = 0;
    double[] byLevel = new double[levelOfRank.length];
    CellTable bySize = new CellTable();
    Entropy logarithm = new Entropy(total);
    double meanLevel = 0;
    double meanSize = 0;
    for (int c = 0; c < cells.size(); c++) {
      double count = cells.count(c);
      double i = levelOfRank[cells.row(c)];
      double j = cells.column(c);
      double i2 = i * i;
      double j2 = j * j;
      byLevel[cells.row(c)] += count;
      bySize.add(0, cells.column(c), count);
      covered += count * j;
      meanLevel += count * i;
      meanSize += count * j;
      v[0] += count / j2;
      v[1] += count * j2;
      v[9] -= logarithm.ofCount(count);
      v[10] += count / i2;
      v[11] += count * i2;
      v[12] += count / (i2 * j2);
      v[13] += count * i2 / j2;
      v[14] += count * j2 / i2;
      v[15] += count * i2 * j2;
    }
    meanLevel /= total;
    meanSize /= total;
    for (int r = 1; r < byLevel.length; r++) {
      double off = levelOfRank[r] - meanLevel;
      v[2] += byLevel[r] * byLevel[r];
      v[7] += byLevel[r] / total * off * off;
    }
    Cells sizes = bySize.cells();
    for (int c = 0; c < sizes.size(); c++) {
      double off = sizes.column(c) - meanSize;
      v[4] += sizes.count(c) * sizes.count(c);
      v[8] += sizes.count(c) / total * off * off;
    }
    return new SizeFeatures(
        v[0] / total,
        v[1] / total,
        v[2] / total,
        v[2] / (total * total),
        v[4] / total,
        v[4] / (total * total),
        total / covered,
        v[7],
        v[8],
        v[9],
        v[10] / total,
        v[11] / total,
        v[12] / total,
        v[13] / total,
        v[14] / total,
        v[15] / total);
  }

  /** Mean of each number over matrices; NaN without a matrix. */
  static SizeFeatures mean(List<Cells> matrices, int[] levelOfRank) {
    double[] sum = new double[COUNT];
    for (Cells cells : matrices) {
      double[] values = of(cells, levelOfRank).values();
      for (int i = 0; i < COUNT; i++) {
        sum[i] += values[i];
      }
    }
    for (int i = 0; i < COUNT; i++) {
      sum[i] /= matrices.size();
    }
    return new SizeFeatures(
        sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6], sum[7], sum[8], sum[9], sum[10],
        sum[11], sum[12], sum[13], sum[14], sum[15]);
  }

  private double[] values() {
    return new double[] {
      smallEmphasis,
      largeEmphasis,
      levelNonUniformity,
      levelNonUniformityNormalized,
      sizeNonUniformity,
      sizeNonUniformityNormalized,
      percentage,
      levelVariance,
      sizeVariance,
      entropy,
      lowLevel,
      highLevel,
      smallLow,
      smallHigh,
      largeLow,
      largeHigh
    };
  }
}
