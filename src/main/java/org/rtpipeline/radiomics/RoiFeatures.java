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
    EMPTY,
    /** The mask has one voxel. */
    SINGLE_VOXEL,
    /** The mask extends along fewer axes than asked for. */
    TOO_FEW_DIMENSIONS,
    /** The mask has no more voxels than the limit. */
    TOO_FEW_VOXELS,
    /** The mask has more voxels than the limit. */
    TOO_MANY_VOXELS,
    /** At most one voxel is left in the range of intensities. */
    RESEGMENTED_AWAY,
    /** An intensity of the region is NaN or infinite. */
    NOT_FINITE,
    /** The bin width cuts the range of the region into too many levels. */
    TOO_MANY_LEVELS
  }

  /**
   * Diagnostics of a region.
   *
   * @param maskVoxels voxels of the mask as given
   * @param roiVoxels voxels that textures were computed on
   * @param box of these voxels in the image after resampling; null when there are none
   * @param left image types left out because the image is too small for their filter
   */
  public record Facts(int maskVoxels, int roiVoxels, @Nullable IndexBox box, List<String> left)
      implements Serializable {
    /** Copies the list. */
    public Facts {
      left = List.copyOf(left);
    }
  }

  /** Copies the list. */
  public RoiFeatures {
    values = List.copyOf(values);
  }
}
