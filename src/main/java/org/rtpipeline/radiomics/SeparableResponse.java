package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;

/** Responses to filters that are products of kernels along the axes. */
final class SeparableResponse {

  /** Kernels along x, y and z, one list for each convolution after another. */
  private final List<List<Kernel>> stages;

  private final TexturePlane plane;
  private final Boundary boundary;

  private SeparableResponse(List<List<Kernel>> stages, TexturePlane plane, Boundary boundary) {
    this.stages = stages;
    this.plane = plane;
    this.boundary = boundary;
  }

  static SeparableResponse of(ResponseFilter.Mean mean) {
    Kernel kernel = Kernel.mean(mean.sizeVoxels());
    return one(List.of(kernel, kernel, kernel), mean.plane(), mean.boundary());
  }

  static SeparableResponse of(ResponseFilter.Laws laws) {
    List<Kernel> kernels = laws.kernels().stream().map(LawsKernels::of).toList();
    return one(kernels, laws.plane(), laws.boundary());
  }

  /** Low-pass filters down to the level above, then the band; taps twice as far apart each time. */
  static SeparableResponse of(ResponseFilter.SeparableWavelet wavelet) {
    WaveletFilter filter = WaveletFilter.of(wavelet.family());
    Kernel low = Kernel.centred(array(filter.low()));
    Kernel high = Kernel.centred(array(filter.high()));
    List<List<Kernel>> stages = new ArrayList<>();
    for (int level = 1; level <= wavelet.level(); level++) {
      int step = 1 << (level - 1);
      List<Kernel> kernels = new ArrayList<>();
      for (int i = 0; i < wavelet.band().length(); i++) {
        boolean isHigh = level == wavelet.level() && wavelet.band().charAt(i) == 'H';
        kernels.add((isHigh ? high : low).dilated(step));
      }
      stages.add(onAxes(kernels, wavelet.plane()));
    }
    return new SeparableResponse(stages, wavelet.plane(), wavelet.boundary());
  }

  private static SeparableResponse one(
      List<Kernel> kernels, TexturePlane plane, Boundary boundary) {
    return new SeparableResponse(List.of(onAxes(kernels, plane)), plane, boundary);
  }

  /** Gives the kernels to the axes of a plane in turn, and none to the others. */
  private static List<Kernel> onAxes(List<Kernel> kernels, TexturePlane plane) {
    List<Kernel> all = new ArrayList<>();
    int next = 0;
    for (int axis = 0; axis < 3; axis++) {
      all.add(plane.contains(axis) ? kernels.get(next++) : Kernel.NONE);
    }
    return all;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Samples to either side that the response may read. */
  int reach() {
    return stages.stream()
        .mapToInt(kernels -> kernels.stream().mapToInt(Kernel::reach).max().orElse(0))
        .sum();
  }

  /**
   * The response, pooled over turns of the filter; a new array.
   *
   * @param x fastest along x, then y, then z
   * @param n samples along x, y and z
   */
  double[] to(double[] x, int[] n, ResponsePooling pooling) {
    if (pooling == ResponsePooling.NONE) {
      return turned(x, n, RightAngleTurn.NONE);
    }
    List<RightAngleTurn> turns = RightAngleTurn.within(plane);
    double[] pooled = turned(x, n, turns.get(0));
    for (RightAngleTurn turn : turns.subList(1, turns.size())) {
      double[] response = turned(x, n, turn);
      for (int i = 0; i < pooled.length; i++) {
        pooled[i] =
            pooling == ResponsePooling.MAX
                ? Math.max(pooled[i], response[i])
                : pooled[i] + response[i];
      }
    }
    if (pooling == ResponsePooling.MEAN) {
      for (int i = 0; i < pooled.length; i++) {
        pooled[i] /= turns.size();
      }
    }
    return pooled;
  }

  private double[] turned(double[] x, int[] n, RightAngleTurn turn) {
    double[] response = x;
    for (List<Kernel> stage : stages) {
      response = convolve(response, n, turn.of(stage), boundary);
    }
    return response;
  }

  /** Convolves with one kernel along each axis. */
  static double[] convolve(double[] x, int[] n, List<Kernel> kernels, Boundary boundary) {
    double[] out = x;
    for (int axis = 0; axis < 3; axis++) {
      if (kernels.get(axis) != Kernel.NONE) {
        out = kernels.get(axis).along(out, n, axis, boundary);
      }
    }
    return out;
  }
}
