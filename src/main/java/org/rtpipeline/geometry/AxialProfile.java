package org.rtpipeline.geometry;

import java.util.Arrays;

/**
 * What the planes of an image show of a body, plane by plane: how large it is and how much of it is
 * air or dense.
 *
 * <p>In each plane the voxels above a level are gathered into cells of about {@value #CELL_MM} mm.
 * Thin layers (couch, mask, clothes) go by an opening; the largest part that is left is the trunk,
 * filled where it has holes.
 */
public final class AxialProfile {

  private static final double CELL_MM = 4;

  /** Layers up to twice this thick are no part of a body. */
  private static final double OPENING_MM = 8;

  private final double[] areaCm2;
  private final double[] airShare;
  private final double[] denseShare;
  private final double[] secondShare;
  private final double[] cutMm;

  private AxialProfile(int planes) {
    areaCm2 = new double[planes];
    airShare = new double[planes];
    denseShare = new double[planes];
    secondShare = new double[planes];
    cutMm = new double[planes];
  }

  /**
   * Levels that part body, air inside it and dense tissue, in the unit of the values.
   *
   * @param bodyAbove a voxel over it is body
   * @param airAbove air inside a body lies between this
   * @param airBelow and this
   * @param denseAbove a voxel over it is dense
   */
  public record Levels(double bodyAbove, double airAbove, double airBelow, double denseAbove) {}

  /**
   * Measures every plane.
   *
   * @param values one per voxel of the grid, x fastest, then y, then z
   */
  public static AxialProfile of(VoxelGrid grid, float[] values, Levels levels) {
    if (values.length != grid.voxels()) {
      throw new IllegalArgumentException(
          "grid has " + grid.voxels() + " voxels, values " + values.length);
    }
    AxialProfile profile = new AxialProfile(grid.planes());
    Cells cells = new Cells(grid);
    for (int k = 0; k < grid.planes(); k++) {
      cells.read(grid, values, k, levels);
      cells.measure(profile, k);
    }
    return profile;
  }

  /** Planes of the image. */
  public int planes() {
    return areaCm2.length;
  }

  /** Area of the trunk in a plane, holes filled. */
  public double areaCm2(int k) {
    return areaCm2[k];
  }

  /** Part of that area that is air, 0 to 1. */
  public double airShare(int k) {
    return airShare[k];
  }

  /** Part of that area that is dense, 0 to 1. */
  public double denseShare(int k) {
    return denseShare[k];
  }

  /** Area of the second largest part over that of the trunk, 0 to 1; two legs give nearly 1. */
  public double secondShare(int k) {
    return secondShare[k];
  }

  /** How far the trunk runs along the border of the image, mm: what lies beyond is cut off. */
  public double cutMm(int k) {
    return cutMm[k];
  }

  /** The cells of one plane, used for one plane after the other. */
  private static final class Cells {
    private final int step;
    private final int stepDown;
    private final int columns;
    private final int rows;
    private final int radius;
    private final double cellMm;
    private final double cellDownMm;
    private final int[] body;
    private final int[] air;
    private final int[] dense;
    private final int[] label;
    private final int[] queue;
    private boolean[] inside;
    private boolean[] other;

    Cells(VoxelGrid grid) {
      step = Math.max(1, (int) Math.round(CELL_MM / grid.columnSpacingMm()));
      stepDown = Math.max(1, (int) Math.round(CELL_MM / grid.rowSpacingMm()));
      columns = (grid.columns() + step - 1) / step;
      rows = (grid.rows() + stepDown - 1) / stepDown;
      cellMm = step * grid.columnSpacingMm();
      cellDownMm = stepDown * grid.rowSpacingMm();
      radius = Math.max(1, (int) Math.round(OPENING_MM / cellMm));
      int n = columns * rows;
      body = new int[n];
      air = new int[n];
      dense = new int[n];
      label = new int[n];
      queue = new int[n];
      inside = new boolean[n];
      other = new boolean[n];
    }

    void read(VoxelGrid grid, float[] values, int k, Levels levels) {
      Arrays.fill(body, 0);
      Arrays.fill(air, 0);
      Arrays.fill(dense, 0);
      int at = grid.index(0, 0, k);
      for (int j = 0; j < grid.rows(); j++) {
        int row = j / stepDown * columns;
        for (int i = 0; i < grid.columns(); i++) {
          float value = values[at++];
          int cell = row + i / step;
          if (value > levels.bodyAbove()) {
            body[cell]++;
            if (value > levels.denseAbove()) {
              dense[cell]++;
            }
          } else if (value > levels.airAbove() && value < levels.airBelow()) {
            air[cell]++;
          }
        }
      }
      int half = step * stepDown;
      for (int cell = 0; cell < inside.length; cell++) {
        inside[cell] = 2 * body[cell] >= half;
      }
    }

    void measure(AxialProfile profile, int k) {
      fillHoles();
      shrink(false);
      int parts = label(true);
      if (parts == 0) {
        return;
      }
      int[] sizes = new int[parts + 1];
      for (int cell = 0; cell < label.length; cell++) {
        sizes[label[cell]]++;
      }
      int largest = 1;
      for (int part = 2; part <= parts; part++) {
        largest = sizes[part] > sizes[largest] ? part : largest;
      }
      int second = 0;
      for (int part = 1; part <= parts; part++) {
        second = part != largest ? Math.max(second, sizes[part]) : second;
      }
      profile.secondShare[k] = (double) second / sizes[largest];
      for (int cell = 0; cell < label.length; cell++) {
        inside[cell] = label[cell] == largest;
      }
      shrink(true);
      long cellsInside = 0;
      long airVoxels = 0;
      long denseVoxels = 0;
      for (int cell = 0; cell < inside.length; cell++) {
        if (inside[cell]) {
          cellsInside++;
          airVoxels += air[cell];
          denseVoxels += dense[cell];
        }
      }
      double voxels = (double) cellsInside * step * stepDown;
      profile.areaCm2[k] = cellsInside * cellMm * cellDownMm / 100;
      profile.airShare[k] = airVoxels / voxels;
      profile.denseShare[k] = denseVoxels / voxels;
      profile.cutMm[k] = alongBorderMm();
    }

    private double alongBorderMm() {
      double mm = 0;
      for (int i = 0; i < columns; i++) {
        mm += inside[i] ? cellMm : 0;
        mm += inside[(rows - 1) * columns + i] ? cellMm : 0;
      }
      for (int j = 0; j < rows; j++) {
        mm += inside[j * columns] ? cellDownMm : 0;
        mm += inside[j * columns + columns - 1] ? cellDownMm : 0;
      }
      return mm;
    }

    /** Adds what the outside cannot reach, and what reaches it but is air of a body throughout. */
    private void fillHoles() {
      int parts = label(false);
      boolean[] open = new boolean[parts + 1];
      for (int i = 0; i < columns; i++) {
        open[label[i]] = true;
        open[label[(rows - 1) * columns + i]] = true;
      }
      for (int j = 0; j < rows; j++) {
        open[label[j * columns]] = true;
        open[label[j * columns + columns - 1]] = true;
      }
      long[] cells = new long[parts + 1];
      long[] airVoxels = new long[parts + 1];
      for (int cell = 0; cell < label.length; cell++) {
        cells[label[cell]]++;
        airVoxels[label[cell]] += air[cell];
      }
      for (int part = 1; part <= parts; part++) {
        open[part] &= 2 * airVoxels[part] < cells[part] * step * stepDown;
      }
      for (int cell = 0; cell < inside.length; cell++) {
        inside[cell] |= label[cell] > 0 && !open[label[cell]];
      }
    }

    /** Takes off, or puts on, as many layers as the opening is wide; the border ends a body. */
    private void shrink(boolean grow) {
      for (int layer = 0; layer < radius; layer++) {
        for (int j = 0; j < rows; j++) {
          for (int i = 0; i < columns; i++) {
            int cell = j * columns + i;
            boolean left = i > 0 ? inside[cell - 1] : inside[cell];
            boolean right = i < columns - 1 ? inside[cell + 1] : inside[cell];
            boolean up = j > 0 ? inside[cell - columns] : inside[cell];
            boolean down = j < rows - 1 ? inside[cell + columns] : inside[cell];
            other[cell] =
                grow
                    ? inside[cell] || left || right || up || down
                    : inside[cell] && left && right && up && down;
          }
        }
        boolean[] before = inside;
        inside = other;
        other = before;
      }
    }

    /** Numbers the parts of cells that have a value, from 1; others get 0. Gives the count. */
    private int label(boolean wanted) {
      Arrays.fill(label, 0);
      int parts = 0;
      for (int start = 0; start < label.length; start++) {
        if (inside[start] == wanted && label[start] == 0) {
          label[start] = ++parts;
          int read = 0;
          int written = 0;
          queue[written++] = start;
          while (read < written) {
            int cell = queue[read++];
            int i = cell % columns;
            written = visit(i > 0, cell - 1, wanted, parts, written);
            written = visit(i < columns - 1, cell + 1, wanted, parts, written);
            written = visit(cell >= columns, cell - columns, wanted, parts, written);
            written = visit(cell + columns < label.length, cell + columns, wanted, parts, written);
          }
        }
      }
      return parts;
    }

    private int visit(boolean there, int cell, boolean wanted, int part, int written) {
      if (there && inside[cell] == wanted && label[cell] == 0) {
        label[cell] = part;
        queue[written] = cell;
        return written + 1;
      }
      return written;
    }
  }
}
