package org.rtpipeline.radiomics;

import java.util.Optional;

/**
 * Image and mask on a new grid round a region, with the grid rules of PyRadiomics: aligned to the
 * corner of the old grid, cut to the region and a margin, outside the image 0.
 */
final class Resampler {

  /** Old voxels beyond the outermost new ones that interpolation may look at. */
  private static final int REACH = 2;

  /** Interpolated numbers this close to a whole one are computed again in the order of ITK. */
  private static final double NEAR_WHOLE = 1e-6;

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
    for (int i = 0; i < values.length; i++) {
      values[i] = image.stored(values[i]);
    }
    return Region.of(image.like(to, values), IndexBox.whole(to), nearest(region, axes, to));
  }

  /** Old voxels beyond the box of a region that its new voxels, with their margin, may look at. */
  static int reach(RadiomicsOptions.Resampling how, GridSize old) {
    double most = 1;
    for (int axis = 0; axis < 3; axis++) {
      double asked = how.spacingMm(axis);
      double factor = asked == 0 ? 1 : asked / old.spacingMm(axis);
      most = Math.max(most, (how.padVoxels() + 2) * Math.max(1, factor));
    }
    return (int) Math.ceil(most) + 1 + REACH;
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
    private static final Taps NONE = new Taps(new int[0], new double[0]);

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

    /** The same samples, counted from another one. */
    private Taps from(int first) {
      int[] moved = new int[index.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = index[i] - first;
      }
      return new Taps(moved, weight);
    }
  }

  private static double[] interpolate(
      Raster image, Axis[] axes, RadiomicsOptions.Interpolation kind) {
    GridSize size = image.size();
    int[] from = new int[3];
    int[] n = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      from[axis] = Math.max(0, (int) Math.floor(axes[axis].at(0)) - REACH);
      int last = (int) Math.ceil(axes[axis].at(axes[axis].n() - 1)) + REACH;
      n[axis] = Math.min(size.count(axis) - 1, last) - from[axis] + 1;
    }
    IndexBox box = new IndexBox(from[0], from[1], from[2], n[0], n[1], n[2]);
    boolean isSpline = kind == RadiomicsOptions.Interpolation.BSPLINE;
    double[] old = isSpline ? image.splineCoefficients(box) : image.crop(box);
    double[] values = old;
    int[] counts = n.clone();
    Taps[][] taps = new Taps[3][];
    for (int axis = 0; axis < 3; axis++) {
      taps[axis] = new Taps[axes[axis].n()];
      for (int i = 0; i < taps[axis].length; i++) {
        double at = axes[axis].at(i);
        boolean isInside = at >= -0.5 && at < size.count(axis) - 0.5;
        taps[axis][i] = isInside ? taps(at, size.count(axis), kind).from(from[axis]) : Taps.NONE;
      }
      values =
          kind == RadiomicsOptions.Interpolation.LINEAR
              ? between(values, counts, axis, taps[axis])
              : along(values, counts, axis, taps[axis]);
      counts[axis] = taps[axis].length;
    }
    if (isSpline && image.numbers() == Raster.Numbers.WHOLE) {
      settle(values, old, n, taps);
    }
    return values;
  }

  /**
   * Computes numbers next to a whole one again, term by term in the order of ITK: which side of the
   * whole number they fall to is decided by rounding, and they are cut towards 0 afterwards.
   */
  private static void settle(double[] values, double[] coefficients, int[] n, Taps[][] taps) {
    int i = 0;
    for (Taps z : taps[2]) {
      for (Taps y : taps[1]) {
        for (Taps x : taps[0]) {
          if (Math.abs(values[i] - Math.rint(values[i])) < NEAR_WHOLE) {
            values[i] = sum(coefficients, n, x, y, z);
          }
          i++;
        }
      }
    }
  }

  private static double sum(double[] coefficients, int[] n, Taps x, Taps y, Taps z) {
    double sum = 0;
    for (int c = 0; c < z.index.length; c++) {
      for (int b = 0; b < y.index.length; b++) {
        int row = n[0] * (y.index[b] + n[1] * z.index[c]);
        for (int a = 0; a < x.index.length; a++) {
          sum += x.weight[a] * y.weight[b] * z.weight[c] * coefficients[row + x.index[a]];
        }
      }
    }
    return sum;
  }

  /** As {@link #along} for two neighbours, as a step from the one to the other. */
  private static double[] between(double[] in, int[] n, int axis, Taps[] taps) {
    int inner = axis == 0 ? 1 : axis == 1 ? n[0] : n[0] * n[1];
    int outer = n[0] * n[1] * n[2] / (inner * n[axis]);
    double[] out = new double[inner * outer * taps.length];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < taps.length; i++) {
        if (taps[i].index.length > 0) {
          int to = (o * taps.length + i) * inner;
          int one = (o * n[axis] + taps[i].index[0]) * inner;
          int other = (o * n[axis] + taps[i].index[1]) * inner;
          double share = taps[i].weight[1];
          for (int w = 0; w < inner; w++) {
            out[to + w] = in[one + w] + (in[other + w] - in[one + w]) * share;
          }
        }
      }
    }
    return out;
  }

  /** Weights of old samples at a position, by index into n of them. */
  static Taps taps(double at, int n, RadiomicsOptions.Interpolation kind) {
    int base = (int) Math.floor(at);
    double w = at - base;
    return switch (kind) {
      case NEAREST -> new Taps(new int[] {clamp((int) Math.floor(at + 0.5), n)}, new double[] {1});
      case LINEAR ->
          new Taps(new int[] {clamp(base, n), clamp(base + 1, n)}, new double[] {1 - w, w});
      case BSPLINE -> cubic(at, n);
    };
  }

  /** The sample below is looked for in single precision, as ITK does. */
  private static Taps cubic(double at, int n) {
    int base = (int) Math.floor((float) at);
    double w = at - base;
    double w3 = 1.0 / 6 * w * w * w;
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
    if (n == 1) {
      return 0;
    }
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
