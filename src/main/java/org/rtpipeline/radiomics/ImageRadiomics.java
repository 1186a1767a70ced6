package org.rtpipeline.radiomics;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.radiomics.RoiFeatures.Extent;
import org.rtpipeline.radiomics.RoiFeatures.Reason;

/**
 * The features of regions of one image: what belongs to the image as a whole is computed once, with
 * the first region that needs it. For one thread.
 */
public final class ImageRadiomics {

  private final Raster image;
  private final ParameterSet parameters;
  private final RadiomicsSettings.Limits limits;
  private @Nullable Raster prepared;

  /**
   * An image and what is computed on it.
   *
   * @param image intensities
   * @param parameters for regions that are not large
   * @param limits sizes of regions
   */
  public ImageRadiomics(Raster image, ParameterSet parameters, RadiomicsSettings.Limits limits) {
    this.image = image;
    this.parameters = parameters;
    this.limits = limits;
  }

  /**
   * The features of a region and the parameters they were computed by.
   *
   * @param parameters as asked for, or reduced ones for a large region
   * @param features numbers, or the reason why there are none
   */
  public record Result(ParameterSet parameters, RoiFeatures features) implements Serializable {}

  /** The features of a region. */
  public Result of(VoxelMask mask) {
    Extent extent = Extent.of(Region.of(image, mask));
    if (mask.voxels() < limits.minVoxels()) {
      return new Result(parameters, RoiFeatures.without(Reason.TOO_FEW_VOXELS, extent));
    }
    if (voxels(mask, parameters.options()) <= limits.maxVoxels()) {
      return computed(mask, parameters);
    }
    ParameterSet reduced = parameters.reduced();
    boolean reduces = limits.largeRois() == RadiomicsSettings.LargeRois.REDUCED;
    return reduces && voxels(mask, reduced.options()) <= limits.maxVoxels()
        ? computed(mask, reduced)
        : new Result(parameters, RoiFeatures.without(Reason.TOO_MANY_VOXELS, extent));
  }

  private Result computed(VoxelMask mask, ParameterSet set) {
    FeatureExtractor extractor = new FeatureExtractor(set.options());
    Raster ready = prepared;
    if (ready == null) {
      ready = extractor.prepared(image);
      prepared = ready;
    }
    return new Result(set, extractor.ofPrepared(ready, mask));
  }

  /** About how many voxels the region has after resampling. */
  private double voxels(VoxelMask mask, RadiomicsOptions options) {
    RadiomicsOptions.Resampling resampling = options.resampling();
    double factor = resampling == null ? 1 : resampling.voxelsPerVoxel(image.size());
    return mask.voxels() * factor;
  }
}
