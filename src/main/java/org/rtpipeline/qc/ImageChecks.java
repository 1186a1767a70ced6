package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;

/** Checks of the planning CT: what its headers say of the slices, and its values. */
final class ImageChecks {

  /** Slices closer than this lie at one place, mm. */
  static final double SAME_PLACE_MM = 0.01;

  /** A distance of slices over this many usual ones is a gap. */
  static final double GAP_FACTOR = 1.5;

  /** Distances of slices that differ by more than this are uneven, mm. */
  static final double UNEVEN_MM = 0.1;

  /** An axis within this of a patient axis counts as straight: 1 - cos 1°. */
  private static final double STRAIGHT = 1.5e-4;

  /** Scanners mark what lies beyond the field of view by values far below air. */
  private static final double PADDING_HU = -1500;

  private static final double LOWEST_AIR_HU = -1100;
  private static final double HIGHEST_AIR_HU = -850;

  private final QcCourse course;
  private final ImageSeries series;
  private final List<ObjectFacts.Image> images;
  private final List<QcResult> results = new ArrayList<>();

  private ImageChecks(QcCourse course, ImageSeries series) {
    this.course = course;
    this.series = series;
    this.images =
        series.instances().stream()
            .map(InstanceHeader::facts)
            .filter(ObjectFacts.Image.class::isInstance)
            .map(ObjectFacts.Image.class::cast)
            .toList();
  }

  static List<QcResult> of(QcCourse course) {
    ImageSeries series = course.course().planningCt();
    return series == null
        ? List.of(
            QcResult.notEvaluated(
                QcCheck.CT_MODALITY, course.key(), "the course has no planning CT"))
        : new ImageChecks(course, series).all();
  }

  private List<QcResult> all() {
    modality();
    frames();
    thickness();
    matrix();
    orientation();
    distances();
    hounsfield();
    return results;
  }

  private void add(QcCheck check, QcLevel level, String value, String expected) {
    results.add(new QcResult(check, level, series.seriesUid(), value, expected));
  }

  private void modality() {
    long others = series.instances().stream().filter(ReadingChecks::isOfOtherModality).count();
    add(
        QcCheck.CT_MODALITY,
        series.modality().equals("CT") && others == 0 ? QcLevel.PASS : QcLevel.WARNING,
        others == 0
            ? series.modality()
            : others + " images whose modality is not that of their class",
        "CT");
  }

  private void frames() {
    Set<String> frames =
        series.instances().stream()
            .flatMap(image -> Stream.ofNullable(image.frameOfReferenceUid()))
            .collect(Collectors.toCollection(TreeSet::new));
    if (frames.isEmpty()) {
      results.add(
          QcResult.notEvaluated(
              QcCheck.CT_FRAME_OF_REFERENCE, series.seriesUid(), "no image names one"));
    } else {
      add(
          QcCheck.CT_FRAME_OF_REFERENCE,
          frames.size() == 1 ? QcLevel.PASS : QcLevel.WARNING,
          frames.size() == 1 ? "one" : String.join(", ", frames),
          "one frame of reference (0020,0052)");
    }
  }

  /** Slices that do not say their thickness count as those of another one. */
  private void thickness() {
    Set<String> thickness =
        images.stream()
            .map(ObjectFacts.Image::sliceThicknessMm)
            .map(mm -> mm == null ? "none" : String.format(Locale.ROOT, "%.2f mm", mm))
            .collect(Collectors.toCollection(TreeSet::new));
    if (thickness.equals(Set.of("none")) || thickness.isEmpty()) {
      results.add(
          QcResult.notEvaluated(
              QcCheck.CT_SLICE_THICKNESS, series.seriesUid(), "no image has a slice thickness"));
    } else {
      add(
          QcCheck.CT_SLICE_THICKNESS,
          thickness.size() == 1 ? QcLevel.PASS : QcLevel.WARNING,
          String.join(", ", thickness),
          "one thickness (0018,0050)");
    }
  }

  private void matrix() {
    Set<String> sizes =
        images.stream()
            .map(image -> image.rows() + " x " + image.columns())
            .collect(Collectors.toCollection(TreeSet::new));
    add(
        QcCheck.CT_MATRIX,
        sizes.size() == 1 ? QcLevel.PASS : QcLevel.FAIL,
        String.join(", ", sizes),
        "one size");
  }

  private void orientation() {
    List<ObjectFacts.Image> oriented =
        images.stream().filter(image -> image.orientation().size() == 6).toList();
    if (oriented.size() < images.size() || oriented.isEmpty()) {
      add(
          QcCheck.CT_ORIENTATION,
          QcLevel.FAIL,
          (images.size() - oriented.size()) + " slices without orientation",
          "six numbers (0020,0037)");
      return;
    }
    Point normal = normal(oriented.get(0));
    boolean isOne = oriented.stream().allMatch(image -> normal(image).dot(normal) > 1 - STRAIGHT);
    if (!isOne) {
      add(QcCheck.CT_ORIENTATION, QcLevel.FAIL, "several orientations", "one");
      return;
    }
    double tiltDeg = Math.toDegrees(Math.acos(Math.min(1, Math.abs(normal.zMm()))));
    add(
        QcCheck.CT_ORIENTATION,
        Math.abs(normal.zMm()) > 1 - STRAIGHT ? QcLevel.PASS : QcLevel.WARNING,
        String.format(Locale.ROOT, "%.1f° from axial", tiltDeg),
        "axial slices");
  }

  private static Point normal(ObjectFacts.Image image) {
    Point cross = image.across();
    return cross.length() > 0 ? cross.times(1 / cross.length()) : cross;
  }

  private void distances() {
    List<ObjectFacts.Image> placed =
        images.stream()
            .filter(image -> image.positionMm().size() == 3 && image.orientation().size() == 6)
            .toList();
    if (placed.size() < 2) {
      results.add(
          QcResult.notEvaluated(
              QcCheck.CT_SLICE_SPACING,
              series.seriesUid(),
              placed.size() + " slices with a place"));
      return;
    }
    Point normal = normal(placed.get(0));
    double[] offsetsMm =
        placed.stream()
            .map(ObjectFacts.Image::positionMm)
            .mapToDouble(p -> new Point(p.get(0), p.get(1), p.get(2)).dot(normal))
            .sorted()
            .toArray();
    double[] gapsMm = new double[offsetsMm.length - 1];
    for (int i = 0; i < gapsMm.length; i++) {
      gapsMm[i] = offsetsMm[i + 1] - offsetsMm[i];
    }
    long together = Arrays.stream(gapsMm).filter(gap -> gap < SAME_PLACE_MM).count();
    add(
        QcCheck.CT_DUPLICATE_SLICE,
        together == 0 ? QcLevel.PASS : QcLevel.FAIL,
        together + " pairs",
        "0 pairs within " + SAME_PLACE_MM + " mm");
    spacing(Arrays.stream(gapsMm).filter(gap -> gap >= SAME_PLACE_MM).sorted().toArray());
  }

  private void spacing(double[] gapsMm) {
    if (gapsMm.length == 0) {
      return;
    }
    double usualMm = gapsMm[gapsMm.length / 2];
    double[] wideMm = Arrays.stream(gapsMm).filter(gap -> gap > GAP_FACTOR * usualMm).toArray();
    add(
        QcCheck.CT_SLICE_GAP,
        wideMm.length == 0 ? QcLevel.PASS : QcLevel.FAIL,
        wideMm.length == 0
            ? "0 gaps"
            : String.format(
                Locale.ROOT, "%d gaps, widest %.2f mm", wideMm.length, wideMm[wideMm.length - 1]),
        String.format(Locale.ROOT, "distances up to %.2f mm", GAP_FACTOR * usualMm));
    double unevenMm =
        Arrays.stream(gapsMm)
            .filter(gap -> gap <= GAP_FACTOR * usualMm)
            .map(gap -> Math.abs(gap - usualMm))
            .max()
            .orElse(0);
    add(
        QcCheck.CT_SLICE_SPACING,
        unevenMm <= UNEVEN_MM ? QcLevel.PASS : QcLevel.WARNING,
        String.format(Locale.ROOT, "%.3f mm, uneven by %.3f mm", usualMm, unevenMm),
        "uneven by at most " + UNEVEN_MM + " mm");
  }

  private void hounsfield() {
    ImageVolume ct = course.ct();
    Optional<Double> airHu = ct == null ? Optional.empty() : airHu(ct);
    if (airHu.isEmpty()) {
      results.add(
          QcResult.notEvaluated(
              QcCheck.CT_HOUNSFIELD, series.seriesUid(), "the voxels cannot be read"));
      return;
    }
    double hu = airHu.get();
    add(
        QcCheck.CT_HOUNSFIELD,
        hu >= LOWEST_AIR_HU && hu <= HIGHEST_AIR_HU ? QcLevel.PASS : QcLevel.WARNING,
        String.format(Locale.ROOT, "darkest 5 %% of the voxels up to %.0f HU", hu),
        String.format(Locale.ROOT, "air: %.0f to %.0f HU", LOWEST_AIR_HU, HIGHEST_AIR_HU));
  }

  /** The value below which a twentieth of the voxels lie, leaving out what is beyond the scan. */
  private static Optional<Double> airHu(ImageVolume ct) {
    float[] values = ct.values();
    int step = Math.max(1, values.length / 200_000);
    double[] sample = new double[values.length / step];
    int count = 0;
    for (int i = 0; i < sample.length; i++) {
      float value = values[i * step];
      if (value > PADDING_HU) {
        sample[count++] = value;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    double[] sorted = Arrays.copyOf(sample, count);
    Arrays.sort(sorted);
    return Optional.of(sorted[count / 20]);
  }

  /** Distance of a place from the nearest slice of the planning CT, mm. */
  static double offSliceMm(VoxelGrid grid, double offsetMm) {
    double nearestMm = Double.POSITIVE_INFINITY;
    for (int k = 0; k < grid.planes(); k++) {
      nearestMm = Math.min(nearestMm, Math.abs(grid.planeOffsetMm(k) - offsetMm));
    }
    return nearestMm;
  }
}
