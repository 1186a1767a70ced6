package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Undecimated wavelet bands of a box of an image, periodic beyond the border; an axis of odd length
 * gets its first sample once more at its end.
 *
 * <p>Sample k of a band is Σ f[j]·x[k + F/2 − j]. Each further level filters the low band of the
 * level before with the same taps, as PyRadiomics does. Only the box and the reach of the taps
 * round it are filtered. Single-precision images are filtered in single precision, as PyWavelets
 * does.
 */
final class StationaryWavelet {

  private final double[] lowTaps;
  private final double[] highTaps;
  private final float[] lowSingle;
  private final float[] highSingle;
  private final Raster.Numbers numbers;

  /** A part of the periodic image: counts, first index and period along the axes. */
  private static final class Part {
    private final int[] n;
    private final int[] first;
    private final int[] period;
    private final double[] values;

    Part(int[] n, int[] first, int[] period, double[] values) {
      this.n = n;
      this.first = first;
      this.period = period;
      this.values = values;
    }

    int[] n() {
      return n;
    }

    double[] values() {
      return values;
    }
  }

  /** A band under construction. */
  private record Band(String letters, Part part) {}

  private StationaryWavelet(String family, Raster.Numbers numbers) {
    WaveletFilter filter = WaveletFilter.of(family);
    lowSingle = WaveletFilter.single(family, filter.low());
    highSingle = WaveletFilter.single(family, filter.high());
    this.numbers = numbers;
    lowTaps = filter.low().stream().mapToDouble(Double::doubleValue).toArray();
    highTaps = filter.high().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Hands out the bands of all levels, the low band last. */
  static void bands(
      Raster image,
      IndexBox box,
      ImageFilter.Wavelet wavelet,
      TexturePlane plane,
      Consumer<FilteredImage> to) {
    Raster.Numbers numbers =
        image.numbers() == Raster.Numbers.SINGLE ? Raster.Numbers.SINGLE : Raster.Numbers.DOUBLE;
    WaveletFilter filter = WaveletFilter.of(wavelet.family());
    StationaryWavelet transform = new StationaryWavelet(wavelet.family(), numbers);
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      if (plane.contains(axis)) {
        axes.add(axis);
      }
    }
    int levels = wavelet.startLevel() + wavelet.levels();
    int below = filter.low().size() / 2 - 1;
    int above = filter.low().size() / 2;
    Part part = gather(image, box, axes, levels * below, levels * above);
    String lowest = "L".repeat(axes.size());
    for (int level = 1; level <= levels; level++) {
      int deeper = levels - level;
      int number = level - wavelet.startLevel();
      String prefix = number == 1 ? "wavelet-" : "wavelet" + number + "-";
      List<Band> bands =
          number < 1 ? List.of(transform.lowest(part, axes)) : transform.level(part, axes);
      for (Band band : bands) {
        boolean isLowest = band.letters().equals(lowest);
        if (isLowest) {
          part = band.part();
        }
        if (number >= 1 && (!isLowest || deeper == 0)) {
          double[] values = inner(band.part(), box, axes, deeper * below);
          to.accept(new FilteredImage(prefix + band.letters(), numbers, values));
        }
      }
    }
  }

  private static Part gather(Raster image, IndexBox box, List<Integer> axes, int below, int above) {
    GridSize size = image.size();
    int[][] index = new int[3][];
    int[] n = new int[3];
    int[] first = new int[3];
    int[] periods = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      boolean filtered = axes.contains(axis);
      int from = box.first(axis) - (filtered ? below : 0);
      n[axis] = box.count(axis) + (filtered ? below + above : 0);
      index[axis] = new int[n[axis]];
      int count = size.count(axis);
      int period = count + count % 2;
      first[axis] = from;
      periods[axis] = period;
      for (int i = 0; i < n[axis]; i++) {
        int wrapped = Math.floorMod(from + i, period);
        index[axis][i] = wrapped == count ? 0 : wrapped;
      }
    }
    double[] values = new double[n[0] * n[1] * n[2]];
    int to = 0;
    for (int z : index[2]) {
      for (int y : index[1]) {
        int row = size.index(0, y, z);
        for (int x : index[0]) {
          values[to++] = image.at(row + x);
        }
      }
    }
    return new Part(n, first, periods, values);
  }

  private static double[] inner(Part part, IndexBox box, List<Integer> axes, int below) {
    GridSize size = new GridSize(part.n()[0], part.n()[1], part.n()[2], 1, 1, 1);
    return Raster.of(size, part.values())
        .crop(
            new IndexBox(
                axes.contains(0) ? below : 0,
                axes.contains(1) ? below : 0,
                axes.contains(2) ? below : 0,
                box.nx(),
                box.ny(),
                box.nz()));
  }

  private Band lowest(Part part, List<Integer> axes) {
    Part at = part;
    for (int axis : axes) {
      at = filter(at, axis, lowTaps, lowSingle);
    }
    return new Band("L".repeat(axes.size()), at);
  }

  /** All bands of one level, high before low. */
  private List<Band> level(Part part, List<Integer> axes) {
    List<Band> bands = List.of(new Band("", part));
    for (int axis : axes) {
      List<Band> next = new ArrayList<>();
      for (Band band : bands) {
        next.add(new Band(band.letters() + "H", filter(band.part(), axis, highTaps, highSingle)));
        next.add(new Band(band.letters() + "L", filter(band.part(), axis, lowTaps, lowSingle)));
      }
      bands = next;
    }
    return bands;
  }

  private Part filter(Part part, int axis, double[] taps, float[] singleTaps) {
    int[] n = part.n().clone();
    n[axis] -= taps.length - 1;
    int[] first = part.first.clone();
    first[axis] += taps.length / 2 - 1;
    int inner = axis == 0 ? 1 : axis == 1 ? n[0] : n[0] * n[1];
    int outer = axis == 0 ? n[1] * n[2] : axis == 1 ? n[2] : 1;
    double[] in = part.values();
    double[] out = new double[n[axis] * inner * outer];
    int[] beyond = new int[n[axis]];
    for (int i = 0; i < beyond.length; i++) {
      int at = Math.floorMod(first[axis] + i, part.period[axis]);
      beyond[i] = Math.max(0, at + taps.length / 2 - part.period[axis] + 1);
    }
    if (numbers == Raster.Numbers.SINGLE) {
      singlePass(in, out, singleTaps, inner, outer, beyond);
    } else {
      doublePass(in, out, taps, inner, outer, beyond);
    }
    return new Part(n, first, part.period, out);
  }

  /**
   * Filters lines. Samples beyond the end of a line come first, the farthest tap before the others,
   * as in PyWavelets: of flat lines nothing but the rounding of these sums is left.
   *
   * @param beyond how many taps of each entry of a line lie beyond its end
   */
  private static void doublePass(
      double[] in, double[] out, double[] taps, int inner, int outer, int[] beyond) {
    int row = beyond.length * inner;
    int reach = (taps.length - 1) * inner;
    for (int o = 0; o < outer; o++) {
      int to = o * row;
      int from = o * (row + reach) + reach;
      for (int j = 0; j < taps.length; j++) {
        int at = from - j * inner;
        double tap = taps[j];
        for (int i = 0; i < row; i++) {
          out[to + i] += tap * in[at + i];
        }
      }
      for (int k = 0; k < beyond.length; k++) {
        if (beyond[k] > 1) {
          for (int i = k * inner; i < (k + 1) * inner; i++) {
            out[to + i] = backwardsFirst(in, from + i, taps, inner, beyond[k]);
          }
        }
      }
    }
  }

  private static double backwardsFirst(
      double[] in, int at, double[] taps, int inner, int backwards) {
    double sum = 0;
    for (int j = Math.min(backwards, taps.length) - 1; j >= 0; j--) {
      sum += taps[j] * in[at - j * inner];
    }
    for (int j = backwards; j < taps.length; j++) {
      sum += taps[j] * in[at - j * inner];
    }
    return sum;
  }

  /** As {@link #doublePass}, rounded after every step. */
  private static void singlePass(
      double[] in, double[] out, float[] taps, int inner, int outer, int[] beyond) {
    int row = beyond.length * inner;
    int reach = (taps.length - 1) * inner;
    float[] sums = new float[row];
    for (int o = 0; o < outer; o++) {
      int from = o * (row + reach) + reach;
      java.util.Arrays.fill(sums, 0);
      for (int j = 0; j < taps.length; j++) {
        int at = from - j * inner;
        float tap = taps[j];
        for (int i = 0; i < row; i++) {
          sums[i] += tap * (float) in[at + i];
        }
      }
      for (int k = 0; k < beyond.length; k++) {
        if (beyond[k] > 1) {
          for (int i = k * inner; i < (k + 1) * inner; i++) {
            sums[i] = backwardsFirst(in, from + i, taps, inner, beyond[k]);
          }
        }
      }
      for (int i = 0; i < row; i++) {
        out[o * row + i] = sums[i];
      }
    }
  }

  private static float backwardsFirst(double[] in, int at, float[] taps, int inner, int backwards) {
    float sum = 0;
    for (int j = Math.min(backwards, taps.length) - 1; j >= 0; j--) {
      sum += taps[j] * (float) in[at - j * inner];
    }
    for (int j = backwards; j < taps.length; j++) {
      sum += taps[j] * (float) in[at - j * inner];
    }
    return sum;
  }
}
