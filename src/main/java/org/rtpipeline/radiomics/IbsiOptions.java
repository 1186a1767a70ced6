package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is computed, and how, in the manner of the IBSI (arXiv 1612.07003, chapter 2).
 *
 * @param interpolation new spacing of image and mask; null to keep the voxels
 * @param narrowing which intensities of the region count
 * @param bins grey levels of intensity histogram and textures
 * @param volumeBins bins of the intensity-volume histogram; null for definite intensities, in steps
 *     of one unit
 * @param textures where textures look for neighbours
 * @param limits sizes of regions that are computed
 * @param responses filters of IBSI 2 whose responses have features of their own, under different
 *     names
 */
public record IbsiOptions(
    @Nullable Interpolation interpolation,
    Narrowing narrowing,
    Bins bins,
    @Nullable Bins volumeBins,
    Set<Space> textures,
    Limits limits,
    List<Response> responses)
    implements FeatureOptions {

  /** Copies the collections; the set keeps the order of its enum. */
  public IbsiOptions {
    Set<Space> copy = EnumSet.noneOf(Space.class);
    copy.addAll(textures);
    textures = Collections.unmodifiableSet(copy);
    responses = List.copyOf(responses);
    if (responses.stream().map(Response::name).distinct().count() < responses.size()) {
      throw new IllegalArgumentException("two responses have one name");
    }
  }

  /** Options without responses. */
  public IbsiOptions(
      @Nullable Interpolation interpolation,
      Narrowing narrowing,
      Bins bins,
      @Nullable Bins volumeBins,
      Set<Space> textures,
      Limits limits) {
    this(interpolation, narrowing, bins, volumeBins, textures, limits, List.of());
  }

  @Override
  public <T> T fold(Function<RadiomicsOptions, T> ofPyRadiomics, Function<IbsiOptions, T> ofIbsi) {
    return ofIbsi.apply(this);
  }

  /**
   * An image made by a filter from the interpolated one, with the intensity statistics of the
   * intensity mask, which is re-segmented before any filter (IBSI 2, image processing).
   *
   * @param name of the image in tables; letters, digits, dots and hyphens
   * @param filter how it is made
   * @param bins grey levels of its intensity histogram and textures; null for statistics alone
   */
  public record Response(String name, ResponseFilter filter, @Nullable Bins bins)
      implements Serializable {
    /** Checks the name. */
    public Response {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]*") || name.equals(TableFeature.ORIGINAL)) {
        throw new IllegalArgumentException(
            "a response is named by letters, digits, dots and hyphens, and not original, got "
                + name);
      }
    }
  }

  /** Where textures look for neighbours. */
  public enum Space {
    /** Slice by slice (2D). */
    SLICES,
    /** In the plane, all slices together (2.5D). */
    PLANES,
    /** In space (3D). */
    VOLUME
  }

  /** What becomes of interpolated intensities. */
  public enum Rounding {
    /** They stay as they are. */
    NONE,
    /** To the nearest whole number, as the IBSI asks for CT. */
    NEAREST_WHOLE
  }

  /**
   * New spacing, aligned to the centre of the old grid.
   *
   * @param xMm spacing along x, mm; 0 keeps it
   * @param yMm spacing along y, mm; 0 keeps it
   * @param zMm spacing along z, mm; 0 keeps it, for interpolation slice by slice
   * @param image how intensities between voxels are found; masks are always linear
   * @param rounding of interpolated intensities
   * @param maskShare least interpolated mask value that is inside, over 0 and at most 1
   */
  public record Interpolation(
      double xMm,
      double yMm,
      double zMm,
      RadiomicsOptions.Interpolation image,
      Rounding rounding,
      double maskShare)
      implements Serializable {
    /** Checks the numbers. */
    public Interpolation {
      if (!(xMm >= 0) || !(yMm >= 0) || !(zMm >= 0)) {
        throw new IllegalArgumentException(
            "spacing must be at least 0 mm, got " + List.of(xMm, yMm, zMm));
      }
      if (!(maskShare > 0) || maskShare > 1) {
        throw new IllegalArgumentException(
            "mask share must be over 0 and at most 1, got " + maskShare);
      }
    }

    double spacingMm(int axis) {
      return axis == 0 ? xMm : axis == 1 ? yMm : zMm;
    }

    /** How many new voxels take the place of an old one. */
    double voxelsPerVoxel(GridSize old) {
      double factor = 1;
      for (int axis = 0; axis < 3; axis++) {
        factor *= spacingMm(axis) == 0 ? 1 : old.spacingMm(axis) / spacingMm(axis);
      }
      return factor;
    }
  }

  /**
   * Re-segmentation: the intensity mask keeps voxels that satisfy all bounds; the morphological
   * mask stays as it is.
   *
   * @param lower least intensity kept; null for none
   * @param upper greatest intensity kept; null for none
   * @param outlierSd standard deviations from the mean beyond which intensities are outliers, mean
   *     and deviation of the region before any bound; null for none
   */
  public record Narrowing(
      @Nullable Double lower, @Nullable Double upper, @Nullable Double outlierSd)
      implements Serializable {
    /** Checks the order of the bounds. */
    public Narrowing {
      if (lower != null && upper != null && !(lower < upper)) {
        throw new IllegalArgumentException(
            "lower bound must be under upper bound, got " + lower + " and " + upper);
      }
      if (outlierSd != null && !(outlierSd > 0)) {
        throw new IllegalArgumentException("outlier distance must be over 0, got " + outlierSd);
      }
    }
  }

  /** How intensities become grey levels. */
  public sealed interface Bins extends Serializable {
    /** One answer for either kind. */
    <T> T fold(Function<FixedSize, T> ofSize, Function<FixedNumber, T> ofNumber);
  }

  /**
   * Bins of a fixed size from the lower bound of the range, else from the least intensity (IBSI 1,
   * Q3RU).
   *
   * @param size in units of the image, over 0
   */
  public record FixedSize(double size) implements Bins {
    /** Checks the size. */
    public FixedSize {
      if (!(size > 0)) {
        throw new IllegalArgumentException("bin size must be over 0, got " + size);
      }
    }

    @Override
    public <T> T fold(Function<FixedSize, T> ofSize, Function<FixedNumber, T> ofNumber) {
      return ofSize.apply(this);
    }
  }

  /**
   * A fixed number of bins between the least and the greatest intensity (IBSI 1, K15C).
   *
   * @param number at least 1
   */
  public record FixedNumber(int number) implements Bins {
    /** Checks the number. */
    public FixedNumber {
      if (number < 1) {
        throw new IllegalArgumentException("bin number must be at least 1, got " + number);
      }
    }

    @Override
    public <T> T fold(Function<FixedSize, T> ofSize, Function<FixedNumber, T> ofNumber) {
      return ofNumber.apply(this);
    }
  }

  /**
   * Sizes of regions that are computed.
   *
   * @param maximumVoxels most voxels of a mask as given; null for no limit
   * @param autocorrelationVoxels most voxels of the box of a region whose Moran's I and Geary's C
   *     are computed, about 70 bytes of memory each
   * @param responseVoxels most voxels that a filter may read for a region, about 40 bytes of memory
   *     each; filters of periodic images read all of the image
   */
  public record Limits(
      @Nullable Integer maximumVoxels, int autocorrelationVoxels, int responseVoxels)
      implements Serializable {
    /** Voxels that a filter may read beside other work, unless a file says otherwise. */
    static final int RESPONSE_VOXELS = 8_000_000;

    /** Limits with the usual one for filters. */
    public Limits(@Nullable Integer maximumVoxels, int autocorrelationVoxels) {
      this(maximumVoxels, autocorrelationVoxels, RESPONSE_VOXELS);
    }
  }
}
