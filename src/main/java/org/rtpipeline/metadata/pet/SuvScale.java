package org.rtpipeline.metadata.pet;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the rescaled values of each image of a series are multiplied by to be uptake values.
 *
 * @param byImage factor to SUV by body weight, by SOP instance UID
 * @param ratios SUV of each variant as a part of SUV by body weight; variants that the patient's
 *     height and sex do not give are left out
 */
public record SuvScale(Map<String, Double> byImage, Map<SuvVariant, Double> ratios)
    implements Serializable {

  /** Copies the maps. */
  public SuvScale {
    byImage = java.util.Collections.unmodifiableMap(new TreeMap<>(byImage));
    EnumMap<SuvVariant, Double> copy = new EnumMap<>(SuvVariant.class);
    copy.putAll(ratios);
    ratios = java.util.Collections.unmodifiableMap(copy);
  }

  /** SUV of a variant as a part of SUV by body weight; empty when it is not known. */
  public OptionalDouble ratio(SuvVariant variant) {
    Double ratio = ratios.get(variant);
    return ratio == null ? OptionalDouble.empty() : OptionalDouble.of(ratio);
  }

  /** Smallest factor to SUV by body weight. */
  public double least() {
    return byImage.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** Largest factor to SUV by body weight; more than the smallest only when images differ. */
  public double largest() {
    return byImage.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * Uptake values of a volume.
   *
   * @param values rescaled values, plane after plane
   * @param sopInstanceUids the image of each plane
   * @param variant one that has a ratio
   */
  public float[] suv(float[] values, List<String> sopInstanceUids, SuvVariant variant) {
    if (sopInstanceUids.isEmpty() || values.length % sopInstanceUids.size() != 0) {
      throw new IllegalArgumentException(
          values.length + " values, " + sopInstanceUids.size() + " planes");
    }
    double ratio = ratio(variant).orElseThrow();
    float[] suv = new float[values.length];
    int voxels = values.length / sopInstanceUids.size();
    for (int k = 0; k < sopInstanceUids.size(); k++) {
      Double factor = byImage.get(sopInstanceUids.get(k));
      if (factor == null) {
        throw new IllegalArgumentException("no factor for image " + sopInstanceUids.get(k));
      }
      for (int i = k * voxels; i < (k + 1) * voxels; i++) {
        suv[i] = (float) (values[i] * factor * ratio);
      }
    }
    return suv;
  }
}
