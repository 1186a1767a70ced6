package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.radiomics.RoiFeatures.Extent;
import org.rtpipeline.radiomics.RoiFeatures.Reason;

/**
 * The features of regions of one image: what belongs to the image as a whole is computed once, with
 * the first region that needs it. For one thread.
 */
public final class ImageRadiomics {

  /** Steps of a region of the IBSI mode that got to its features. */
  private static final int STEPS = 3;

  private final Raster image;
  private final ParameterSet parameters;
  private final RadiomicsSettings.Limits limits;
  private final List<IndexBox> regions;
  private @Nullable Raster prepared;

  /**
   * An image and what is computed on it.
   *
   * @param image intensities
   * @param parameters for regions that are not large
   * @param limits sizes of regions
   * @param regions boxes of the image in which the regions lie that are going to be asked for: what
   *     they share is computed over them
   */
  public ImageRadiomics(
      Raster image,
      ParameterSet parameters,
      RadiomicsSettings.Limits limits,
      List<IndexBox> regions) {
    this.regions = List.copyOf(regions);
    this.image = image;
    this.parameters = parameters;
    this.limits = limits;
  }

  /**
   * The features of a region and the parameters they were computed by.
   *
   * @param parameters as asked for, or reduced ones for a large region
   * @param values numbers; empty when there is a reason
   * @param reason why there are no numbers; null when there are
   * @param facts what the numbers rest on
   */
  public record Result(
      ParameterSet parameters,
      List<TableFeature> values,
      @Nullable Reason reason,
      RoiFeatures.Facts facts)
      implements Serializable {
    /** Copies the list. */
    public Result {
      values = List.copyOf(values);
    }

    private static Result without(ParameterSet parameters, Reason reason, Extent mask) {
      return new Result(
          parameters, List.of(), reason, new RoiFeatures.Facts(mask, null, List.of()));
    }
  }

  /** The features of a region. */
  public Result of(VoxelMask mask) {
    Extent extent = Extent.of(Region.of(image, mask));
    if (mask.voxels() < limits.minVoxels()) {
      return Result.without(parameters, Reason.TOO_FEW_VOXELS, extent);
    }
    if (voxels(mask, parameters) <= limits.maxVoxels()) {
      return computed(mask, parameters, extent);
    }
    ParameterSet reduced = parameters.reduced();
    boolean reduces = limits.largeRois() == RadiomicsSettings.LargeRois.REDUCED;
    return reduces && voxels(mask, reduced) <= limits.maxVoxels()
        ? computed(mask, reduced, extent)
        : Result.without(parameters, Reason.TOO_MANY_VOXELS, extent);
  }

  private Result computed(VoxelMask mask, ParameterSet set, Extent extent) {
    return set.options()
        .fold(
            options -> pyradiomics(mask, set, options),
            options -> ibsi(mask, set, options, extent));
  }

  private Result pyradiomics(VoxelMask mask, ParameterSet set, RadiomicsOptions options) {
    FeatureExtractor extractor = new FeatureExtractor(options);
    Raster ready = prepared;
    if (ready == null) {
      ready = sharing(extractor.prepared(image), options);
      prepared = ready;
    }
    RoiFeatures made = extractor.ofPrepared(ready, mask);
    return new Result(
        set, TableFeature.of(made.values(), options.texture()), made.reason(), made.facts());
  }

  /** Splines are shared when images are resampled, Laplacians when they are not. */
  private Raster sharing(Raster ready, RadiomicsOptions options) {
    RadiomicsOptions.Resampling resampling = options.resampling();
    long laplacians =
        options.images().stream()
            .filter(one -> one.filter() instanceof ImageFilter.LaplacianOfGaussian)
            .count();
    int reach = resampling == null ? 0 : Resampler.reach(resampling, image.size());
    long bytesPerVoxel = resampling == null ? laplacians * Float.BYTES : Double.BYTES;
    List<IndexBox> read = regions.stream().map(box -> box.grown(reach, image.size())).toList();
    return SharedParts.over(read, bytesPerVoxel, limits.sharedBytes())
        .map(ready::sharing)
        .orElse(ready);
  }

  private Result ibsi(VoxelMask mask, ParameterSet set, IbsiOptions options, Extent extent) {
    Region region = Region.of(image, mask);
    IbsiFeatures made = new IbsiExtractor(options).of(image, region.box(), region.inside());
    Extent used = made.steps().size() < STEPS ? null : made.steps().get(STEPS - 1).used();
    return new Result(
        set,
        TableFeature.of(made.values()),
        made.reason(),
        new RoiFeatures.Facts(extent, used, made.left()));
  }

  /** About how many voxels the region has after resampling. */
  private double voxels(VoxelMask mask, ParameterSet set) {
    return mask.voxels()
        * set.options()
            .fold(
                options ->
                    options.resampling() == null
                        ? 1.0
                        : options.resampling().voxelsPerVoxel(image.size()),
                options ->
                    options.interpolation() == null
                        ? 1.0
                        : options.interpolation().voxelsPerVoxel(image.size()));
  }
}
