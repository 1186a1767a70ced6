package org.rtpipeline.radiomics;

import java.util.Optional;

/**
 * Image and mask on a new grid round a region, with the grid rules of PyRadiomics: aligned to the
 * corner of the old grid, cut to the region and a margin, outside the image 0.
 */
final class Resampler {

  /** Samples beyond the region that spline coefficients are computed on; their weight is 1e-17. */
  private static final int SPLINE_REACH = 30;

  /** Relative and absolute difference of spacings that count as equal. */
  private static final double RELATIVE = 1e-5;

  private static final double ABSOLUTE = 1e-8;

  /**
   * The grid along one axis. Where a sample lies among the old voxels is computed by way of
   * coordinates in mm, as ITK does: along x between the ends of a row, along y and z for each
   * sample. Samples half-way between two voxels fall to the side that this rounding gives them.
   *
   * @param n samples
   * @param spacingMm of the samples
   * @param isRow whether this is the axis of rows, x
   * @param fromMm first sample
   * @param oldFromMm first old voxel
   * @param perOldMm one over the old spacing
   */
  private record Axis(
      int n, double spacingMm, boolean isRow, double fromMm, double oldFromMm, double perOldMm) {
    double at(int i) {
      if (!isRow) {
        return index(i);
      }
      double start = index(0);
      return start + (index(n) - start) * ((double) i / n);
    }

    private double index(int i) {
      return (fromMm + spacingMm * i - oldFromMm) * perOldMm;
    }
  }

  private Resampler() {}

  /** The resampled region; empty when no new voxel lies inside. */
  static Optional<Region> resample(Region region, RadiomicsOptions.Resampling how) {
    Raster image = region.image();
    IndexBox box = region.box();
    GridSize size = image.size();
    double[] spacing = new double[3];
    boolean same = true;
    for (int axis = 0; axis < 3; axis++) {
      double old = size.spacingMm(axis);
      double asked = how.spacingMm(axis);
      spacing[axis] = asked == 0 || box.count(axis) == 1 ? old : asked;
      same &= Math.abs(old - spacing[axis]) <= ABSOLUTE + RELATIVE * Math.abs(spacing[axis]);
    }
    if (same) {
      return Optional.of(region.within(box.grown(how.padVoxels(), size)));
    }
    Axis[] axes = new Axis[3];
    for (int axis = 0; axis < 3; axis++) {
      axes[axis] =
          axis(axis, image, box.first(axis), box.count(axis), spacing[axis], how.padVoxels());
    }
    GridSize to =
        new GridSize(
            axes[0].n(),
            axes[1].n(),
            axes[2].n(),
            axes[0].spacingMm(),
            axes[1].spacingMm(),
            axes[2].spacingMm());
    double[] values = interpolate(image, axes, how.interpolation());
    return Region.of(
        typed(image.numbers(), to, values), IndexBox.whole(to), nearest(region, axes, to));
  }

  private static Axis axis(
      int axis, Raster image, int first, int width, double spacing, int padVoxels) {
    int count = image.size().count(axis);
    double old = image.size().spacingMm(axis);
    double ratio = old / spacing;
    double low = Math.max(0, Math.floor((first - 0.5) * ratio - padVoxels));
    double most = Math.ceil(count * ratio) - 1;
    double high = Math.min(most, Math.ceil((first + width - 0.5) * ratio + padVoxels));
    double origin = 0.5 * (spacing - old) / old + low / ratio;
    double oldFromMm = image.firstMm(axis);
    return new Axis(
        (int) (high - low + 1), spacing, axis == 0, oldFromMm + old * origin, oldFromMm, 1 / old);
  }

  private static Raster typed(Raster.Numbers numbers, GridSize size, double[] values) {
    if (numbers == Raster.Numbers.DOUBLE) {
      return Raster.of(size, values);
    }
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = numbers == Raster.Numbers.WHOLE ? (int) values[i] : (float) values[i];
    }
    return Raster.of(size, numbers, out);
  }

  private static byte[] nearest(Region region, Axis[] axes, GridSize to) {
    IndexBox box = region.box();
    int[][] index = new int[3][];
    for (int axis = 0; axis < 3; axis++) {
      index[axis] = new int[axes[axis].n()];
      for (int i = 0; i < index[axis].length; i++) {
        int old = (int) Math.floor(axes[axis].at(i) + 0.5) - box.first(axis);
        index[axis][i] = old >= 0 && old < box.count(axis) ? old : -1;
      }
    }
    GridSize boxSize = region.boxSize();
    byte[] inside = region.inside();
    byte[] out = new byte[to.voxels()];
    int n = 0;
    for (int z : index[2]) {
      for (int y : index[1]) {
        for (int x : index[0]) {
          boolean known = x >= 0 && y >= 0 && z >= 0;
          out[n++] = known ? inside[boxSize.index(x, y, z)] : 0;
        }
      }
    }
    return out;
  }

  /** Taps of one new sample: weights of consecutive old samples, mirrored into range. */
  static final class Taps {
    private final int[] index;
    private final double[] weight;

    Taps(int[] index, double[] weight) {
      this.index = index;
      this.weight = weight;
    }

    int[] index() {
      return index;
    }

    double[] weight() {
      return weight;
    }
  }

  private static double[] interpolate(
      Raster image, Axis[] axes, RadiomicsOptions.Interpolation kind) {
    GridSize size = image.size();
    int[] from = new int[3];
    int[] n = new int[3];
    int reach = kind == RadiomicsOptions.Interpolation.BSPLINE ? SPLINE_REACH : 2;
    for (int axis = 0; axis < 3; axis++) {
      from[axis] = Math.max(0, (int) Math.floor(axes[axis].at(0)) - reach);
      int last = (int) Math.ceil(axes[axis].at(axes[axis].n() - 1)) + reach;
      n[axis] = Math.min(size.count(axis) - 1, last) - from[axis] + 1;
    }
    double[] values = image.crop(new IndexBox(from[0], from[1], from[2], n[0], n[1], n[2]));
    if (kind == RadiomicsOptions.Interpolation.BSPLINE) {
      SplineCoefficients.inPlace(values, n[0], n[1], n[2]);
    }
    int[] counts = n.clone();
    for (int axis = 0; axis < 3; axis++) {
      Taps[] taps = new Taps[axes[axis].n()];
      for (int i = 0; i < taps.length; i++) {
        double at = axes[axis].at(i);
        boolean inside = at >= -0.5 && at < size.count(axis) - 0.5;
        taps[i] =
            inside ? taps(at - from[axis], n[axis], kind) : new Taps(new int[0], new double[0]);
      }
      values = along(values, counts, axis, taps);
      counts[axis] = taps.length;
    }
    return values;
  }

  /** Weights of old samples at a position, by index into n of them. */
  static Taps taps(double at, int n, RadiomicsOptions.Interpolation kind) {
    int base = (int) Math.floor(at);
    double w = at - base;
    return switch (kind) {
      case NEAREST -> new Taps(new int[] {clamp((int) Math.floor(at + 0.5), n)}, new double[] {1});
      case LINEAR ->
          new Taps(new int[] {clamp(base, n), clamp(base + 1, n)}, new double[] {1 - w, w});
      case BSPLINE -> n == 1 ? new Taps(new int[] {0}, new double[] {1}) : cubic(base, w, n);
    };
  }

  private static Taps cubic(int base, double w, int n) {
    double w3 = w * w * w / 6;
    double w0 = 1.0 / 6 + 0.5 * w * (w - 1) - w3;
    double w2 = w + w0 - 2 * w3;
    double w1 = 1 - w0 - w2 - w3;
    int[] index = new int[4];
    for (int k = 0; k < 4; k++) {
      index[k] = mirror(base - 1 + k, n);
    }
    return new Taps(index, new double[] {w0, w1, w2, w3});
  }

  private static int clamp(int index, int n) {
    return Math.max(0, Math.min(n - 1, index));
  }

  private static int mirror(int index, int n) {
    int period = 2 * (n - 1);
    int at = Math.floorMod(index, period);
    return at < n ? at : period - at;
  }

  /** New samples along one axis of a grid of n samples; a new array. */
  static double[] along(double[] in, int[] n, int axis, Taps[] taps) {
    int inner = axis == 0 ? 1 : axis == 1 ? n[0] : n[0] * n[1];
    int outer = n[0] * n[1] * n[2] / (inner * n[axis]);
    double[] out = new double[inner * outer * taps.length];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < taps.length; i++) {
        int to = (o * taps.length + i) * inner;
        int[] index = taps[i].index();
        double[] weight = taps[i].weight();
        for (int k = 0; k < index.length; k++) {
          int at = (o * n[axis] + index[k]) * inner;
          double factor = weight[k];
          for (int w = 0; w < inner; w++) {
            out[to + w] += factor * in[at + w];
          }
        }
      }
    }
    return out;
  }
}
