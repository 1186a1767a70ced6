package org.rtpipeline.radiomics;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What regions of one image share: spline coefficients and Laplacians over a box that holds them,
 * made when first asked for and kept while they fit into the memory set aside. What does not fit,
 * or lies outside the box, is made for its region alone; the numbers are the same to the last bit.
 * For one thread.
 */
final class SharedParts {

  private final IndexBox box;
  private long bytesLeft;
  private @Nullable Raster coefficients;
  private final Map<Double, Raster> laplacians = new HashMap<>();

  private SharedParts(IndexBox box, long bytes) {
    this.box = box;
    this.bytesLeft = bytes;
  }

  /**
   * Parts over a box round as many regions as fit, the smallest first; empty when fewer than two
   * do.
   *
   * @param regions boxes of regions, with all that is read round them, inside the image
   * @param bytesPerVoxel of everything that is going to be asked for
   * @param bytes memory set aside
   */
  static Optional<SharedParts> over(List<IndexBox> regions, long bytesPerVoxel, long bytes) {
    List<IndexBox> rising =
        regions.stream().sorted(Comparator.comparingInt(IndexBox::voxels)).toList();
    IndexBox all = null;
    int held = 0;
    for (IndexBox region : rising) {
      IndexBox wider = all == null ? region : all.with(region);
      if (bytesPerVoxel * wider.voxels() > bytes) {
        break;
      }
      all = wider;
      held++;
    }
    return all == null || held < 2 ? Optional.empty() : Optional.of(new SharedParts(all, bytes));
  }

  /** Spline coefficients of a box of the image; a new array. */
  double[] splineCoefficients(Raster image, IndexBox wanted) {
    if (coefficients == null && box.holds(wanted) && take(Double.BYTES)) {
      coefficients =
          Raster.of(
              image.size().withCounts(box.nx(), box.ny(), box.nz()),
              SplineCoefficients.of(image, box));
    }
    return coefficients == null || !box.holds(wanted)
        ? SplineCoefficients.of(image, wanted)
        : coefficients.crop(wanted.from(box));
  }

  /** Laplacian of Gaussian of a box of the image, single precision; a new array. */
  double[] laplacian(Raster image, IndexBox wanted, double sigmaMm) {
    if (box.holds(wanted) && !laplacians.containsKey(sigmaMm) && take(Float.BYTES)) {
      laplacians.put(sigmaMm, LaplacianOfGaussian.of(image, box, sigmaMm));
    }
    Raster shared = laplacians.get(sigmaMm);
    return shared == null || !box.holds(wanted)
        ? LaplacianOfGaussian.of(image, wanted, sigmaMm).values()
        : shared.crop(wanted.from(box));
  }

  private boolean take(int bytesPerVoxel) {
    long bytes = (long) bytesPerVoxel * box.voxels();
    if (bytes > bytesLeft) {
      return false;
    }
    bytesLeft -= bytes;
    return true;
  }
}
