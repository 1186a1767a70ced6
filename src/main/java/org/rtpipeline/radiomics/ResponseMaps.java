package org.rtpipeline.radiomics;

/** Makes response maps of convolutional filters (IBSI 2). */
public final class ResponseMaps {

  private ResponseMaps() {}

  /**
   * The response to a filter, as an image of its own on the same grid.
   *
   * @param image interpolated and rounded as the configuration asks
   */
  public static Raster of(ResponseFilter filter, Raster image) {
    return Raster.of(image.size(), of(filter, image, IndexBox.whole(image.size())));
  }

  /**
   * The response in a box. What lies round the box is read as far as the filter reaches.
   *
   * @return x fastest, then y, then z; a new array
   */
  static double[] of(ResponseFilter filter, BoxedImage image, IndexBox box) {
    if (filter instanceof ResponseFilter.Gabor gabor) {
      return GaborResponse.of(gabor, image, box);
    }
    if (filter instanceof ResponseFilter.Simoncelli wavelet) {
      return FrequencyResponse.of(wavelet, image, box);
    }
    if (filter instanceof ResponseFilter.Riesz riesz) {
      return FrequencyResponse.of(riesz, image, box);
    }
    Spatial response = spatial(filter, image.size());
    IndexBox part = around(box, response, image.size(), filter.boundary());
    int[] n = {part.nx(), part.ny(), part.nz()};
    double[] values = response.convolution().of(image.crop(part), n);
    return Raster.of(new GridSize(n[0], n[1], n[2], 1, 1, 1), values)
        .crop(
            new IndexBox(
                box.x0() - part.x0(),
                box.y0() - part.y0(),
                box.z0() - part.z0(),
                box.nx(),
                box.ny(),
                box.nz()));
  }

  /**
   * What a filter works on for a box of an image.
   *
   * @param read the box of the image that is read
   * @param voxels how many voxels are held at once
   */
  record Work(IndexBox read, long voxels) {
    private static Work of(FourierDomain domain, GridSize size) {
      return new Work(domain.read(size), domain.voxels());
    }

    private Work with(Work other) {
      int[] first = new int[3];
      int[] count = new int[3];
      for (int axis = 0; axis < 3; axis++) {
        first[axis] = Math.min(read.first(axis), other.read.first(axis));
        int end =
            Math.max(
                read.first(axis) + read.count(axis),
                other.read.first(axis) + other.read.count(axis));
        count[axis] = end - first[axis];
      }
      IndexBox both = new IndexBox(first[0], first[1], first[2], count[0], count[1], count[2]);
      return new Work(both, Math.max(voxels(both), Math.max(voxels, other.voxels)));
    }

    private static long voxels(IndexBox box) {
      return (long) box.nx() * box.ny() * box.nz();
    }
  }

  /** What the response in a box costs; nothing is read. */
  static Work work(ResponseFilter filter, GridSize size, IndexBox box) {
    if (filter instanceof ResponseFilter.Gabor gabor) {
      return GaborResponse.domains(gabor, size, box).stream()
          .map(domain -> new Work(domain.read(size), 0))
          .reduce(new Work(box, 0), Work::with);
    }
    if (filter instanceof ResponseFilter.Simoncelli wavelet) {
      return Work.of(FrequencyResponse.domain(wavelet, size, box), size);
    }
    if (filter instanceof ResponseFilter.Riesz riesz) {
      return Work.of(FrequencyResponse.domain(riesz, size, box), size);
    }
    IndexBox read = around(box, spatial(filter, size), size, filter.boundary());
    return new Work(read, Work.voxels(read));
  }

  /** A convolution of voxels. */
  @FunctionalInterface
  private interface Convolution {
    /** The response to x, fastest along x, with n voxels along x, y and z. */
    double[] of(double[] x, int[] n);
  }

  /** A convolution, and how many voxels to either side it reads along the axes of a plane. */
  private record Spatial(TexturePlane plane, int reach, Convolution convolution) {}

  private static Spatial spatial(ResponseFilter filter, GridSize size) {
    Boundary boundary = filter.boundary();
    if (filter instanceof ResponseFilter.Mean mean) {
      SeparableResponse response = SeparableResponse.of(mean);
      return new Spatial(
          mean.plane(), response.reach(), (x, n) -> response.to(x, n, ResponsePooling.NONE));
    }
    if (filter instanceof ResponseFilter.Laplacian log) {
      SampledLaplacian laplacian = new SampledLaplacian(log, size);
      return new Spatial(log.plane(), laplacian.reach(), (x, n) -> laplacian.to(x, n, boundary));
    }
    if (filter instanceof ResponseFilter.SeparableWavelet wavelet) {
      SeparableResponse response = SeparableResponse.of(wavelet);
      return new Spatial(
          wavelet.plane(), response.reach(), (x, n) -> response.to(x, n, wavelet.pooling()));
    }
    ResponseFilter.Laws laws = (ResponseFilter.Laws) filter;
    SeparableResponse response = SeparableResponse.of(laws);
    if (laws.energyVoxels() == 0) {
      return new Spatial(
          laws.plane(), response.reach(), (x, n) -> response.to(x, n, laws.pooling()));
    }
    SeparableResponse mean =
        SeparableResponse.of(
            new ResponseFilter.Mean(2 * laws.energyVoxels() + 1, laws.plane(), boundary));
    return new Spatial(
        laws.plane(),
        response.reach() + mean.reach(),
        (x, n) -> mean.to(magnitudes(response.to(x, n, laws.pooling())), n, ResponsePooling.NONE));
  }

  private static double[] magnitudes(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return values;
  }

  /**
   * The box and what the response reads round it, cut at the borders of the image; the whole of an
   * axis that is periodic.
   */
  private static IndexBox around(IndexBox box, Spatial response, GridSize size, Boundary boundary) {
    int[] first = new int[3];
    int[] count = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      int reach = response.plane().contains(axis) ? response.reach() : 0;
      boolean whole = reach > 0 && boundary == Boundary.PERIODIC;
      first[axis] = whole ? 0 : Math.max(0, box.first(axis) - reach);
      int end = Math.min(size.count(axis), box.first(axis) + box.count(axis) + reach);
      count[axis] = whole ? size.count(axis) : end - first[axis];
    }
    return new IndexBox(first[0], first[1], first[2], count[0], count[1], count[2]);
  }
}
