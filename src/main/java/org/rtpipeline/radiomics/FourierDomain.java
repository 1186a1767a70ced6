package org.rtpipeline.radiomics;

/**
 * The box that is transformed: along the axes of a plane, the whole image where it is periodic,
 * else the wanted box in the middle of a power of two with at least so many voxels to either side.
 */
final class FourierDomain {

  private final int[] first = new int[3];
  private final int[] n = new int[3];
  private final IndexBox box;
  private final TexturePlane plane;
  private final Boundary boundary;

  /**
   * A domain.
   *
   * @param box wanted
   * @param reach least voxels round the box, unless the image is periodic
   */
  FourierDomain(IndexBox box, GridSize size, TexturePlane plane, int reach, Boundary boundary) {
    this.box = box;
    this.plane = plane;
    this.boundary = boundary;
    for (int axis = 0; axis < 3; axis++) {
      int count = box.count(axis);
      if (!plane.contains(axis)) {
        n[axis] = count;
        first[axis] = box.first(axis);
      } else if (boundary == Boundary.PERIODIC) {
        n[axis] = size.count(axis);
      } else {
        n[axis] = FourierTransform.powerFrom(count + 2 * reach);
        first[axis] = box.first(axis) - (n[axis] - count) / 2;
      }
    }
  }

  /** Voxels along x, y and z; the array itself. */
  int[] counts() {
    return n;
  }

  /** How many voxels are transformed. */
  long voxels() {
    return (long) n[0] * n[1] * n[2];
  }

  /** The box of the image that the domain reads. */
  IndexBox read(GridSize size) {
    int[] from = new int[3];
    int[] count = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      int least = Integer.MAX_VALUE;
      int greatest = -1;
      for (int at : indices(axis, size)) {
        if (at != Boundary.OUTSIDE) {
          least = Math.min(least, at);
          greatest = Math.max(greatest, at);
        }
      }
      from[axis] = least;
      count[axis] = greatest - least + 1;
    }
    return new IndexBox(from[0], from[1], from[2], count[0], count[1], count[2]);
  }

  private int[] indices(int axis, GridSize size) {
    int[] index = new int[n[axis]];
    for (int i = 0; i < n[axis]; i++) {
      index[i] = boundary.at(first[axis] + i, size.count(axis));
    }
    return index;
  }

  /** Intensities of the domain, beyond the image by its boundary. */
  double[] of(BoxedImage image) {
    GridSize size = image.size();
    IndexBox read = read(size);
    GridSize part = size.withCounts(read.nx(), read.ny(), read.nz());
    double[] known = image.crop(read);
    int[] columns = indices(0, size);
    int[] rows = indices(1, size);
    int[] planes = indices(2, size);
    double[] values = new double[n[0] * n[1] * n[2]];
    int to = 0;
    for (int z : planes) {
      for (int y : rows) {
        for (int x : columns) {
          boolean outside = (x | y | z) < 0;
          values[to++] =
              outside ? 0 : known[part.index(x - read.x0(), y - read.y0(), z - read.z0())];
        }
      }
    }
    return values;
  }

  /** The wanted box of values of the domain; a new array. */
  double[] wanted(double[] values) {
    IndexBox part =
        new IndexBox(
            box.x0() - first[0],
            box.y0() - first[1],
            box.z0() - first[2],
            box.nx(),
            box.ny(),
            box.nz());
    return Raster.of(new GridSize(n[0], n[1], n[2], 1, 1, 1), values).crop(part);
  }

  /** A factor of the spectrum at a frequency. */
  @FunctionalInterface
  interface Factor {
    /**
     * The factor.
     *
     * @param u frequency along x over the Nyquist frequency; 0 along axes that are not transformed
     * @param v along y
     * @param w along z
     */
    double at(double u, double v, double w);
  }

  /**
   * Multiplies the spectrum; the real part of what comes back is written over the values.
   *
   * <p>Frequencies lie evenly from -1 to 1, both ends included, as the consensus of IBSI 2 has
   * them; those of the transform itself lie half a step away and miss the maps 8_a_2 and 8_a_3.
   *
   * @param quarterTurns the factor is multiplied by -i so many times
   */
  void multiply(double[] values, Factor factor, int quarterTurns) {
    Spectrum spectrum = new Spectrum(n, values, new double[values.length]);
    for (int axis = 0; axis < 3; axis++) {
      if (plane.contains(axis)) {
        spectrum.forward(axis);
      }
    }
    multiply(spectrum, factor, quarterTurns % 4);
    for (int axis = 0; axis < 3; axis++) {
      if (plane.contains(axis)) {
        spectrum.inverse(axis);
      }
    }
  }

  private void multiply(Spectrum spectrum, Factor factor, int quarterTurns) {
    double[] re = spectrum.re();
    double[] im = spectrum.im();
    int turnRe = quarterTurns % 2 == 0 ? 1 - quarterTurns : 0;
    int turnIm = quarterTurns % 2 == 0 ? 0 : quarterTurns - 2;
    int at = 0;
    for (int k = 0; k < n[2]; k++) {
      double w = frequency(k, 2);
      for (int j = 0; j < n[1]; j++) {
        double v = frequency(j, 1);
        for (int i = 0; i < n[0]; i++) {
          double by = factor.at(frequency(i, 0), v, w);
          double real = by * re[at];
          double imaginary = by * im[at];
          re[at] = real * turnRe - imaginary * turnIm;
          im[at] = real * turnIm + imaginary * turnRe;
          at++;
        }
      }
    }
  }

  private double frequency(int index, int axis) {
    if (!plane.contains(axis) || n[axis] == 1) {
      return 0;
    }
    int ordered = (index + n[axis] / 2) % n[axis];
    return 2.0 * ordered / (n[axis] - 1) - 1;
  }
}
