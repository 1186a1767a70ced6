package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything computed for one region in the manner of the IBSI.
 *
 * @param values in the order of the reference manual; empty when there is a reason
 * @param reason why there are no values; null when there are
 * @param steps region as given, interpolated and re-segmented, as far as it got
 * @param left tags of features and names of responses left out because the region is too large for
 *     them, or too rich in levels
 */
public record IbsiFeatures(
    List<IbsiValue> values,
    RoiFeatures.@Nullable Reason reason,
    List<Step> steps,
    List<String> left)
    implements Serializable {

  /** Copies the lists. */
  public IbsiFeatures {
    values = List.copyOf(values);
    steps = List.copyOf(steps);
    left = List.copyOf(left);
  }

  /**
   * Region after a step of processing (IBSI 1, diagnostics of chapter 5).
   *
   * @param grid of the whole image
   * @param morphology the mask for morphological features
   * @param intensity the mask for all others
   * @param mean intensity inside the intensity mask
   * @param minimum intensity inside the intensity mask
   * @param maximum intensity inside the intensity mask
   */
  public record Step(
      GridSize grid,
      Extent morphology,
      Extent intensity,
      double mean,
      double minimum,
      double maximum)
      implements Serializable {
    /** What intensities and textures were taken from; null when no voxel is left. */
    RoiFeatures.@Nullable Extent used() {
      return intensity.voxels() == 0
          ? null
          : new RoiFeatures.Extent(grid, intensity.box(), intensity.voxels());
    }
  }

  /**
   * Size of a mask.
   *
   * @param voxels inside
   * @param box round them, on the grid of the whole image; without voxels when there are none
   */
  public record Extent(int voxels, IndexBox box) implements Serializable {}
}
