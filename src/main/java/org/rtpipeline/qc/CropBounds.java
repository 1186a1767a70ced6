package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.StructureSet;

/**
 * Where a region begins and ends along the patient by anatomical landmarks, so that cohorts can be
 * compared over the same part of the body. A bound without a landmark stays open: the end of the
 * scan is no landmark.
 *
 * @param region the region
 * @param superior the upper bound; null without a landmark
 * @param inferior the lower bound; null without a landmark
 * @param scan what the planning CT holds; null when there is none
 * @param flags what a reader must know
 */
public record CropBounds(
    CropRegion region,
    @Nullable Bound superior,
    @Nullable Bound inferior,
    @Nullable AxialExtent scan,
    Set<CropFlag> flags)
    implements Serializable {

  /** Height of a femoral head with its neck's upper part, mm: heads are 40 to 55 mm across. */
  static final double FEMORAL_HEAD_MM = 50;

  private static final List<String> UPPER_LOBES =
      List.of("lung_upper_lobe_left", "lung_upper_lobe_right");
  private static final List<String> LOWER_LOBES =
      List.of("lung_lower_lobe_left", "lung_lower_lobe_right");
  private static final List<String> LUNGS = List.of("lung_left", "lung_right", "lungs");
  private static final List<String> CLAVICLES = List.of("clavicula_left", "clavicula_right");

  /** Copies the flags. */
  public CropBounds {
    Set<CropFlag> copy = EnumSet.noneOf(CropFlag.class);
    copy.addAll(flags);
    flags = copy;
  }

  /**
   * One bound.
   *
   * @param landmark names of the structures it rests on
   * @param requestedMm landmark and margin, z
   */
  public record Bound(String landmark, double requestedMm) implements Serializable {}

  /** How far the bounds can be relied on. */
  public enum Quality {
    /** First choice of landmarks, both whole. */
    GOOD,
    /** Usable after a look at the flags. */
    FLAGGED,
    /** A bound is open. */
    MISSING
  }

  /**
   * The bounds of every region.
   *
   * @param sets structures to find landmarks in
   * @param grid of the planning CT; null when there is none
   */
  public static List<CropBounds> of(List<StructureSet> sets, @Nullable VoxelGrid grid) {
    Search search = new Search(AxialExtent.ofAnatomy(sets), scan(grid), sliceMm(grid));
    return List.of(CropRegion.values()).stream().map(search::bounds).toList();
  }

  private static double sliceMm(@Nullable VoxelGrid grid) {
    return grid == null || grid.planes() < 2 ? 0 : grid.meanPlaneSpacingMm();
  }

  private static @Nullable AxialExtent scan(@Nullable VoxelGrid grid) {
    if (grid == null) {
      return null;
    }
    double oneMm = grid.toPatientMm(0, 0, grid.planeOffsetMm(0)).zMm();
    double otherMm = grid.toPatientMm(0, 0, grid.planeOffsetMm(grid.planes() - 1)).zMm();
    double halfMm = sliceMm(grid) / 2;
    return new AxialExtent(Math.min(oneMm, otherMm) - halfMm, Math.max(oneMm, otherMm) + halfMm);
  }

  /** The upper bound within the scan; null when it is open or there is no scan. */
  public @Nullable Double superiorMm() {
    return superior == null ? null : within(superior.requestedMm());
  }

  /** The lower bound within the scan; null when it is open or there is no scan. */
  public @Nullable Double inferiorMm() {
    return inferior == null ? null : within(inferior.requestedMm());
  }

  private @Nullable Double within(double mm) {
    return scan == null ? null : Math.max(scan.lowMm(), Math.min(scan.highMm(), mm));
  }

  /** How far the bounds can be relied on. */
  public Quality quality() {
    if (superior == null || inferior == null) {
      return Quality.MISSING;
    }
    return flags.isEmpty() ? Quality.GOOD : Quality.FLAGGED;
  }

  /** Landmarks of one image. */
  private static final class Search {
    private final Map<String, AxialExtent> anatomy;
    private final @Nullable AxialExtent scan;
    private final double sliceMm;
    private Set<CropFlag> flags = EnumSet.noneOf(CropFlag.class);

    Search(Map<String, AxialExtent> anatomy, @Nullable AxialExtent scan, double sliceMm) {
      this.anatomy = anatomy;
      this.scan = scan;
      this.sliceMm = sliceMm;
    }

    CropBounds bounds(CropRegion region) {
      flags = EnumSet.noneOf(CropFlag.class);
      double upMm = region.superiorMm();
      double downMm = region.inferiorMm();
      Optional<Bound> superior =
          switch (region) {
            case PELVIS -> top(upMm, List.of("vertebrae_L1"));
            case THORAX -> top(upMm, List.of("vertebrae_C7"), UPPER_LOBES, LUNGS);
            case ABDOMEN ->
                top(upMm, List.of("vertebrae_T12"), List.of("vertebrae_L1"), List.of("liver"));
            case HEAD_NECK -> top(upMm, List.of("brain"), List.of("skull"));
            case BRAIN -> top(upMm, List.of("brain"));
          };
      Optional<Bound> inferior =
          switch (region) {
            case PELVIS -> femoralHeads(downMm);
            case THORAX ->
                bottom(downMm, List.of("vertebrae_L1"))
                    .or(() -> fallback(liverTop(downMm)))
                    .or(() -> fallback(bottom(downMm, LOWER_LOBES, LUNGS)));
            case ABDOMEN -> bottom(downMm, List.of("vertebrae_L5"));
            case HEAD_NECK -> bottom(downMm, List.of("vertebrae_C7"), CLAVICLES);
            case BRAIN -> bottom(downMm, List.of("brain"));
          };
      return finished(region, superior, inferior);
    }

    private CropBounds finished(
        CropRegion region, Optional<Bound> superior, Optional<Bound> inferior) {
      if (superior.isEmpty() || inferior.isEmpty()) {
        flags.add(CropFlag.MISSING_LANDMARK);
      }
      superior.ifPresent(this::clamped);
      inferior.ifPresent(this::clamped);
      CropBounds bounds =
          new CropBounds(region, superior.orElse(null), inferior.orElse(null), scan, flags);
      Double highMm = bounds.superiorMm();
      Double lowMm = bounds.inferiorMm();
      if (highMm == null || lowMm == null || lowMm < highMm) {
        return bounds;
      }
      flags.add(CropFlag.EMPTY);
      return new CropBounds(region, bounds.superior, bounds.inferior, scan, flags);
    }

    private void clamped(Bound bound) {
      if (scan == null) {
        flags.add(CropFlag.NO_SCAN);
      } else if (bound.requestedMm() > scan.highMm() || bound.requestedMm() < scan.lowMm()) {
        flags.add(CropFlag.CLAMPED);
      }
    }

    private Optional<Bound> fallback(Optional<Bound> bound) {
      bound.ifPresent(found -> flags.add(CropFlag.FALLBACK_LANDMARK));
      return bound;
    }

    @SafeVarargs
    private Optional<Bound> top(double marginMm, List<String>... choices) {
      return found(choices)
          .map(
              found -> {
                if (isAtEnd(scan == null ? null : scan.highMm(), found.extent().highMm())) {
                  flags.add(CropFlag.LANDMARK_AT_SCAN_END);
                }
                return new Bound(found.names(), found.extent().highMm() + marginMm);
              });
    }

    @SafeVarargs
    private Optional<Bound> bottom(double marginMm, List<String>... choices) {
      return found(choices)
          .map(
              found -> {
                if (isAtEnd(scan == null ? null : scan.lowMm(), found.extent().lowMm())) {
                  flags.add(CropFlag.LANDMARK_AT_SCAN_END);
                }
                return new Bound(found.names(), found.extent().lowMm() - marginMm);
              });
    }

    /** The top of the liver is where the diaphragm is. */
    private Optional<Bound> liverTop(double marginMm) {
      AxialExtent liver = anatomy.get("liver");
      return liver == null
          ? Optional.empty()
          : Optional.of(new Bound("liver", liver.highMm() - marginMm));
    }

    /** The lower of both femoral heads; of a whole femur its upper end, however long the scan. */
    private Optional<Bound> femoralHeads(double marginMm) {
      AxialExtent both = anatomy.get("femur_heads");
      if (both != null) {
        return bottom(marginMm, List.of("femur_heads"));
      }
      AxialExtent left = head("left");
      AxialExtent right = head("right");
      if (left == null && right == null) {
        return Optional.empty();
      }
      if (left == null || right == null) {
        flags.add(CropFlag.ONE_SIDE);
      }
      double lowMm =
          Math.min(
              left == null ? Double.POSITIVE_INFINITY : left.lowMm(),
              right == null ? Double.POSITIVE_INFINITY : right.lowMm());
      if (isAtEnd(scan == null ? null : scan.lowMm(), lowMm)) {
        flags.add(CropFlag.LANDMARK_AT_SCAN_END);
      }
      String names =
          left == null ? "head_right" : right == null ? "head_left" : "head_left+head_right";
      return Optional.of(new Bound("femur_" + names, lowMm - marginMm));
    }

    private @Nullable AxialExtent head(String side) {
      AxialExtent head = anatomy.get("femur_head_" + side);
      AxialExtent femur = anatomy.get("femur_" + side);
      if (head != null || femur == null) {
        return head;
      }
      flags.add(CropFlag.HEAD_FROM_FEMUR);
      return new AxialExtent(
          Math.max(femur.lowMm(), femur.highMm() - FEMORAL_HEAD_MM), femur.highMm());
    }

    private boolean isAtEnd(@Nullable Double endMm, double mm) {
      return endMm != null && Math.abs(endMm - mm) < 1.5 * sliceMm;
    }

    private record Found(String names, AxialExtent extent) {}

    /** The first choice of which anything is there. */
    @SafeVarargs
    private Optional<Found> found(List<String>... choices) {
      for (int choice = 0; choice < choices.length; choice++) {
        List<String> there = choices[choice].stream().filter(anatomy::containsKey).toList();
        Optional<AxialExtent> extent = there.stream().map(anatomy::get).reduce(AxialExtent::and);
        if (extent.isPresent()) {
          if (choice > 0) {
            flags.add(CropFlag.FALLBACK_LANDMARK);
          }
          if (there.size() == 1 && isSided(there.get(0))) {
            flags.add(CropFlag.ONE_SIDE);
          }
          return Optional.of(new Found(String.join("+", there), extent.get()));
        }
      }
      return Optional.empty();
    }

    private static boolean isSided(String name) {
      return name.endsWith("_left") || name.endsWith("_right");
    }
  }
}
