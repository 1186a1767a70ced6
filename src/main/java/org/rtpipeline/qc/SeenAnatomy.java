package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.ContourRaster;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.model.Anatomy;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/**
 * The anatomy that structure sets name, each with its volume, and where it matters its density.
 *
 * @param organs by the name of {@link Anatomy}; of several with one name the largest
 */
public record SeenAnatomy(Map<String, Organ> organs) implements Serializable {

  /** Organs whose density tells of contrast medium. */
  private static final Set<String> MEASURED =
      Set.of(
          "aorta",
          "heart",
          "inferior_vena_cava",
          "portal_vein_and_splenic_vein",
          "liver",
          "kidney_left",
          "kidney_right",
          "kidneys",
          "urinary_bladder");

  /** Structures up to this volume are crumbs, cm³. */
  private static final double CRUMB_CM3 = 1;

  private static final double UPPER_SHARE = 0.9;

  /** Sorts the map. */
  public SeenAnatomy {
    organs = new TreeMap<>(organs);
  }

  /**
   * One organ.
   *
   * @param volumeCm3 of its contours
   * @param medianHu median density; null where it was not measured
   * @param upperHu density that a tenth of its voxels exceed; null where it was not measured
   */
  public record Organ(double volumeCm3, @Nullable Double medianHu, @Nullable Double upperHu)
      implements Serializable {}

  /**
   * What structure sets show.
   *
   * @param ct HU; null when there is none
   * @param frameUid frame of reference of the CT; structures of other frames are not measured on it
   */
  public static SeenAnatomy of(
      List<StructureSet> sets, @Nullable ImageVolume ct, @Nullable String frameUid) {
    Map<String, Organ> organs = new TreeMap<>();
    for (StructureSet set : sets) {
      for (Roi roi : set.rois()) {
        Optional<String> name = Anatomy.of(roi.name());
        if (name.isPresent()) {
          Organ organ = organ(name.get(), roi, isIn(roi, frameUid) ? ct : null);
          organs.merge(name.get(), organ, (a, b) -> a.volumeCm3() >= b.volumeCm3() ? a : b);
        }
      }
    }
    organs.values().removeIf(organ -> !(organ.volumeCm3() > CRUMB_CM3));
    return new SeenAnatomy(organs);
  }

  private static boolean isIn(Roi roi, @Nullable String frameUid) {
    String own = roi.frameOfReferenceUid();
    return own == null || frameUid == null || own.equals(frameUid);
  }

  private static Organ organ(String name, Roi roi, @Nullable ImageVolume ct) {
    List<double[]> contoursMm = roi.enclosingMm();
    double volumeCm3 = volumeCm3(contoursMm);
    if (ct == null || !MEASURED.contains(name) || !(volumeCm3 > CRUMB_CM3)) {
      return new Organ(volumeCm3, null, null);
    }
    float[] hu = valuesHu(ct, roi);
    return hu.length == 0
        ? new Organ(volumeCm3, null, null)
        : new Organ(
            volumeCm3, (double) hu[hu.length / 2], (double) hu[(int) (UPPER_SHARE * hu.length)]);
  }

  /** Areas of the planes by their distances; 0 for a single plane. */
  static double volumeCm3(List<double[]> contoursMm) {
    return PlaneVolume.cm3(contoursMm, PlaneVolume.usualGapMm(contoursMm));
  }

  /** Values inside contours in ascending order. */
  private static float[] valuesHu(ImageVolume ct, Roi roi) {
    if (!ContourRaster.isAlong(ct.grid(), roi.enclosingMm())) {
      return new float[0];
    }
    Optional<VoxelMask> found = roi.voxels(ct.grid());
    if (found.isEmpty()) {
      return new float[0];
    }
    VoxelMask mask = found.get();
    float[] values = new float[mask.voxels()];
    int count = 0;
    int at = 0;
    for (int k = 0; k < mask.count(2); k++) {
      for (int j = 0; j < mask.count(1); j++) {
        int row = ct.grid().index(mask.first(0), mask.first(1) + j, mask.first(2) + k);
        for (int i = 0; i < mask.count(0); i++) {
          if (mask.inside()[at++] != 0) {
            values[count++] = ct.values()[row + i];
          }
        }
      }
    }
    Arrays.sort(values);
    return values;
  }

  /** Volume of all of some organs; 0 for those that are not there. */
  double volumeCm3(Set<String> names) {
    return names.stream()
        .map(organs::get)
        .filter(Objects::nonNull)
        .mapToDouble(Organ::volumeCm3)
        .sum();
  }

  /** How many of some organs there are. */
  int count(Set<String> names) {
    return (int) names.stream().filter(organs::containsKey).count();
  }

  /** Median density of the first of some organs that has been measured. */
  OptionalDouble medianHu(List<String> names) {
    return first(names, Organ::medianHu);
  }

  /** Density that a tenth of an organ exceeds, of the first of some that has been measured. */
  OptionalDouble upperHu(List<String> names) {
    return first(names, Organ::upperHu);
  }

  private OptionalDouble first(List<String> names, Function<Organ, @Nullable Double> density) {
    for (String name : names) {
      Organ organ = organs.get(name);
      Double hu = organ == null ? null : density.apply(organ);
      if (hu != null) {
        return OptionalDouble.of(hu);
      }
    }
    return OptionalDouble.empty();
  }
}
