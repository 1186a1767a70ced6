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

  private Resampler() {}

  /** The resampled region; empty when no new voxel lies inside. */
  static Optional<Region> resample(Region region, RadiomicsOptions.Resampling how) {
    return resample(region.image(), region, how);
  }

  /**
   * The resampled region of a mask that may have a grid of its own: new voxels are aligned to that
   * one, and the image is looked up where they lie.
   *
   * @param mask of the image, or of an image that holds the labels
   */
  static Optional<Region> resample(Raster image, Region mask, RadiomicsOptions.Resampling how) {
    IndexBox box = mask.box();
    double[] spacing = new double[3];
    boolean same = true;
    for (int axis = 0; axis < 3; axis++) {
      double asked = how.spacingMm(axis);
      spacing[axis] =
          asked == 0 || box.count(axis) == 1 ? mask.image().size().spacingMm(axis) : asked;
      double old = image.size().spacingMm(axis);
      same &= Math.abs(old - spacing[axis]) <= ABSOLUTE + RELATIVE * Math.abs(spacing[axis]);
    }
    boolean isOnGrid = mask.image() == image;
    if (same) {
      return (isOnGrid ? Optional.of(mask) : onto(image, mask))
          .map(on -> on.within(on.box().grown(how.padVoxels(), image.size())));
    }
    ResampledGrid ofMask = ResampledGrid.round(mask.image(), box, spacing, how.padVoxels());
    ResampledGrid ofImage = isOnGrid ? ofMask : ofMask.among(image);
    double[] values =
        ofImage.isStraight()
            ? straight(image, ofImage, how.interpolation())
            : oblique(image, ofImage, how.interpolation());
    for (int i = 0; i < values.length; i++) {
      values[i] = image.stored(values[i]);
    }
    GridSize to = ofImage.size();
    return Region.of(image.like(to, values), IndexBox.whole(to), nearest(mask, ofMask));
  }

  private static Optional<Region> onto(Raster image, Region mask) {
    return Region.of(
        image,
        IndexBox.whole(image.size()),
        nearest(mask, ResampledGrid.onto(image, mask.image())));
  }

  /** Old voxels beyond the box of a region that its new voxels, with their margin, may look at. */
  static int reach(RadiomicsOptions.Resampling how, GridSize old) {
    double most = 1;
    for (int axis = 0; axis < 3; axis++) {
      double asked = how.spacingMm(axis);
      double factor = asked == 0 ? 1 : asked / old.spacingMm(axis);
      most = Math.max(most, (how.padVoxels() + 2) * Math.max(1, factor));
    }
    return (int) Math.ceil(most) + 1 + reach(how.interpolation());
  }

  /** The mask at new voxels: of the nearest old voxel, 0 where there is none; a new array. */
  static byte[] nearest(Region region, ResampledGrid grid) {
    return grid.isStraight() ? straightNearest(region, grid) : obliqueNearest(region, grid);
  }

  private static byte[] straightNearest(Region region, ResampledGrid grid) {
    IndexBox box = region.box();
    int[][] index = new int[3][];
    for (int axis = 0; axis < 3; axis++) {
      double[] at = grid.along(axis);
      index[axis] = new int[at.length];
      for (int i = 0; i < at.length; i++) {
        index[axis][i] = inBox(at[i], box, axis);
      }
    }
    byte[] inside = region.inside();
    GridSize boxSize = region.boxSize();
    byte[] out = new byte[grid.size().voxels()];
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

  private static byte[] obliqueNearest(Region region, ResampledGrid grid) {
    IndexBox box = region.box();
    byte[] inside = region.inside();
    GridSize boxSize = region.boxSize();
    GridSize to = grid.size();
    byte[] out = new byte[to.voxels()];
    int n = 0;
    for (int z = 0; z < to.nz(); z++) {
      for (int y = 0; y < to.ny(); y++) {
        ResampledGrid.Row row = grid.row(y, z);
        for (int x = 0; x < to.nx(); x++) {
          int i = inBox(row.at(x, 0), box, 0);
          int j = inBox(row.at(x, 1), box, 1);
          int k = inBox(row.at(x, 2), box, 2);
          out[n++] = i >= 0 && j >= 0 && k >= 0 ? inside[boxSize.index(i, j, k)] : 0;
        }
      }
    }
    return out;
  }

  /** Index of the nearest voxel, counted from the first of a box; negative outside the box. */
  private static int inBox(double at, IndexBox box, int axis) {
    int index = (int) Math.floor(at + 0.5) - box.first(axis);
    return index < box.count(axis) ? index : -1;
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

  private static double[] straight(
      Raster image, ResampledGrid grid, RadiomicsOptions.Interpolation kind) {
    GridSize size = image.size();
    IndexBox box = grid.reach(size, reach(kind));
    boolean isSpline = kind == RadiomicsOptions.Interpolation.BSPLINE;
    double[] old = isSpline ? image.splineCoefficients(box) : image.crop(box);
    boolean isExact = isSpline && image.numbers() == Raster.Numbers.DOUBLE;
    double[] values = old;
    int[] counts = {box.nx(), box.ny(), box.nz()};
    Taps[][] taps = new Taps[3][];
    for (int axis = 0; axis < 3; axis++) {
      double[] at = grid.along(axis);
      taps[axis] = new Taps[at.length];
      for (int i = 0; i < at.length; i++) {
        taps[axis][i] =
            isInside(at[i], size.count(axis))
                ? taps(at[i], size.count(axis), kind).from(box.first(axis))
                : Taps.NONE;
      }
      if (isExact) {
        continue;
      }
      values =
          kind == RadiomicsOptions.Interpolation.LINEAR
              ? between(values, counts, axis, taps[axis])
              : along(values, counts, axis, taps[axis]);
      counts[axis] = taps[axis].length;
    }
    if (isExact) {
      return sums(old, box, taps);
    }
    if (isSpline && image.numbers() == Raster.Numbers.WHOLE) {
      settle(values, old, box, taps);
    }
    return values;
  }

  private static boolean isInside(double at, int count) {
    return at >= -0.5 && at < count - 0.5;
  }

  /** As {@link #straight} where old indices along an axis depend on more than one new index. */
  private static double[] oblique(
      Raster image, ResampledGrid grid, RadiomicsOptions.Interpolation kind) {
    GridSize size = image.size();
    GridSize to = grid.size();
    IndexBox box = grid.reach(size, reach(kind));
    double[] old =
        kind == RadiomicsOptions.Interpolation.BSPLINE
            ? image.splineCoefficients(box)
            : image.crop(box);
    double[] out = new double[to.voxels()];
    Taps[] taps = new Taps[3];
    int n = 0;
    for (int z = 0; z < to.nz(); z++) {
      for (int y = 0; y < to.ny(); y++) {
        ResampledGrid.Row row = grid.row(y, z);
        for (int x = 0; x < to.nx(); x++) {
          boolean inside = true;
          for (int axis = 0; axis < 3 && inside; axis++) {
            double at = row.at(x, axis);
            inside = isInside(at, size.count(axis));
            if (inside) {
              taps[axis] = taps(at, size.count(axis), kind).from(box.first(axis));
            }
          }
          if (inside) {
            out[n] =
                kind == RadiomicsOptions.Interpolation.LINEAR
                    ? cell(old, box, taps[0], taps[1], taps[2])
                    : sum(old, box, taps[0], taps[1], taps[2]);
          }
          n++;
        }
      }
    }
    return out;
  }

  /** Between eight neighbours: along x, then y, then z. */
  private static double cell(double[] old, IndexBox box, Taps x, Taps y, Taps z) {
    double[] planes = new double[2];
    for (int c = 0; c < 2; c++) {
      int one = box.nx() * (y.index[0] + box.ny() * z.index[c]);
      int other = box.nx() * (y.index[1] + box.ny() * z.index[c]);
      double front = step(old[one + x.index[0]], old[one + x.index[1]], x.weight[1]);
      double back = step(old[other + x.index[0]], old[other + x.index[1]], x.weight[1]);
      planes[c] = step(front, back, y.weight[1]);
    }
    return step(planes[0], planes[1], z.weight[1]);
  }

  private static double step(double from, double to, double share) {
    return from + (to - from) * share;
  }

  /**
   * Computes numbers next to a whole one again, term by term in the order of ITK: which side of the
   * whole number they fall to is decided by rounding, and they are cut towards 0 afterwards.
   */
  private static void settle(double[] values, double[] coefficients, IndexBox box, Taps[][] taps) {
    int i = 0;
    for (Taps z : taps[2]) {
      for (Taps y : taps[1]) {
        for (Taps x : taps[0]) {
          if (Math.abs(values[i] - Math.rint(values[i])) < NEAR_WHOLE) {
            values[i] = sum(coefficients, box, x, y, z);
          }
          i++;
        }
      }
    }
  }

  /**
   * All numbers in the order of ITK: in double precision, what rounding makes of a flat part of the
   * image decides on which side of the edge of a bin it lies.
   */
  private static double[] sums(double[] coefficients, IndexBox box, Taps[][] taps) {
    double[] values = new double[taps[0].length * taps[1].length * taps[2].length];
    int i = 0;
    for (Taps z : taps[2]) {
      for (Taps y : taps[1]) {
        for (Taps x : taps[0]) {
          values[i++] = sum(coefficients, box, x, y, z);
        }
      }
    }
    return values;
  }

  private static double sum(double[] coefficients, IndexBox box, Taps x, Taps y, Taps z) {
    double sum = 0;
    for (int c = 0; c < z.index.length; c++) {
      for (int b = 0; b < y.index.length; b++) {
        int row = box.nx() * (y.index[b] + box.ny() * z.index[c]);
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
            out[to + w] = step(in[one + w], in[other + w], share);
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
      case COSINE_SINC -> sinc(base, n, WindowedSinc.COSINE.weights(w));
      case HAMMING_SINC -> sinc(base, n, WindowedSinc.HAMMING.weights(w));
      case WELCH_SINC -> sinc(base, n, WindowedSinc.WELCH.weights(w));
      case LANCZOS_SINC -> sinc(base, n, WindowedSinc.LANCZOS.weights(w));
      case BLACKMAN_SINC -> sinc(base, n, WindowedSinc.BLACKMAN.weights(w));
    };
  }

  private static int reach(RadiomicsOptions.Interpolation kind) {
    return switch (kind) {
      case NEAREST, LINEAR, BSPLINE -> REACH;
      default -> WindowedSinc.RADIUS;
    };
  }

  /** Beyond the border the border value goes on. */
  private static Taps sinc(int base, int n, double[] weights) {
    int[] index = new int[weights.length];
    for (int i = 0; i < index.length; i++) {
      index[i] = clamp(base + 1 - WindowedSinc.RADIUS + i, n);
    }
    return new Taps(index, weights);
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
