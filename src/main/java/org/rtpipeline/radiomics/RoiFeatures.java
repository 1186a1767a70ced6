package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything computed for one region.
 *
 * @param values in the order shape, then image by image; empty when there is a reason
 * @param reason why there are no values; null when there are
 * @param facts what the values were computed from
 */
public record RoiFeatures(List<FeatureValue> values, @Nullable Reason reason, Facts facts)
    implements Serializable {

  /** Why a region has no features. */
  public enum Reason {
    /** The mask has no voxel. */
    EMPTY("the mask holds no voxel"),
    /** The mask has one voxel. */
    SINGLE_VOXEL("the mask holds one voxel only"),
    /** The mask extends along fewer axes than asked for. */
    TOO_FEW_DIMENSIONS("the mask is longer than one voxel along fewer axes than asked for"),
    /** The mask has no more voxels than the limit. */
    TOO_FEW_VOXELS("the mask holds no more voxels than the lower limit"),
    /** The mask has more voxels than the limit. */
    TOO_MANY_VOXELS("the mask holds more voxels than the upper limit"),
    /** At most one voxel is left in the range of intensities. */
    RESEGMENTED_AWAY("at most one voxel is left in the range of intensities"),
    /** An intensity of the region is NaN or infinite. */
    NOT_FINITE("an intensity in the mask is NaN or infinite"),
    /** The bin width cuts the range of the region into too many levels. */
    TOO_MANY_LEVELS("the bins cut the intensities into too many levels");

    private final String message;

    Reason(String message) {
      this.message = message;
    }

    /** The reason as a part of a sentence. */
    public String message() {
      return message;
    }
  }

  /**
   * Voxels of a region on one grid.
   *
   * @param grid the grid
   * @param box round the voxels
   * @param voxels how many there are
   */
  public record Extent(GridSize grid, IndexBox box, int voxels) implements Serializable {
    static Extent of(Region region) {
      return new Extent(region.image().size(), region.box(), region.voxels());
    }
  }

  /**
   * Diagnostics of a region.
   *
   * @param mask the region as given; null when it is empty
   * @param used what textures were computed on, after resampling and re-segmentation; null when
   *     nothing was
   * @param left image types left out, since the image is too small for their filter or their
   *     intensities have too many levels
   */
  public record Facts(@Nullable Extent mask, @Nullable Extent used, List<String> left)
      implements Serializable {
    /** Copies the list. */
    public Facts {
      left = List.copyOf(left);
    }

    /** Voxels of the mask as given. */
    public int maskVoxels() {
      return mask == null ? 0 : mask.voxels();
    }

    /** Voxels that textures were computed on. */
    public int usedVoxels() {
      return used == null ? 0 : used.voxels();
    }
  }

  /** Nothing was computed, for a reason. */
  static RoiFeatures without(Reason reason, @Nullable Extent mask) {
    return new RoiFeatures(List.of(), reason, new Facts(mask, null, List.of()));
  }

  /** The features of a region without voxels: none. */
  public static RoiFeatures empty() {
    return without(Reason.EMPTY, null);
  }

  /** Copies the list. */
  public RoiFeatures {
    values = List.copyOf(values);
  }
}
