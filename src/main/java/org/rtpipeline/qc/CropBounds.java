package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;
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

  private static final String ORDINARY =
      "landmarks of a height that bodies have, in order from head to foot, the upper over the"
          + " lower";

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
    Search search = new Search(sets, grid, CropOptions.OFF);
    return List.of(CropRegion.values()).stream().map(search::bounds).toList();
  }

  /**
   * The bounds of the region that is asked for, with its margins.
   *
   * @param sets structures to find landmarks in
   * @param grid of the planning CT
   */
  public static CropBounds of(CropOptions options, List<StructureSet> sets, VoxelGrid grid) {
    return new Search(sets, grid, options).bounds(options.region());
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

  /** Whether structures can be cut at the bounds: both are there and something lies between. */
  public boolean canCut() {
    return superior != null && inferior != null && !flags.contains(CropFlag.EMPTY);
  }

  /**
   * What a reader must know of the landmarks. A region that has none of them is a fact: most
   * structure sets of clinics have no vertebrae. One landmark alone, or one that cannot be what it
   * is called, is a warning.
   *
   * @param subject what the findings are about
   */
  public List<Finding> findings(String subject) {
    List<Finding> findings = new ArrayList<>();
    if (superior == null || inferior == null) {
      findings.add(
          new Finding(
              superior == null && inferior == null ? Finding.Level.OK : Finding.Level.WARN,
              Finding.Code.CROP_LANDMARK_MISSING,
              subject,
              region + " has no " + missing()));
    }
    if (isImplausible()) {
      findings.add(
          new Finding(
              Finding.Level.WARN,
              Finding.Code.CROP_LANDMARK_IMPLAUSIBLE,
              subject,
              values() + "; expected " + ORDINARY));
    }
    if (flags.contains(CropFlag.LANDMARK_AT_SCAN_END)) {
      findings.add(
          new Finding(
              Finding.Level.WARN,
              Finding.Code.CROP_LANDMARK_CUT,
              subject,
              values() + "; a landmark ends where the scan ends and may go on beyond"));
    }
    return findings;
  }

  /**
   * How far the bounds can be relied on, as a check.
   *
   * @param subject what it is about
   */
  public QcResult check(String subject) {
    QcLevel level =
        isImplausible() ? QcLevel.WARNING : quality() == Quality.GOOD ? QcLevel.PASS : QcLevel.INFO;
    return new QcResult(
        QcCheck.CROP_LANDMARKS,
        level,
        subject,
        quality() == Quality.MISSING ? values() + "; no " + missing() : values(),
        ORDINARY);
  }

  private boolean isImplausible() {
    return flags.contains(CropFlag.IMPLAUSIBLE_LANDMARK) || flags.contains(CropFlag.EMPTY);
  }

  private String values() {
    return region
        + " from "
        + text(superior)
        + " to "
        + text(inferior)
        + (flags.isEmpty() ? "" : " " + flags);
  }

  private static String text(@Nullable Bound bound) {
    return bound == null
        ? "an open end"
        : String.format(Locale.ROOT, "%.1f mm (%s)", bound.requestedMm(), bound.landmark());
  }

  private String missing() {
    List<String> ends = new ArrayList<>();
    if (superior == null) {
      ends.add("landmark of the upper bound, expected " + words(upper(region)));
    }
    if (inferior == null) {
      ends.add("landmark of the lower bound, expected " + words(lower(region)));
    }
    return String.join("; no ", ends);
  }

  private static String words(List<List<String>> choices) {
    return choices.stream()
        .map(names -> String.join("+", names))
        .collect(Collectors.joining(", or "));
  }

  /** Landmarks of the upper bound, the first choice first; those of one choice count together. */
  private static List<List<String>> upper(CropRegion region) {
    return switch (region) {
      case PELVIS -> List.of(List.of("vertebrae_L1"));
      case THORAX -> List.of(List.of("vertebrae_C7"), UPPER_LOBES, LUNGS);
      case ABDOMEN -> List.of(List.of("vertebrae_T12"), List.of("vertebrae_L1"), List.of("liver"));
      case HEAD_NECK -> List.of(List.of("brain"), List.of("skull"));
      case BRAIN -> List.of(List.of("brain"));
    };
  }

  /** Landmarks of the lower bound. */
  private static List<List<String>> lower(CropRegion region) {
    return switch (region) {
      case PELVIS ->
          List.of(
              List.of("femur_heads"),
              List.of("femur_head_left", "femur_head_right"),
              List.of("femur_left", "femur_right"));
      case THORAX -> List.of(List.of("vertebrae_L1"), List.of("liver"), LOWER_LOBES, LUNGS);
      case ABDOMEN -> List.of(List.of("vertebrae_L5"));
      case HEAD_NECK -> List.of(List.of("vertebrae_C7"), CLAVICLES);
      case BRAIN -> List.of(List.of("brain"));
    };
  }

  /** Landmarks of one image. */
  private static final class Search {
    private final Map<String, AxialExtent> anatomy;
    private final @Nullable AxialExtent scan;
    private final double sliceMm;
    private final CropOptions options;
    private Set<CropFlag> flags = EnumSet.noneOf(CropFlag.class);

    Search(List<StructureSet> sets, @Nullable VoxelGrid grid, CropOptions options) {
      this.anatomy = AxialExtent.ofAnatomy(sets);
      this.scan = scan(grid);
      this.sliceMm = CropBounds.sliceMm(grid);
      this.options = options;
    }

    CropBounds bounds(CropRegion region) {
      flags = EnumSet.noneOf(CropFlag.class);
      double upMm = options.superiorMm(region);
      double downMm = options.inferiorMm(region);
      Optional<Bound> superior = top(upMm, upper(region));
      Optional<Bound> inferior =
          switch (region) {
            case PELVIS -> femoralHeads(downMm);
            case THORAX ->
                bottom(downMm, List.of(List.of("vertebrae_L1")))
                    .or(() -> fallback(liverTop(downMm)))
                    .or(() -> fallback(bottom(downMm, List.of(LOWER_LOBES, LUNGS))));
            case ABDOMEN, HEAD_NECK, BRAIN -> bottom(downMm, lower(region));
          };
      return finished(region, superior, inferior);
    }

    private CropBounds finished(
        CropRegion region, Optional<Bound> superior, Optional<Bound> inferior) {
      if (superior.isEmpty() || inferior.isEmpty()) {
        flags.add(CropFlag.MISSING_LANDMARK);
      }
      superior.ifPresent(this::examined);
      inferior.ifPresent(this::examined);
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

    private void examined(Bound bound) {
      if (!Landmarks.arePlausible(bound.landmark(), anatomy, scan, 1.5 * sliceMm)) {
        flags.add(CropFlag.IMPLAUSIBLE_LANDMARK);
      }
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

    private Optional<Bound> top(double marginMm, List<List<String>> choices) {
      return found(choices)
          .map(
              found -> {
                if (isAtEnd(scan == null ? null : scan.highMm(), found.extent().highMm())) {
                  flags.add(CropFlag.LANDMARK_AT_SCAN_END);
                }
                return new Bound(found.names(), found.extent().highMm() + marginMm);
              });
    }

    private Optional<Bound> bottom(double marginMm, List<List<String>> choices) {
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
        return bottom(marginMm, List.of(List.of("femur_heads")));
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
    private Optional<Found> found(List<List<String>> choices) {
      for (int choice = 0; choice < choices.size(); choice++) {
        List<String> there = choices.get(choice).stream().filter(anatomy::containsKey).toList();
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
