package org.rtpipeline.radiomics;

import java.util.function.Function;

/**
 * Image and mask on an aligned grid (IBSI 1, chapter 2.4). Beyond the centres of the outermost
 * voxels an image goes on with their intensity.
 */
final class IbsiInterpolator {

  /** Samples beyond the box that spline coefficients are computed on; their weight is 1e-17. */
  private static final int SPLINE_REACH = 30;

  /** Shortfall of an interpolated mask value that counts as rounding. */
  private static final double ROUNDING = 1e-9;

  private IbsiInterpolator() {}

  /** Intensities of a box of the new grid, double precision, or whole numbers when rounded. */
  static Raster image(Raster image, AlignedGrid grid, IndexBox box, IbsiOptions.Interpolation how) {
    double[] values = values(image.size(), image::crop, grid, box, how.image());
    GridSize size = grid.size().withCounts(box.nx(), box.ny(), box.nz());
    if (how.rounding() == IbsiOptions.Rounding.NEAREST_WHOLE) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.rint(values[i]);
      }
    }
    return Raster.of(size, values);
  }

  /**
   * The mask in a box of the new grid, as 0 and 1.
   *
   * @param size old grid
   * @param old box of the old grid that holds the mask
   * @param inside mask of that box
   */
  static byte[] mask(
      GridSize size,
      IndexBox old,
      byte[] inside,
      AlignedGrid grid,
      IndexBox box,
      IbsiOptions.Interpolation how) {
    Function<IndexBox, double[]> crop = part -> moved(old, inside, part);
    double[] share = values(size, crop, grid, box, RadiomicsOptions.Interpolation.LINEAR);
    byte[] out = new byte[share.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (share[i] >= how.maskShare() - ROUNDING ? 1 : 0);
    }
    return out;
  }

  /** A mask of one box as 1 and 0 in another box of the same grid. */
  static double[] moved(IndexBox old, byte[] inside, IndexBox part) {
    double[] out = new double[part.voxels()];
    int from = 0;
    for (int z = old.z0() - part.z0(); z < old.z0() - part.z0() + old.nz(); z++) {
      for (int y = old.y0() - part.y0(); y < old.y0() - part.y0() + old.ny(); y++) {
        for (int x = old.x0() - part.x0(); x < old.x0() - part.x0() + old.nx(); x++, from++) {
          boolean within =
              x >= 0 && y >= 0 && z >= 0 && x < part.nx() && y < part.ny() && z < part.nz();
          if (within && inside[from] != 0) {
            out[x + part.nx() * (y + part.ny() * z)] = 1;
          }
        }
      }
    }
    return out;
  }

  private static double[] values(
      GridSize size,
      Function<IndexBox, double[]> crop,
      AlignedGrid grid,
      IndexBox box,
      RadiomicsOptions.Interpolation kind) {
    boolean spline = kind == RadiomicsOptions.Interpolation.BSPLINE;
    int reach = spline ? SPLINE_REACH : 2;
    int[] from = new int[3];
    int[] n = new int[3];
    for (int a = 0; a < 3; a++) {
      AlignedGrid.Axis axis = grid.axis(a);
      int last = size.count(a) - 1;
      from[a] = inside((int) Math.floor(axis.at(box.first(a))) - reach, last);
      int end = (int) Math.ceil(axis.at(box.first(a) + box.count(a) - 1)) + reach;
      n[a] = inside(end, last) - from[a] + 1;
    }
    double[] values = crop.apply(new IndexBox(from[0], from[1], from[2], n[0], n[1], n[2]));
    if (spline) {
      SplineCoefficients.inPlace(values, n[0], n[1], n[2]);
    }
    for (int a = 0; a < 3; a++) {
      Resampler.Taps[] taps = new Resampler.Taps[box.count(a)];
      for (int i = 0; i < taps.length; i++) {
        double at = grid.axis(a).at(box.first(a) + i);
        double clamped = Math.max(0, Math.min(size.count(a) - 1.0, at));
        taps[i] = Resampler.taps(clamped - from[a], n[a], kind);
      }
      values = Resampler.along(values, n, a, taps);
      n[a] = taps.length;
    }
    return values;
  }

  private static int inside(int index, int last) {
    return Math.max(0, Math.min(last, index));
  }
}
