package org.rtpipeline.radiomics;

import java.util.Map;
import java.util.TreeSet;

/** The kernels of Laws (1980), each of unit Euclidean length (IBSI 2, Laws filters). */
final class LawsKernels {

  private static final Map<String, Kernel> KERNELS =
      Map.of(
          "L3", unit(1, 2, 1),
          "L5", unit(1, 4, 6, 4, 1),
          "E3", unit(-1, 0, 1),
          "E5", unit(-1, -2, 0, 2, 1),
          "S3", unit(-1, 2, -1),
          "S5", unit(-1, 0, 2, 0, -1),
          "W5", unit(-1, 2, 0, -2, 1),
          "R5", unit(1, -4, 6, -4, 1));

  private LawsKernels() {}

  /** The kernel of a name; the error for another one lists the names. */
  static Kernel of(String name) {
    Kernel kernel = KERNELS.get(name);
    if (kernel == null) {
      throw new IllegalArgumentException(
          "Laws kernel " + name + " is not known; known are " + new TreeSet<>(KERNELS.keySet()));
    }
    return kernel;
  }

  private static Kernel unit(double... taps) {
    double squares = 0;
    for (double tap : taps) {
      squares += tap * tap;
    }
    for (int i = 0; i < taps.length; i++) {
      taps[i] /= Math.sqrt(squares);
    }
    return Kernel.centred(taps);
  }
}
