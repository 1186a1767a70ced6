package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Roi;

/**
 * The box that a CT fills, known from headers and two slices, without its voxels.
 *
 * @param slices two neighbouring slices; their grid gives the box in plane
 * @param firstOffsetMm first slice of the series along the normal of that grid
 * @param lastOffsetMm last slice
 * @param spacingMm median distance of neighbouring slices
 */
record CtFrame(VoxelGrid slices, double firstOffsetMm, double lastOffsetMm, double spacingMm) {

  /** A slice and where it lies along the normal of its series. */
  private record Placed(InstanceHeader header, double offsetMm) {}

  /** The two neighbouring slices to read; empty when headers do not place the slices. */
  static List<InstanceHeader> slicesToRead(ImageSeries series) {
    List<Placed> placed = placed(series);
    return placed.size() < 2 || placed.size() < series.instances().size()
        ? List.of()
        : List.of(placed.get(0).header(), placed.get(1).header());
  }

  /** The box, once the two slices are read. */
  static Optional<CtFrame> of(ImageSeries series, VoxelGrid slices) {
    List<Point> positions =
        placed(series).stream().map(p -> position((ObjectFacts.Image) p.header().facts())).toList();
    double[] offsetsMm = positions.stream().mapToDouble(slices::offsetOfMm).sorted().toArray();
    if (offsetsMm.length < 2) {
      return Optional.empty();
    }
    double spacingMm = spacingMm(offsetsMm);
    return spacingMm > 0
        ? Optional.of(new CtFrame(slices, offsetsMm[0], offsetsMm[offsetsMm.length - 1], spacingMm))
        : Optional.empty();
  }

  /**
   * Median distance of neighbouring slices by their headers, mm; null when they do not place them.
   */
  static @Nullable Double incrementMm(ImageSeries series) {
    double[] offsetsMm = placed(series).stream().mapToDouble(Placed::offsetMm).toArray();
    return offsetsMm.length < 2 ? null : spacingMm(offsetsMm);
  }

  private static double spacingMm(double[] ascendingMm) {
    double[] gapsMm = new double[ascendingMm.length - 1];
    for (int i = 0; i < gapsMm.length; i++) {
      gapsMm[i] = ascendingMm[i + 1] - ascendingMm[i];
    }
    Arrays.sort(gapsMm);
    return gapsMm[gapsMm.length / 2];
  }

  /** Whether a contour comes within one voxel of the border, or lies on the first or last slice. */
  boolean isTouchedBy(Roi roi) {
    return roi.contours().stream().filter(Contour::isClosed).anyMatch(this::isTouchedBy);
  }

  private boolean isTouchedBy(Contour contour) {
    double[] mm = contour.pointsMm();
    for (int p = 0; p + 2 < mm.length; p += 3) {
      Point point = new Point(mm[p], mm[p + 1], mm[p + 2]);
      double column = slices.columnOf(point);
      double row = slices.rowOf(point);
      double offsetMm = slices.offsetOfMm(point);
      if (column < 1
          || row < 1
          || column > slices.columns() - 2
          || row > slices.rows() - 2
          || offsetMm < firstOffsetMm + spacingMm / 2
          || offsetMm > lastOffsetMm - spacingMm / 2) {
        return true;
      }
    }
    return false;
  }

  private static List<Placed> placed(ImageSeries series) {
    List<Placed> placed = new ArrayList<>();
    for (InstanceHeader header : series.instances()) {
      if (header.facts() instanceof ObjectFacts.Image image
          && image.positionMm().size() == 3
          && image.orientation().size() == 6) {
        placed.add(new Placed(header, position(image).dot(image.across())));
      }
    }
    placed.sort(
        Comparator.comparingDouble(Placed::offsetMm)
            .thenComparing(p -> p.header().sopInstanceUid()));
    return placed;
  }

  private static Point position(ObjectFacts.Image image) {
    List<Double> p = image.positionMm();
    return new Point(p.get(0), p.get(1), p.get(2));
  }
}
