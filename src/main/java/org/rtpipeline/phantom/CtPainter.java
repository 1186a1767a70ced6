package org.rtpipeline.phantom;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;

/** Paints the solids of a course into CT slices, with a little noise. */
final class CtPainter {

  private static final short AIR_HU = -1000;
  private static final int NOISE_VALUES_PER_LONG = 4;
  private static final int NOISE_BITS = 4;

  private final PhantomCourse course;

  CtPainter(PhantomCourse course) {
    this.course = course;
  }

  /** One slice, HU, x fastest, then y: later regions of the course lie over earlier ones. */
  short[] slice(int plane) {
    VoxelGrid grid = course.imageGrid();
    short[] valuesHu = new short[grid.columns() * grid.rows()];
    Arrays.fill(valuesHu, AIR_HU);
    for (PhantomRoi roi : course.rois()) {
      for (Solid part : roi.solid().parts()) {
        paint(part, (short) roi.intensityHu(), plane, valuesHu);
      }
    }
    addNoise(valuesHu, course.random("noise/" + plane));
    return valuesHu;
  }

  private void paint(Solid solid, short intensityHu, int plane, short[] valuesHu) {
    VoxelGrid grid = course.imageGrid();
    double zMm = grid.toPatientMm(0, 0, grid.planeOffsetMm(plane)).zMm();
    if (zMm < solid.lowestMm(Axis.Z) || zMm > solid.highestMm(Axis.Z)) {
      return;
    }
    Point lowMm = new Point(solid.lowestMm(Axis.X), solid.lowestMm(Axis.Y), zMm);
    Point highMm = new Point(solid.highestMm(Axis.X), solid.highestMm(Axis.Y), zMm);
    int firstColumn = Math.max(0, (int) Math.ceil(grid.columnOf(lowMm)));
    int lastColumn = Math.min(grid.columns() - 1, (int) Math.floor(grid.columnOf(highMm)));
    int firstRow = Math.max(0, (int) Math.ceil(grid.rowOf(lowMm)));
    int lastRow = Math.min(grid.rows() - 1, (int) Math.floor(grid.rowOf(highMm)));
    double cornerXMm = grid.originMm().xMm();
    double cornerYMm = grid.originMm().yMm();
    for (int j = firstRow; j <= lastRow; j++) {
      double yMm = cornerYMm + j * grid.rowSpacingMm();
      for (int i = firstColumn; i <= lastColumn; i++) {
        if (solid.contains(new Point(cornerXMm + i * grid.columnSpacingMm(), yMm, zMm))) {
          valuesHu[i + grid.columns() * j] = intensityHu;
        }
      }
    }
  }

  /** Adds to each value the sum of four dice of 16 sides about 0: a deviation of about 9 HU. */
  private static void addNoise(short[] valuesHu, SplittableRandom random) {
    int mask = (1 << NOISE_BITS) - 1;
    for (int start = 0; start < valuesHu.length; start += NOISE_VALUES_PER_LONG) {
      long bits = random.nextLong();
      int end = Math.min(valuesHu.length, start + NOISE_VALUES_PER_LONG);
      for (int i = start; i < end; i++) {
        int sum = -2 * mask;
        for (int die = 0; die < 4; die++) {
          sum += (int) (bits & mask);
          bits >>>= NOISE_BITS;
        }
        valuesHu[i] += (short) sum;
      }
    }
  }
}
