package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the numbers of a matrix of levels by sizes are called for runs, zones and dependence. */
final class SizeFeatureNames {

  /** A number, and its names in the three families; null where a family lacks it. */
  private record Entry(
      ToDoubleFunction<SizeFeatures> number,
      @Nullable String run,
      @Nullable String zone,
      @Nullable String dependence) {

    static Entry shared(ToDoubleFunction<SizeFeatures> number, String name) {
      return new Entry(number, name, name, name);
    }
  }

  /** A number under the name that one family has for it. */
  private record Named(String name, ToDoubleFunction<SizeFeatures> number) {}

  private static final List<Entry> ENTRIES =
      List.of(
          Entry.shared(SizeFeatures::levelNonUniformity, "GrayLevelNonUniformity"),
          new Entry(
              SizeFeatures::levelNonUniformityNormalized,
              "GrayLevelNonUniformityNormalized",
              "GrayLevelNonUniformityNormalized",
              null),
          Entry.shared(SizeFeatures::levelVariance, "GrayLevelVariance"),
          new Entry(
              SizeFeatures::highLevel,
              "HighGrayLevelRunEmphasis",
              "HighGrayLevelZoneEmphasis",
              "HighGrayLevelEmphasis"),
          new Entry(
              SizeFeatures::lowLevel,
              "LowGrayLevelRunEmphasis",
              "LowGrayLevelZoneEmphasis",
              "LowGrayLevelEmphasis"),
          new Entry(
              SizeFeatures::largeEmphasis,
              "LongRunEmphasis",
              "LargeAreaEmphasis",
              "LargeDependenceEmphasis"),
          new Entry(
              SizeFeatures::largeHigh,
              "LongRunHighGrayLevelEmphasis",
              "LargeAreaHighGrayLevelEmphasis",
              "LargeDependenceHighGrayLevelEmphasis"),
          new Entry(
              SizeFeatures::largeLow,
              "LongRunLowGrayLevelEmphasis",
              "LargeAreaLowGrayLevelEmphasis",
              "LargeDependenceLowGrayLevelEmphasis"),
          new Entry(
              SizeFeatures::smallEmphasis,
              "ShortRunEmphasis",
              "SmallAreaEmphasis",
              "SmallDependenceEmphasis"),
          new Entry(
              SizeFeatures::smallHigh,
              "ShortRunHighGrayLevelEmphasis",
              "SmallAreaHighGrayLevelEmphasis",
              "SmallDependenceHighGrayLevelEmphasis"),
          new Entry(
              SizeFeatures::smallLow,
              "ShortRunLowGrayLevelEmphasis",
              "SmallAreaLowGrayLevelEmphasis",
              "SmallDependenceLowGrayLevelEmphasis"),
          new Entry(SizeFeatures::entropy, "RunEntropy", "ZoneEntropy", "DependenceEntropy"),
          new Entry(
              SizeFeatures::sizeNonUniformity,
              "RunLengthNonUniformity",
              "SizeZoneNonUniformity",
              "DependenceNonUniformity"),
          new Entry(
              SizeFeatures::sizeNonUniformityNormalized,
              "RunLengthNonUniformityNormalized",
              "SizeZoneNonUniformityNormalized",
              "DependenceNonUniformityNormalized"),
          new Entry(SizeFeatures::percentage, "RunPercentage", "ZonePercentage", null),
          new Entry(
              SizeFeatures::sizeVariance, "RunVariance", "ZoneVariance", "DependenceVariance"));

  private static final List<Named> OF_RUNS = named(Entry::run);
  private static final List<Named> OF_ZONES = named(Entry::zone);
  private static final List<Named> OF_DEPENDENCE = named(Entry::dependence);

  /** Names of run length features, in the order of {@link #runs}. */
  static final List<String> RUNS = OF_RUNS.stream().map(Named::name).toList();

  /** Names of size zone features, in the order of {@link #zones}. */
  static final List<String> ZONES = OF_ZONES.stream().map(Named::name).toList();

  /** Names of dependence features, in the order of {@link #dependence}. */
  static final List<String> DEPENDENCE = OF_DEPENDENCE.stream().map(Named::name).toList();

  private SizeFeatureNames() {}

  /** The name that a family has for a number. */
  private interface Name {
    @Nullable String of(Entry entry);
  }

  private static List<Named> named(Name family) {
    List<Named> named = new ArrayList<>();
    for (Entry entry : ENTRIES) {
      String name = family.of(entry);
      if (name != null) {
        named.add(new Named(name, entry.number()));
      }
    }
    named.sort(Comparator.comparing(Named::name));
    return List.copyOf(named);
  }

  static double[] runs(SizeFeatures f) {
    return numbers(OF_RUNS, f);
  }

  static double[] zones(SizeFeatures f) {
    return numbers(OF_ZONES, f);
  }

  static double[] dependence(SizeFeatures f) {
    return numbers(OF_DEPENDENCE, f);
  }

  private static double[] numbers(List<Named> named, SizeFeatures f) {
    return named.stream().mapToDouble(n -> n.number().applyAsDouble(f)).toArray();
  }
}
