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

  /** Nothing was computed, for a reason. */
  public static RoiFeatures without(Reason reason, int maskVoxels) {
    return new RoiFeatures(List.of(), reason, new Facts(maskVoxels, 0, null, List.of()));
  }

  /** Copies the list. */
  public RoiFeatures {
    values = List.copyOf(values);
  }
}
