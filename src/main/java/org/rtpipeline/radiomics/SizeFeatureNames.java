package org.rtpipeline.radiomics;

import java.util.List;

/** What the numbers of a matrix of levels by sizes are called for runs, zones and dependence. */
final class SizeFeatureNames {

  /** Names of run length features, in the order of {@link #runs}. */
  static final List<String> RUNS =
      List.of(
          "GrayLevelNonUniformity",
          "GrayLevelNonUniformityNormalized",
          "GrayLevelVariance",
          "HighGrayLevelRunEmphasis",
          "LongRunEmphasis",
          "LongRunHighGrayLevelEmphasis",
          "LongRunLowGrayLevelEmphasis",
          "LowGrayLevelRunEmphasis",
          "RunEntropy",
          "RunLengthNonUniformity",
          "RunLengthNonUniformityNormalized",
          "RunPercentage",
          "RunVariance",
          "ShortRunEmphasis",
          "ShortRunHighGrayLevelEmphasis",
          "ShortRunLowGrayLevelEmphasis");

  /** Names of size zone features, in the order of {@link #zones}. */
  static final List<String> ZONES =
      List.of(
          "GrayLevelNonUniformity",
          "GrayLevelNonUniformityNormalized",
          "GrayLevelVariance",
          "HighGrayLevelZoneEmphasis",
          "LargeAreaEmphasis",
          "LargeAreaHighGrayLevelEmphasis",
          "LargeAreaLowGrayLevelEmphasis",
          "LowGrayLevelZoneEmphasis",
          "SizeZoneNonUniformity",
          "SizeZoneNonUniformityNormalized",
          "SmallAreaEmphasis",
          "SmallAreaHighGrayLevelEmphasis",
          "SmallAreaLowGrayLevelEmphasis",
          "ZoneEntropy",
          "ZonePercentage",
          "ZoneVariance");

  /** Names of dependence features, in the order of {@link #dependence}. */
  static final List<String> DEPENDENCE =
      List.of(
          "DependenceEntropy",
          "DependenceNonUniformity",
          "DependenceNonUniformityNormalized",
          "DependenceVariance",
          "GrayLevelNonUniformity",
          "GrayLevelVariance",
          "HighGrayLevelEmphasis",
          "LargeDependenceEmphasis",
          "LargeDependenceHighGrayLevelEmphasis",
          "LargeDependenceLowGrayLevelEmphasis",
          "LowGrayLevelEmphasis",
          "SmallDependenceEmphasis",
          "SmallDependenceHighGrayLevelEmphasis",
          "SmallDependenceLowGrayLevelEmphasis");

  private SizeFeatureNames() {}

  static double[] runs(SizeFeatures f) {
    return new double[] {
      f.levelNonUniformity(),
      f.levelNonUniformityNormalized(),
      f.levelVariance(),
      f.highLevel(),
      f.largeEmphasis(),
      f.largeHigh(),
      f.largeLow(),
      f.lowLevel(),
      f.entropy(),
      f.sizeNonUniformity(),
      f.sizeNonUniformityNormalized(),
      f.percentage(),
      f.sizeVariance(),
      f.smallEmphasis(),
      f.smallHigh(),
      f.smallLow()
    };
  }

  static double[] zones(SizeFeatures f) {
    return new double[] {
      f.levelNonUniformity(),
      f.levelNonUniformityNormalized(),
      f.levelVariance(),
      f.highLevel(),
      f.largeEmphasis(),
      f.largeHigh(),
      f.largeLow(),
      f.lowLevel(),
      f.sizeNonUniformity(),
      f.sizeNonUniformityNormalized(),
      f.smallEmphasis(),
      f.smallHigh(),
      f.smallLow(),
      f.entropy(),
      f.percentage(),
      f.sizeVariance()
    };
  }

  static double[] dependence(SizeFeatures f) {
    return new double[] {
      f.entropy(),
      f.sizeNonUniformity(),
      f.sizeNonUniformityNormalized(),
      f.sizeVariance(),
      f.levelNonUniformity(),
      f.levelVariance(),
      f.highLevel(),
      f.largeEmphasis(),
      f.largeHigh(),
      f.largeLow(),
      f.lowLevel(),
      f.smallEmphasis(),
      f.smallHigh(),
      f.smallLow()
    };
  }
}
