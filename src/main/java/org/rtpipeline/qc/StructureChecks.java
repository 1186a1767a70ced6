package org.rtpipeline.qc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/** Checks of the regions themselves. */
final class StructureChecks {

  /** A contour farther than this from a slice was drawn on another image, mm. */
  static final double OFF_SLICE_MM = 0.2;

  private static final String ON_SLICE = "within " + OFF_SLICE_MM + " mm of a slice";

  private final QcCourse course;
  private final List<QcResult> results = new ArrayList<>();

  private StructureChecks(QcCourse course) {
    this.course = course;
  }

  static List<QcResult> of(QcCourse course) {
    if (course.allStructures().isEmpty()) {
      return List.of(
          QcResult.notEvaluated(
              QcCheck.ROI_CROPPED,
              course.key(),
              "the course has no structure set that can be read"));
    }
    StructureChecks checks = new StructureChecks(course);
    for (StructureSet set : course.structureSets()) {
      checks.results.add(
          PlanChecks.approval(
              QcCheck.STRUCTURES_APPROVAL, set.sopInstanceUid(), set.approvalStatus()));
      checks.check(set);
    }
    // A segmentation has no approval status (PS3.3 A.51).
    course.segmentations().forEach(checks::check);
    checks.standardNames();
    return checks.results;
  }

  /** The subject of what is about one region. */
  static String subject(StructureSet set, Roi roi) {
    return set.sopInstanceUid() + "#" + roi.number();
  }

  private void check(StructureSet set) {
    names(set);
    for (Roi roi : set.rois()) {
      if (roi.contours().stream().noneMatch(Contour::isClosed)) {
        results.add(
            new QcResult(
                QcCheck.EMPTY_ROI,
                roi.contours().isEmpty() ? QcLevel.WARNING : QcLevel.INFO,
                subject(set, roi),
                roi.name()
                    + (roi.contours().isEmpty() ? ": no contour" : ": points or open lines only"),
                "a closed contour"));
      }
    }
    passUnlessFound(set, QcCheck.EMPTY_ROI, "a closed contour");
    ImageVolume ct = course.ct();
    if (ct == null) {
      results.add(
          QcResult.notEvaluated(
              QcCheck.ROI_CROPPED, set.sopInstanceUid(), "there is no planning CT to compare"));
      return;
    }
    set.rois().forEach(roi -> onImage(set, roi, ct.grid()));
    passUnlessFound(set, QcCheck.ROI_CROPPED, "inside the image");
    passUnlessFound(set, QcCheck.CONTOUR_OFF_SLICE, ON_SLICE);
  }

  /** One result for a set none of whose regions is found by a check. */
  private void passUnlessFound(StructureSet set, QcCheck check, String expected) {
    boolean isFound =
        results.stream()
            .anyMatch(
                result ->
                    result.check() == check
                        && result.subject().startsWith(set.sopInstanceUid() + "#"));
    if (!isFound) {
      results.add(
          set.rois().isEmpty()
              ? QcResult.notEvaluated(check, set.sopInstanceUid(), "the set has no region")
              : new QcResult(
                  check,
                  QcLevel.PASS,
                  set.sopInstanceUid(),
                  "all of " + set.rois().size() + " regions",
                  expected));
    }
  }

  private void names(StructureSet set) {
    Map<String, List<String>> numbers = new TreeMap<>();
    for (Roi roi : set.rois()) {
      numbers
          .computeIfAbsent(roi.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(Integer.toString(roi.number()));
    }
    List<String> shared =
        numbers.entrySet().stream()
            .filter(entry -> entry.getValue().size() > 1)
            .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
            .toList();
    results.add(
        new QcResult(
            QcCheck.DUPLICATE_ROI_NAME,
            shared.isEmpty() ? QcLevel.PASS : QcLevel.WARNING,
            set.sopInstanceUid(),
            shared.isEmpty() ? "none" : String.join("; ", shared),
            "each name once, without regard to case"));
  }

  /**
   * Regions of the course under one standard name: two of a set, or two of other names in different
   * sets. A region that every version of a set has under one name is one region.
   */
  private void standardNames() {
    Map<String, Set<String>> regions = new TreeMap<>();
    Map<String, Set<String>> names = new TreeMap<>();
    Set<String> shared = new TreeSet<>();
    for (StructureSet set : course.allStructures()) {
      Set<String> ofSet = new TreeSet<>();
      for (Roi roi : set.rois()) {
        if (roi.standardName() != null) {
          String standard = roi.standardName().name();
          regions.computeIfAbsent(standard, key -> new TreeSet<>()).add(subject(set, roi));
          names.computeIfAbsent(standard, key -> new TreeSet<>()).add(roi.name());
          if (!ofSet.add(standard)) {
            shared.add(standard);
          }
        }
      }
    }
    names.forEach(
        (standard, own) -> {
          if (own.size() > 1) {
            shared.add(standard);
          }
        });
    for (String standard : shared) {
      results.add(
          new QcResult(
              QcCheck.DUPLICATE_STANDARD_NAME,
              QcLevel.WARNING,
              course.key(),
              standard
                  + ": "
                  + String.join(", ", names.getOrDefault(standard, Set.of()))
                  + " ("
                  + String.join(", ", regions.getOrDefault(standard, Set.of()))
                  + ")",
              "one region"));
    }
  }

  private void onImage(StructureSet set, Roi roi, VoxelGrid grid) {
    Set<String> sides = new LinkedHashSet<>();
    int off = 0;
    double farthestMm = 0;
    int closed = 0;
    for (Contour contour : roi.contours()) {
      if (contour.isClosed() && contour.points() > 0) {
        closed++;
        double awayMm = touch(grid, contour, sides);
        if (awayMm > OFF_SLICE_MM) {
          off++;
          farthestMm = Math.max(farthestMm, awayMm);
        }
      }
    }
    if (closed == 0) {
      return;
    }
    if (!sides.isEmpty()) {
      results.add(
          new QcResult(
              QcCheck.ROI_CROPPED,
              cropLevel(roi, sides),
              subject(set, roi),
              roi.name() + ": " + String.join(", ", sides),
              "inside the image"));
    }
    if (off > 0) {
      results.add(
          new QcResult(
              QcCheck.CONTOUR_OFF_SLICE,
              QcLevel.WARNING,
              subject(set, roi),
              String.format(
                  Locale.ROOT,
                  "%s: %d of %d contours, farthest %.2f mm",
                  roi.name(),
                  off,
                  closed,
                  farthestMm),
              ON_SLICE));
    }
  }

  /** Couches may leave the image; an end at the first or last slice is how scans end. */
  private static QcLevel cropLevel(Roi roi, Set<String> sides) {
    boolean inPlane = sides.stream().anyMatch(side -> !side.endsWith("slice"));
    boolean isCouch = roi.name().toLowerCase(Locale.ROOT).contains("couch");
    return inPlane && !isCouch ? QcLevel.WARNING : QcLevel.INFO;
  }

  /** Notes the faces that a contour touches; gives its distance from the nearest slice, mm. */
  private static double touch(VoxelGrid grid, Contour contour, Set<String> sides) {
    double[] mm = contour.pointsMm();
    double sumMm = 0;
    for (int p = 0; p < mm.length; p += 3) {
      Point point = new Point(mm[p], mm[p + 1], mm[p + 2]);
      double column = grid.columnOf(point);
      double row = grid.rowOf(point);
      sumMm += grid.offsetOfMm(point);
      ends(column, grid.columns(), "column").ifPresent(sides::add);
      ends(row, grid.rows(), "row").ifPresent(sides::add);
    }
    double offsetMm = sumMm / contour.points();
    double sliceMm = grid.planes() > 1 ? grid.meanPlaneSpacingMm() : 1;
    double fromFirst = (offsetMm - grid.planeOffsetMm(0)) / sliceMm;
    ends(fromFirst, grid.planes(), "slice").ifPresent(sides::add);
    return ImageChecks.offSliceMm(grid, offsetMm);
  }

  /** The face that a place on an axis of voxels touches. */
  private static Optional<String> ends(double at, int count, String axis) {
    if (at < 0.5) {
      return Optional.of("first " + axis);
    }
    return at > count - 1.5 ? Optional.of("last " + axis) : Optional.empty();
  }
}
