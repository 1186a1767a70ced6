package org.rtpipeline.segmentation.onnx;

import java.util.Arrays;

/**
 * Overlapping tiles whose values are averaged, weighed by {@link GaussianWeights}: the inference of
 * nnU-Net 2, with sums in single precision.
 *
 * <p>Sums are held for the planes of one row of tiles only; planes come out as soon as no later
 * tile reaches them.
 *
 * @param tile voxels of a tile; one along axis 0 for a network of planes
 * @param step from tile to tile, share of the tile
 */
record GaussianTiles(Extent tile, double step) implements Windows {

  private static final long serialVersionUID = 1L;

  /** Refuses steps that leave gaps. */
  GaussianTiles {
    if (!(step > 0 && step <= 1)) {
      throw new IllegalArgumentException("tile step is over 0 and at most 1, got " + step);
    }
  }

  @Override
  public Box padded(Extent extent) {
    int[] first = new int[3];
    int[] counts = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      int missing = Math.max(0, tile.count(axis) - extent.count(axis));
      first[axis] = -(missing / 2);
      counts[axis] = extent.count(axis) + missing;
    }
    return new Box(first[0], first[1], first[2], Extent.of(counts));
  }

  @Override
  public void run(
      Network network, float[] values, Extent extent, int axis, int classes, PlaneSink sink)
      throws NetworkException, InterruptedException {
    Box padded = padded(extent);
    Sums sums = new Sums(padded, extent, tile.count(axis), axis, classes, sink);
    float[] weights = GaussianWeights.of(tile);
    int[][] starts = new int[3][];
    for (int each = 0; each < 3; each++) {
      starts[each] = starts(padded.count(each), tile.count(each));
    }
    int[] rows = starts[Extent.planeRows(axis)];
    int[] columns = starts[Extent.planeColumns(axis)];
    for (int start : starts[axis]) {
      sums.finishBefore(start);
      for (int row : rows) {
        for (int column : columns) {
          Windows.stopWhenInterrupted();
          Box window = window(axis, start, row, column);
          float[] out = network.run(window.cut(values, padded.extent()), tile);
          Windows.check(out, classes, tile);
          sums.add(out, weights, window);
        }
      }
    }
    sums.finishBefore(padded.count(axis));
  }

  private int[] starts(int size, int tileSize) {
    if (tileSize > 1) {
      return Tiles.starts(size, tileSize, step);
    }
    int[] each = new int[size];
    Arrays.setAll(each, i -> i);
    return each;
  }

  private Box window(int axis, int start, int row, int column) {
    int[] first = new int[3];
    first[axis] = start;
    first[Extent.planeRows(axis)] = row;
    first[Extent.planeColumns(axis)] = column;
    return new Box(first[0], first[1], first[2], tile);
  }

  /** Weighted sums of the planes that tiles still reach. */
  private static final class Sums {

    private final Box padded;
    private final Extent extent;
    private final int axis;
    private final int rowAxis;
    private final int columnAxis;
    private final int width;
    private final float[][][] values;
    private final float[][] weights;
    private final PlaneSink sink;
    private int next;

    Sums(Box padded, Extent extent, int planes, int axis, int classes, PlaneSink sink) {
      this.padded = padded;
      this.extent = extent;
      this.axis = axis;
      this.rowAxis = Extent.planeRows(axis);
      this.columnAxis = Extent.planeColumns(axis);
      this.width = padded.count(columnAxis);
      int plane = padded.extent().planeVoxels(axis);
      this.values = new float[planes][classes][plane];
      this.weights = new float[planes][plane];
      this.sink = sink;
    }

    void add(float[] out, float[] tileWeights, Box window) {
      Extent tile = window.extent();
      for (int t = 0; t < tile.count(axis); t++) {
        int slot = (window.first(axis) + t) % values.length;
        for (int y = 0; y < tile.count(rowAxis); y++) {
          int from = t * tile.stride(axis) + y * tile.stride(rowAxis);
          int to = (window.first(rowAxis) + y) * width + window.first(columnAxis);
          int stride = tile.stride(columnAxis);
          int columns = tile.count(columnAxis);
          line(tileWeights, from, stride, columns, weights[slot], to);
          for (int c = 0; c < values[slot].length; c++) {
            int offset = c * tile.voxels();
            line(out, offset, tileWeights, from, stride, columns, values[slot][c], to);
          }
        }
      }
    }

    private static void line(
        float[] tileWeights, int from, int stride, int columns, float[] sums, int to) {
      for (int x = 0; x < columns; x++) {
        sums[to + x] += tileWeights[from + x * stride];
      }
    }

    private static void line(
        float[] out,
        int offset,
        float[] tileWeights,
        int from,
        int stride,
        int columns,
        float[] sums,
        int to) {
      for (int x = 0; x < columns; x++) {
        int at = from + x * stride;
        sums[to + x] += out[offset + at] * tileWeights[at];
      }
    }

    void finishBefore(int end) {
      for (; next < end; next++) {
        int slot = next % values.length;
        int index = next + padded.first(axis);
        if (index >= 0 && index < extent.count(axis)) {
          sink.plane(index, means(slot));
        }
        for (float[] sums : values[slot]) {
          Arrays.fill(sums, 0);
        }
        Arrays.fill(weights[slot], 0);
      }
    }

    private float[][] means(int slot) {
      int height = extent.count(rowAxis);
      int columns = extent.count(columnAxis);
      float[][] means = new float[values[slot].length][height * columns];
      for (int c = 0; c < means.length; c++) {
        float[] sums = values[slot][c];
        for (int y = 0; y < height; y++) {
          int from = (y - padded.first(rowAxis)) * width - padded.first(columnAxis);
          for (int x = 0; x < columns; x++) {
            means[c][y * columns + x] = sums[from + x] / weights[slot][from + x];
          }
        }
      }
      return means;
    }
  }
}
