package org.rtpipeline.qc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which landmarks can be what their name says. The heights are wide, from a small child to a large
 * adult: what lies beyond them is a wrong name or a broken mask, not an unusual patient.
 */
final class Landmarks {

  /** From the head down: each lies over all of a higher rank. */
  private static final Map<String, Integer> RANKS = ranks();

  private Landmarks() {}

  /**
   * How high a landmark is that the scan holds whole, mm.
   *
   * @param leastMm at least
   * @param mostMm at most; this holds for one that the scan cuts as well
   */
  private record Height(double leastMm, double mostMm) {}

  private static final Height VERTEBRA = new Height(8, 90);
  private static final Height LUNG_LOBE = new Height(30, 400);

  private static final Map<String, Height> HEIGHTS =
      Map.of(
          "brain", new Height(60, 220),
          "skull", new Height(80, 350),
          "liver", new Height(40, 350),
          "lung_left", new Height(60, 450),
          "lung_right", new Height(60, 450),
          "lungs", new Height(60, 450),
          "femur_head_left", new Height(15, 90),
          "femur_head_right", new Height(15, 90),
          "femur_heads", new Height(15, 120));

  private static Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new HashMap<>(Map.of("brain", 0));
    for (String level : List.of("C7", "T12", "L5")) {
      int count = Integer.parseInt(level.substring(1));
      for (int number = 1; number <= count; number++) {
        ranks.put("vertebrae_" + level.charAt(0) + number, ranks.size());
      }
    }
    int heads = ranks.size();
    List.of("femur_heads", "femur_head_left", "femur_head_right")
        .forEach(name -> ranks.put(name, heads));
    return Map.copyOf(ranks);
  }

  /**
   * Whether landmarks are as high as they can be, and lie over and under others in the order that
   * bodies have.
   *
   * @param joined names with {@code +} between
   * @param anatomy everything that is known
   * @param scan what the image holds; null when there is none
   * @param endMm a landmark this near to an end of the scan may go on beyond
   */
  static boolean arePlausible(
      String joined, Map<String, AxialExtent> anatomy, @Nullable AxialExtent scan, double endMm) {
    for (String name : joined.split("\\+", -1)) {
      AxialExtent extent = anatomy.get(name);
      if (extent != null
          && (!isOfItsHeight(name, extent, scan, endMm) || !isInItsPlace(name, extent, anatomy))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfItsHeight(
      String name, AxialExtent extent, @Nullable AxialExtent scan, double endMm) {
    Height height =
        name.startsWith("vertebrae_")
            ? VERTEBRA
            : name.contains("_lobe_") ? LUNG_LOBE : HEIGHTS.get(name);
    if (height == null) {
      return true;
    }
    double mm = extent.highMm() - extent.lowMm();
    boolean isCut =
        scan != null
            && (extent.highMm() > scan.highMm() - endMm || extent.lowMm() < scan.lowMm() + endMm);
    return mm <= height.mostMm() && (isCut || mm >= height.leastMm());
  }

  private static boolean isInItsPlace(
      String name, AxialExtent extent, Map<String, AxialExtent> anatomy) {
    Integer rank = RANKS.get(name);
    return rank == null
        || anatomy.entrySet().stream()
            .allMatch(
                other -> {
                  int order = Integer.compare(RANKS.getOrDefault(other.getKey(), rank), rank);
                  double overMm = extent.middleMm() - other.getValue().middleMm();
                  return order * overMm >= 0;
                });
  }
}
