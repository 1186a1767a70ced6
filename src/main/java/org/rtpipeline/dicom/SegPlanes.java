package org.rtpipeline.dicom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;

/**
 * The planes of the frames of a segmentation object, and the grid they make. Planes that the object
 * leaves out, because nothing is segmented in them, are put back where its spacing says so.
 */
final class SegPlanes {

  private static final double SAME_PLANE_MM = 0.01;
  private static final double STEP_TOLERANCE = 0.01;
  private static final int MOST_PLANES = 100_000;

  private final VoxelGrid grid;
  private final int[] planeOfFrame;
  private final @Nullable Double spacingMm;

  private SegPlanes(VoxelGrid grid, int[] planeOfFrame, @Nullable Double spacingMm) {
    this.grid = grid;
    this.planeOfFrame = planeOfFrame;
    this.spacingMm = spacingMm;
  }

  VoxelGrid grid() {
    return grid;
  }

  /**
   * Distance of neighbouring planes, mm: what the object says, else the smallest it has, else the
   * thickness of its slices; null when nothing tells.
   */
  @Nullable Double spacingMm() {
    return spacingMm;
  }

  int planeOf(int frame) {
    return planeOfFrame[frame];
  }

  /** Looks an attribute up in a functional group of a frame, else in the shared one. */
  static DicomObject group(String path, DicomObject object, int frame, int sequence)
      throws DicomException {
    List<DicomObject> frames = object.items(Tags.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
    if (frame < frames.size() && frames.get(frame).item(sequence).isPresent()) {
      return frames.get(frame).item(sequence).get();
    }
    return object
        .item(Tags.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)
        .flatMap(shared -> shared.item(sequence))
        .orElseThrow(
            () ->
                new DicomException(
                    Finding.Code.MISSING_GEOMETRY,
                    path,
                    DicomException.NO_OFFSET,
                    String.format(
                        Locale.ROOT,
                        "frame %d has no functional group %08X",
                        frame + 1,
                        sequence)));
  }

  /** The planes of all frames. */
  static SegPlanes of(String path, DicomObject object, int frames) throws DicomException {
    double[] directions = numbers(path, object, 0, Tags.PLANE_ORIENTATION_SEQUENCE);
    double[] spacingMm =
        exactly(
            path,
            group(path, object, 0, Tags.PIXEL_MEASURES_SEQUENCE).numbers(Tags.PIXEL_SPACING),
            2);
    Point row = new Point(directions[0], directions[1], directions[2]);
    Point column = new Point(directions[3], directions[4], directions[5]);
    Point normal = row.cross(column);
    Point[] positions = new Point[frames];
    double[] offsetsMm = new double[frames];
    for (int f = 0; f < frames; f++) {
      double[] at = numbers(path, object, f, Tags.PLANE_POSITION_SEQUENCE);
      positions[f] = new Point(at[0], at[1], at[2]);
      offsetsMm[f] = positions[f].minus(positions[0]).dot(normal);
      double asideMm = positions[f].minus(positions[0]).minus(normal.times(offsetsMm[f])).length();
      if (!Arrays.equals(numbers(path, object, f, Tags.PLANE_ORIENTATION_SEQUENCE), directions)
          || asideMm > ImageSeriesReader.SHEAR_TOLERANCE_MM) {
        throw fault(path, "frame " + (f + 1) + " does not lie in one stack with the first");
      }
    }
    double stepMm = stepMm(path, object);
    double[] planesMm = planes(offsetsMm, stepMm);
    int[] planeOfFrame = new int[frames];
    for (int f = 0; f < frames; f++) {
      planeOfFrame[f] = nearest(planesMm, offsetsMm[f]);
    }
    double lowestMm = planesMm[0];
    double[] fromLowestMm = Arrays.stream(planesMm).map(mm -> mm - lowestMm).toArray();
    try {
      VoxelGrid grid =
          new VoxelGrid(
              object.integer(Tags.COLUMNS).orElse(0),
              object.integer(Tags.ROWS).orElse(0),
              positions[0].plus(normal.times(lowestMm)),
              row,
              column,
              spacingMm[1],
              spacingMm[0],
              fromLowestMm);
      return new SegPlanes(grid, planeOfFrame, spacingMm(path, object, stepMm, planesMm));
    } catch (IllegalArgumentException odd) {
      throw fault(path, "the frames make no grid: " + odd.getMessage());
    }
  }

  private static double[] numbers(String path, DicomObject object, int frame, int sequence)
      throws DicomException {
    DicomObject item = group(path, object, frame, sequence);
    return sequence == Tags.PLANE_POSITION_SEQUENCE
        ? exactly(path, item.numbers(Tags.IMAGE_POSITION_PATIENT), 3)
        : exactly(path, item.numbers(Tags.IMAGE_ORIENTATION_PATIENT), 6);
  }

  private static double[] exactly(String path, double[] numbers, int count) throws DicomException {
    if (numbers.length != count || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw fault(path, "position, orientation or spacing has not " + count + " numbers");
    }
    return numbers;
  }

  private static double stepMm(String path, DicomObject object) throws DicomException {
    return group(path, object, 0, Tags.PIXEL_MEASURES_SEQUENCE)
        .number(Tags.SPACING_BETWEEN_SLICES)
        .orElse(0);
  }

  private static @Nullable Double spacingMm(
      String path, DicomObject object, double stepMm, double[] planesMm) throws DicomException {
    double mm = stepMm;
    for (int k = 1; k < planesMm.length && !(stepMm > 0); k++) {
      double gapMm = planesMm[k] - planesMm[k - 1];
      mm = k == 1 ? gapMm : Math.min(mm, gapMm);
    }
    if (!(mm > 0)) {
      mm =
          group(path, object, 0, Tags.PIXEL_MEASURES_SEQUENCE)
              .number(Tags.SLICE_THICKNESS)
              .orElse(0);
    }
    return mm > 0 ? mm : null;
  }

  /** Distinct places in ascending order, those between at even steps included. */
  private static double[] planes(double[] offsetsMm, double stepMm) {
    double[] sorted = offsetsMm.clone();
    Arrays.sort(sorted);
    List<Double> planes = new ArrayList<>();
    for (double mm : sorted) {
      double beforeMm = planes.isEmpty() ? mm : planes.get(planes.size() - 1);
      double gapMm = mm - beforeMm;
      if (!planes.isEmpty() && gapMm <= SAME_PLANE_MM) {
        continue;
      }
      long steps = stepMm > 0 ? Math.round(gapMm / stepMm) : 1;
      boolean even =
          steps > 1
              && steps < MOST_PLANES
              && Math.abs(gapMm - steps * stepMm) <= STEP_TOLERANCE * stepMm;
      for (int s = 1; even && s < steps; s++) {
        planes.add(beforeMm + s * gapMm / steps);
      }
      planes.add(mm);
    }
    return planes.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static int nearest(double[] planesMm, double offsetMm) {
    int found = Arrays.binarySearch(planesMm, offsetMm);
    int above = found >= 0 ? found : Math.min(-found - 1, planesMm.length - 1);
    boolean isBelowNearer =
        above > 0
            && Math.abs(planesMm[above - 1] - offsetMm) < Math.abs(planesMm[above] - offsetMm);
    return isBelowNearer ? above - 1 : above;
  }

  private static DicomException fault(String path, String message) {
    return new DicomException(
        Finding.Code.INVALID_GEOMETRY, path, DicomException.NO_OFFSET, message);
  }
}
